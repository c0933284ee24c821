"""Official letters: what stands on the paper, read back from the PDF."""

import time
from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.utils import timezone

from core.dates import official_date
from participants.documents import letters_pdf
from participants.models import Invitation, Term
from tests.factories.participants import PersonFactory, post
from tests.factories.regions import DistrictFactory, OblastFactory
from tests.factories.seminars import (
    ContributorFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    SeatBlockFactory,
    SeminarFactory,
)
from tests.participants.inviting.offices import invited, office, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    oblast = OblastFactory(name_ky="Өзгөн-Нарын облусу", name_ru="Узген-Нарынская область")
    return DistrictFactory(oblast=oblast, name_ky="Жаңы-Төө району", name_ru="Жаны-Тооский район")


def office_of(district, **fields):
    return office(oblast=district.oblast, district=district, **fields)


def pages(pdf):
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts


def read(invitation, language="ky"):
    (text,) = pages(letters_pdf([invitation], language=language))
    return text


def test_a_letter_carries_number_date_addressee_facts_quota_deadline_and_address(settings, district):
    settings.SITE_URL = "https://seminar.example.org"
    seminar = SeminarFactory(seats=10)
    SeatBlockFactory(seminar=seminar, group=district.oblast, seats=9)
    invitation = invited(seminar, office_of(district, name_ky="Төө-Моюн айыл аймагы"), number="01-24/19")

    text = read(invitation)

    for part in (
        "№ 01-24/19",
        official_date(timezone.localdate(), "ky"),
        "Айыл өкмөтүнүн башчысы",
        invitation.full_name,
        "Төө-Моюн айыл аймагы",
        "Жаңы-Төө району",
        "Өзгөн-Нарын облусу: 9",
        str(seminar.title_ky),
        official_date(seminar.starts_at, "ky"),
        official_date(invitation.round.answer_by, "ky"),
        f"seminar.example.org/i/{invitation.code}",
        "+996 555 000 010",
    ):
        assert part in text, part


def test_the_same_letter_in_russian_names_everything_in_russian(seminar, district):
    invitation = invited(seminar, office_of(district, name_ru="Тео-Моюнский айылный аймак"))

    text = read(invitation, "ru")

    for part in ("Тео-Моюнский айылный аймак", "Узген-Нарынская область", str(seminar.title_ru), "года"):
        assert part in text, part


def test_the_organiser_has_the_name_of_the_letters_date(seminar):
    body = OrganisationFactory(name=None)
    OrganisationNameFactory(organisation=body, name_ky="Мурунку агенттик", valid_to=date(2021, 1, 1))
    OrganisationNameFactory(organisation=body, name_ky="Азыркы агенттик", valid_from=date(2021, 1, 1))
    ContributorFactory(seminar=seminar, organisation=body)

    now, then = invited(seminar), invited(seminar, date=date(2019, 11, 5))

    assert "Азыркы агенттик" in read(now)
    assert "Мурунку агенттик" in read(then)


def test_a_letter_without_a_number_leaves_a_line_for_it(seminar):
    assert "№ ____" in read(invited(seminar, number=""))


def test_a_vacant_office_has_no_addressee_by_name(seminar):
    municipality = office(head=False)
    invitation = invited(seminar, municipality)
    Term.objects.create(person=PersonFactory(), municipality=municipality, post=post())

    text = read(invitation)

    assert municipality.name_ky in text
    assert "башчысы" not in text.split(str(seminar.title))[0]


def test_the_addressee_is_the_head_of_the_day_of_sending_with_the_post_of_that_day(seminar):
    invitation = invited(seminar)
    Term.objects.update(ends_on=timezone.localdate() + timedelta(days=1))
    post("acting_head")

    assert invitation.full_name in read(invitation)


def test_one_file_holds_the_letters_of_a_round_in_the_order_of_lists(seminar, district):
    sent = send(seminar, *(office_of(district) for _ in range(3)))
    rows = list(sent.invitations.for_lists())

    texts = pages(letters_pdf(rows, language="ky"))

    assert [row.full_name in text for row, text in zip(rows, texts, strict=True)] == [True] * 3


def test_the_file_is_tagged_for_readers_of_the_screen(seminar):
    pdf = letters_pdf([invited(seminar)], language="ky")

    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf


def test_words_that_look_like_markup_are_printed_as_they_are(seminar, district):
    name = "Айыл #let *x* $y$ <z> @w \\n _q_"

    assert name in read(invited(seminar, office_of(district, name_ky=name)))


def test_484_letters_cost_three_seconds_and_no_query_per_letter(seminar, district, django_assert_max_num_queries):
    sent = send(seminar, *(office_of(district) for _ in range(484)))
    rows = list(Invitation.objects.filter(round=sent).for_lists())
    began = time.process_time()

    with django_assert_max_num_queries(12):
        pdf = letters_pdf(rows, language="ky")

    assert time.process_time() - began < 3
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    assert len(document) == 484
    document.close()
