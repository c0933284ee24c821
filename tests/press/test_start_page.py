"""What the start page of the admin says to the press centre, and to nobody else."""

import pytest

from accounts.roles import Role
from press import services
from press.models import ReleaseText
from tests.factories.accounts import staff_of
from tests.factories.releases import approved_text, draft_text, person, scheduled_text, submitted_text

pytestmark = pytest.mark.django_db


def test_texts_that_wait_for_somebody():
    draft_text()
    scheduled_text()
    settled = approved_text()
    services.approve_correction(
        correction=services.propose_correction(text=settled, note="57", by=person()), by=person()
    )
    submitted, corrected, returned = submitted_text(), approved_text(), submitted_text()
    services.propose_correction(text=corrected, note="57", by=person())
    services.return_to_draft(text=returned, revision=returned.revision, comment="Тактаңыз", by=person())
    assert set(ReleaseText.objects.waiting_for_somebody()) == {submitted, corrected, returned}


@pytest.mark.parametrize(("role", "is_shown"), [(Role.APPROVER, True), (Role.ORGANISER, False)])
def test_the_start_page_names_them_to_the_press_centre_only(client, role, is_shown):
    text = submitted_text(headline="Күтүп турган релиз")
    client.force_login(staff_of(role))
    page = client.get("/admin/").content.decode()
    assert (text.headline in page) is is_shown
