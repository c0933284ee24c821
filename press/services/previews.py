"""Links by which single journalists read an approved text before its hour."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.clock import database_now
from press.exceptions import NotAllowedNow
from press.models import Journalist, PreviewLink, PreviewOpening, ReleaseText
from press.states import State


@transaction.atomic
def give_preview(*, text: ReleaseText, journalist: Journalist, expires_at: datetime, by: User) -> PreviewLink:
    """The journalist's link to this text; one that is there is prolonged, not doubled.

    Only for an approved text and somebody who agreed to be written to. Raises NotAllowedNow.
    """
    text = ReleaseText.objects.locked(text.pk)
    if text.state != State.APPROVED or not journalist.is_mailable or expires_at <= database_now():
        raise NotAllowedNow
    link, _is_new = PreviewLink.objects.update_or_create(
        text=text,
        journalist=journalist,
        revoked_at=None,
        defaults={"expires_at": expires_at},
        create_defaults={"expires_at": expires_at, "created_by": by},
    )
    return link


@transaction.atomic
def revoke_preview(*, link: PreviewLink, by: User) -> None:
    """Close this link for good; the other journalists keep theirs. Closing a closed one changes nothing."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=database_now(), revoked_by=by)


def note_opening(*, link: PreviewLink, address: str) -> None:
    """Count an opening of the link."""
    PreviewOpening.objects.create(link=link, address=address or None)
