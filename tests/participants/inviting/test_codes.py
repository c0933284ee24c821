"""`/i/<code>`: typed from paper in any case and alphabet, limited, dead at the deadline (rules.md, Pages 2)."""

import pytest

from core.models import Attempt
from participants import services
from participants.models.invitations import CODE_ALPHABET, Invitation, new_code, read_code
from participants.views.invitations import CODE_TIMES
from tests.participants.inviting.offices import clerk, invited, office, office_contact, pass_deadline

pytestmark = pytest.mark.django_db

CYRILLIC = str.maketrans("ABEKMHPCTXY", "АВЕКМНРСТХУ")


@pytest.fixture
def invitation(seminar):
    municipality = office(head=False)
    office_contact(municipality, language="ru")
    return invited(seminar, municipality)


def test_a_code_has_no_letter_that_is_taken_for_another():
    assert not set("IL1O0U") & set(CODE_ALPHABET)
    assert len(new_code()) == 10


def test_the_code_leads_to_the_offices_page_in_the_language_of_the_letter(client, invitation):
    response = client.get(f"/i/{invitation.code}")

    assert response.status_code == 302
    assert response.headers["Location"] == f"/ru/invitations/{invitation.token}/"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: f"{code[:5]}-{code[5:]}", lambda code: f"{code[:4]} {code[4:]}"]
)
def test_case_hyphens_and_spaces_do_not_matter(client, invitation, change):
    assert client.get(f"/i/{change(invitation.code)}").status_code == 302


def test_letters_typed_on_a_kyrgyz_keyboard_are_read_as_the_latin_ones_they_look_like():
    code = "ABEKMHPCTX"

    assert read_code(code.translate(CYRILLIC)) == read_code(code.translate(CYRILLIC).lower()) == code


@pytest.mark.parametrize("code", ["AAAAAAAAAA", "1", "I10OLU0000", "x" * 500, "ы", "..%2f"])
def test_an_unknown_code_is_a_404(client, invitation, code):
    assert client.get(f"/i/{code}").status_code == 404


def test_a_code_dies_at_the_deadline_and_when_the_invitation_is_withdrawn(client, seminar, invitation):
    withdrawn = invited(seminar)
    services.withdraw_invitation(invitation=withdrawn, by=clerk())
    pass_deadline(invitation)

    assert [client.get(f"/i/{one.code}").status_code for one in (invitation, withdrawn)] == [404, 404]


def test_trying_codes_is_limited_by_the_address_of_who_tries(client, invitation):
    for _attempt in range(CODE_TIMES):
        client.get("/i/AAAAAAAAAA")

    assert client.get(f"/i/{invitation.code}").status_code == 429
    assert client.get(f"/i/{invitation.code}", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_following_a_code_changes_nothing_but_the_count_of_attempts(client, invitation):
    before = Invitation.objects.values().get()

    client.get(f"/i/{invitation.code}")
    client.head(f"/i/{invitation.code}")

    assert Invitation.objects.values().get() == before
    assert Attempt.objects.count() == 1
    assert client.post(f"/i/{invitation.code}").status_code == 405
