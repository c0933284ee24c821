"""The staff pages of heads: the list with its vacancies, a change of head, a list read in."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from participants.models import Disclosure, Person, Term
from tests.factories.accounts import staff_of
from tests.factories.participants import PersonFactory, post
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db

HEADS = "/admin/participants/term/heads/"
IMPORT = f"{HEADS}import/"
ROWS = "Муниципалитет\tФИО\tТелефон\n{}\tҮлгүбаев Асан\t0555 000 001\n"


@pytest.fixture(autouse=True)
def _post(db):
    return post("head")


@pytest.fixture
def unit():
    return MunicipalityFactory(name_ky="Мисалдуу айыл аймагы", name_ru="Мисалдуйский айылный аймак")


def term_of(unit, **fields):
    given = {"person": PersonFactory(phone="+996555000003"), "post": post(), "starts_on": date(2024, 1, 1), **fields}
    return Term.objects.create(municipality=unit, **given)


def page_of(unit):
    return reverse("admin:participants_change_head", args=[unit.pk])


def appointment(**fields):
    given = {
        "full_name": "Үлгүбаев Асан Үсөнович",
        "post": post().pk,
        "starts_on": "01.03.2025",
        "basis": "12-буйрук",
        "ended_because": "өз арызы менен",
        "phone": "0555 000 001",
        "email": "",
        **fields,
    }
    return {"intent": "appoint", **{f"appoint-{name}": value for name, value in given.items()}}


def ending(**fields):
    given = {"on": "01.03.2025", "reason": "өз арызы менен", **fields}
    return {"intent": "end", **{f"end-{name}": value for name, value in given.items()}}


def test_the_list_shows_every_municipality_with_its_head_or_the_vacancy(client, organiser, unit):
    headed = MunicipalityFactory()
    head = term_of(headed, is_acting=True)
    rows = client.get(HEADS).context["rows"]
    assert dict(rows) == {unit: None, headed: head}
    assert [row[0] for row in client.get(f"{HEADS}?vacant=on").context["rows"]] == [unit]
    assert [row[0] for row in client.get(f"{HEADS}?oblast={headed.oblast.uid}").context["rows"]] == [headed]


@pytest.mark.parametrize("query", ["oblast=x", "oblast=-1", "oblast=" + "9" * 400, "vacant=maybe", "oblast[]=1"])
def test_an_unknown_choice_is_the_whole_country(client, organiser, unit, query):
    assert len(client.get(f"{HEADS}?{query}").context["rows"]) == 1


def test_the_list_costs_the_same_for_one_municipality_and_for_three(client, organiser, unit):
    term_of(unit)
    client.get(HEADS)
    with CaptureQueriesContext(connection) as one:
        client.get(HEADS)
    for _number in range(2):
        term_of(MunicipalityFactory())
    with CaptureQueriesContext(connection) as three:
        client.get(HEADS)
    assert len(three) == len(one)


def test_who_sees_or_takes_the_list_is_written_down(client, organiser, unit):
    client.get(HEADS)
    response = client.get("/admin/participants/term/heads.xlsx")
    assert response.content.startswith(b"PK")
    assert sorted(Disclosure.objects.values_list("form", "rows")) == [("screen", 1), ("workbook", 1)]


def test_a_change_of_head_ends_one_term_and_begins_another(client, organiser, unit):
    old = term_of(unit)
    response = client.post(page_of(unit), appointment(), follow=True)
    old.refresh_from_db()
    new = Term.objects.on(timezone.localdate()).heads().get()
    assert response.status_code == 200
    assert (old.ends_on, old.end_reason) == (date(2025, 3, 1), "өз арызы менен")
    assert (new.person.full_name, new.person.phone) == ("Үлгүбаев Асан Үсөнович", "+996555000001")
    assert new.history.get().history_user == organiser


def test_people_of_the_same_name_are_asked_about_and_never_taken_for_the_same(client, organiser, unit):
    known = Person.from_full_name("Улгубаев Асан Усонович")
    known.save()
    term_of(MunicipalityFactory(), person=known, ends_on=date(2025, 1, 1))

    asked = client.post(page_of(unit), appointment())
    assert asked.status_code == 422
    assert [key for key, _label in asked.context["appoint"].fields["person"].choices] == [str(known.pk), "new"]
    assert not Term.objects.filter(municipality=unit).exists()

    client.post(page_of(unit), appointment(person=str(known.pk)))
    assert Term.objects.get(municipality=unit).person == known
    other = MunicipalityFactory()
    client.post(page_of(other), appointment(person="new"))
    assert Term.objects.get(municipality=other).person != known


def test_somebody_elses_key_is_not_taken(client, organiser, unit):
    stranger = PersonFactory()
    Person.from_full_name("Үлгүбаев Асан Үсөнович").save()
    assert client.post(page_of(unit), appointment(person=str(stranger.pk))).status_code == 422
    assert not Term.objects.exists()


def test_a_head_who_leaves_leaves_a_vacancy(client, organiser, unit):
    old = term_of(unit)
    client.post(page_of(unit), ending())
    old.refresh_from_db()
    assert old.ends_on == date(2025, 3, 1)
    assert client.get(page_of(unit)).context["head"] is None


def test_what_the_register_contradicts_is_said_and_what_was_typed_stays(client, organiser, unit):
    term_of(unit, starts_on=date(2025, 6, 1))
    response = client.post(page_of(unit), appointment())
    assert response.status_code == 409
    assert "01.06.2025" in response.content.decode()
    assert "Үлгүбаев Асан Үсөнович" in response.content.decode()
    assert client.post(page_of(MunicipalityFactory()), ending()).status_code == 409


@pytest.mark.parametrize(
    "fields",
    [
        {"full_name": ""},
        {"full_name": "\u200b"},
        {"starts_on": "эртең"},
        {"starts_on": "01.01.99999"},
        {"post": "9" * 40},
        {"post": "x"},
        {"phone": "12"},
        {"email": "x"},
        {"basis": "б" * 300},
    ],
)
def test_odd_input_is_an_error_at_its_field(client, organiser, unit, fields):
    assert client.post(page_of(unit), appointment(**fields)).status_code == 422
    assert not Term.objects.exists()


def test_an_unknown_municipality_is_not_found(client, organiser):
    assert client.get(f"{HEADS}999999999/").status_code == 404
    assert client.get(f"{HEADS}{'9' * 30}/").status_code == 404


def test_a_list_is_seen_first_and_taken_on_the_second_press(client, organiser, unit):
    seen = client.post(IMPORT, {"text": ROWS.format("Мисалдуу")})
    assert (seen.status_code, seen.context["changes"]) == (200, 1)
    assert not Term.objects.exists()

    taken = client.post(IMPORT, {"text": seen.context["text"], "confirm": "yes"})
    assert taken.status_code == 302
    assert Term.objects.get().person.full_name == "Үлгүбаев Асан"

    again = client.post(IMPORT, {"text": ROWS.format("Мисалдуу")})
    assert again.context["changes"] == 0


def test_a_file_is_read_too(client, organiser, unit):
    file = SimpleUploadedFile("heads.csv", ROWS.format("Мисалдуу").replace("\t", ";").encode("cp1251", "replace"))
    assert client.post(IMPORT, {"text": "", "file": file}).status_code == 200


def test_a_broken_row_is_shown_with_the_reason_and_nothing_can_be_confirmed(client, organiser, unit):
    text = ROWS.format("Мисалдуу") + "Жок жер\tСынаков Үлгү\t\n"
    seen = client.post(IMPORT, {"text": text})
    assert seen.status_code == 409
    assert 'name="confirm"' not in seen.content.decode()
    assert client.post(IMPORT, {"text": text, "confirm": "yes"}).status_code == 409
    assert not Term.objects.exists()


@pytest.mark.parametrize("text", ["", "x", "a\tb\nc\td", "\u0000", "Муниципалитет\tФИО\n"])
def test_what_is_no_list_of_heads_is_an_error_at_the_form(client, organiser, text):
    assert client.post(IMPORT, {"text": text}).status_code == 422


def test_words_of_a_list_never_become_html(client, organiser, unit):
    text = "Муниципалитет\tФИО\nМисалдуу\t<script>alert(1)</script>\n<b>x</b>\tСынаков\n"
    page = client.post(IMPORT, {"text": text}).content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "style=" not in page.partition('id="content-main"')[2].partition("</main>")[0]


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.PRESS_OFFICER, Role.ANALYST, Role.APPROVER])
def test_only_organisers_change_heads(client, unit, role):
    client.force_login(staff_of(role))
    assert client.post(page_of(unit), appointment()).status_code == 403
    assert client.post(IMPORT, {"text": ROWS.format("Мисалдуу"), "confirm": "yes"}).status_code == 403
    assert client.get(HEADS).status_code == (200 if role == Role.REGISTRAR else 403)
    assert not Term.objects.exists()


def test_the_page_of_a_municipality_leads_to_its_change_of_head(client, organiser, unit):
    page = client.get(reverse("admin:regions_municipality_change", args=[unit.pk]))
    assert page_of(unit) in page.content.decode()
