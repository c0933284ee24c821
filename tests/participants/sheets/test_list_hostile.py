"""Whatever is sent to a coordinator's link: an error at its field or a faithful row, never a fault."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from participants.models import ListDraft, Registration, Term
from participants.spreadsheets import LARGEST_FILE
from regions.models import Municipality, Post
from tests.factories.participants import PersonFactory
from tests.participants.sheets.test_list_page import ASKED, act, preview, send, url


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": "  \n "},
        {"text": "a\x00b"},
        {"text": "a\tb\n" * 1001},
        {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken")},
        {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")},
    ],
)
def test_what_is_no_list_is_an_error_at_its_field(client, link, given):
    answer = client.post(url(link), given)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not ListDraft.objects.exists()


def test_a_file_beyond_the_limit_is_refused(client, link):
    file = SimpleUploadedFile("a.csv", b"a;b\n" * (LARGEST_FILE // 4 + 10))
    assert client.post(url(link), {"file": file}).status_code in (413, 422)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% now 'Y' %}",
        "=1+1",
        "Үлгү\u202eбаев Асан",
        "'; DROP TABLE x; --",
        "Ү" * 140,
    ],
)
def test_odd_names_are_shown_escaped_and_break_nothing(client, link, name):
    send(client, link, f"Марказ\tглава\t{name}\t0555 000 001")
    page = client.get(url(link, "list_draft")).content.decode()
    assert "<script>alert" not in page
    assert act(client, link).status_code in (302, 409)


@pytest.mark.parametrize(
    "typed", [{"drop": ["x", "\x00"]}, {"intent": "rule"}, {"post_for_all": "9" * 99}, {"municipality": "x" * 70_000}]
)
def test_odd_corrections_break_nothing(client, link, typed):
    send(client, link, ASKED)
    key = preview(client, link).asked[0].row.key
    given = {
        f"{key}-{name}": "\x00" + "я" * 5000 for name in ("municipality", "name", "phone", "email", "unit", "post")
    }
    answer = client.post(url(link, "list_draft"), {"intent": "check", **given, **typed})
    assert answer.status_code == 302
    assert client.get(url(link, "list_draft") + "?row=%27%22x").status_code == 200


def test_one_person_with_two_offices_is_named_once(client, link):
    """A head who went to another aimak stands in the list twice; the second row is asked about."""
    person = PersonFactory(surname="Үлгүбаев", given_names="Асан")
    day = timezone.localdate() - timedelta(days=300)
    for uid, years in (("markaz-kadamjay", {"ends_on": day}), ("halmion-kadamjay", {"starts_on": day})):
        unit = Municipality.objects.get(uid=uid)
        Term.objects.create(person=person, municipality=unit, post=Post.objects.get(uid="head"), **years)
    send(client, link, "Марказ, глава, Үлгүбаев Асан, 0555 000 001\nХалмион, глава, Үлгүбаев Асан, 0555 000 002\n")

    shown = preview(client, link)
    assert (shown.accepted, len(shown.asked)) == (1, 1)
    assert act(client, link).status_code == 302
    assert Registration.objects.get().person == person
