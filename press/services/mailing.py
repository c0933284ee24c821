"""Writing to the media list through the outbox: each text once, each correction once, to oneself first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from accounts.models import User
from outbox.letters import Letter
from outbox.models import Message
from outbox.models import State as MessageState
from outbox.services import enqueue, erase, send_again, stop
from press import emails
from press.exceptions import NoAddressOfOwn, NobodyToWriteTo, NotAllowedNow, NotTestedYet
from press.models import Correction, Journalist, Mailing, Recipient, ReleaseText
from press.models.media import JournalistQuerySet
from press.services.previews import give_preview

# Who may not see a release before its hour does not read of it in the outbox either.
RESTRICTION = "press.view_releasetext"
SENT_THE_TEXT = (Mailing.Kind.RELEASE, Mailing.Kind.EMBARGOED)


def recipients_of_release(text: ReleaseText) -> JournalistQuerySet:
    """Who would be written to now: of the text's language and topics, with consent, without this edition as yet."""
    fitting = Journalist.objects.mailable().filter(language=text.language).for_release(text.release)
    have_it = Recipient.objects.filter(
        journalist=OuterRef("pk"), mailing__text=text, mailing__edition=text.edition, mailing__kind__in=SENT_THE_TEXT
    )
    return fitting.exclude(Exists(have_it)).select_related("outlet").order_by("name", "pk")


def recipients_of_correction(correction: Correction) -> JournalistQuerySet:
    """Who was sent the text, in any edition, and may still be written to; a letter that was stopped tells nothing."""
    were_sent_it = Recipient.objects.filter(
        journalist=OuterRef("pk"), mailing__text=correction.text_id, mailing__kind__in=SENT_THE_TEXT
    ).exclude(message__state=MessageState.STOPPED, message__resends=None)
    return Journalist.objects.mailable().filter(Exists(were_sent_it)).order_by("name", "pk")


def is_tested(text: ReleaseText) -> bool:
    """Whether a member of staff has sent this edition to himself or herself."""
    return text.mailings.filter(kind=Mailing.Kind.TEST, edition=text.edition).exists()


@transaction.atomic
def mail_test(*, text: ReleaseText, by: User) -> Mailing:
    """Send the letter to oneself, as journalists would get it now. Raises NoAddressOfOwn, NotAllowedNow."""
    text = _approved(text)
    if not by.email:
        raise NoAddressOfOwn
    is_embargoed = not ReleaseText.objects.standing().filter(pk=text.pk).exists()
    letter = emails.letter_of_test(text, emails.release_body(text), is_embargoed=is_embargoed)
    mailing = Mailing.objects.create(text=text, edition=text.edition, kind=Mailing.Kind.TEST, by=by)
    message = _enqueue(f"press:test:{mailing.pk}", by.email, letter, about=f"staff:{by.pk}")
    Recipient.objects.create(mailing=mailing, message=message)
    return mailing


@transaction.atomic
def mail_release(*, text: ReleaseText, by: User) -> Mailing:
    """Send a public text to all whom it fits and who do not have it yet.

    Raises NotAllowedNow, NotTestedYet, NobodyToWriteTo.
    """
    text = _approved(text)
    if not ReleaseText.objects.standing().filter(pk=text.pk).exists():
        raise NotAllowedNow
    journalists = _to_write_to(text)
    mailing = Mailing.objects.create(text=text, edition=text.edition, kind=Mailing.Kind.RELEASE, by=by)
    body = emails.release_body(text)
    letters = ((person, emails.letter_of_release(text, body, person)) for person in journalists)
    _send(mailing, f"press:text:{text.pk}:{text.edition}", letters)
    return mailing


@transaction.atomic
def mail_under_embargo(*, text: ReleaseText, by: User) -> Mailing:
    """Send an approved text ahead of its hour, with the embargo line and a preview link for each journalist.

    Raises NotAllowedNow once the hour has come, NotTestedYet, NobodyToWriteTo.
    """
    text = _approved(text)
    if not ReleaseText.objects.scheduled().filter(pk=text.pk).exists() or text.public_from is None:
        raise NotAllowedNow
    journalists = _to_write_to(text)
    mailing = Mailing.objects.create(text=text, edition=text.edition, kind=Mailing.Kind.EMBARGOED, by=by)
    body = emails.release_body(text)
    links = [give_preview(text=text, journalist=person, expires_at=text.public_from, by=by) for person in journalists]
    letters = ((link.journalist, emails.letter_under_embargo(text, body, link)) for link in links)
    _send(mailing, f"press:text:{text.pk}:{text.edition}", letters)
    return mailing


def mail_correction(correction: Correction, *, by: User) -> Mailing | None:
    """Send an approved correction to those who were sent the text; the caller holds the text's lock."""
    journalists = list(recipients_of_correction(correction))
    if not journalists:
        return None
    text = correction.text
    mailing = Mailing.objects.create(
        text=text, edition=text.edition, kind=Mailing.Kind.CORRECTION, correction=correction, by=by
    )
    letters = ((person, emails.letter_of_correction(correction, person)) for person in journalists)
    _send(mailing, f"press:correction:{correction.pk}", letters)
    return mailing


@transaction.atomic
def send_failed_again(*, mailing: Mailing, by: User) -> int:
    """Try once more what failed for good in this mailing; returns how many messages. The old ones stay as they are."""
    failed = Message.objects.filter(
        pk__in=mailing.recipients.values("message"), state=MessageState.FAILED, resends=None
    )
    return len([send_again(message, by=by) for message in failed])


def stop_waiting(text: ReleaseText, *, by: User) -> int:
    """Stop what has been written about this text and has not gone out yet; returns how many messages."""
    mailings = text.mailings.filter(kind__in=SENT_THE_TEXT)
    messages = Message.objects.filter(
        pk__in=Recipient.objects.filter(mailing__in=mailings).values("message"), state=MessageState.WAITING
    )
    return len([stop(message, by=by) for message in messages])


def unsubscribe(*, token: str) -> Journalist | None:
    """Take the journalist of this link off the media list; again changes nothing. None when there is no such link."""
    Journalist.objects.filter(token=token, unsubscribed_at=None).update(unsubscribed_at=Now())
    return Journalist.objects.filter(token=token).first()


@transaction.atomic
def forget_journalist(*, journalist: Journalist) -> None:
    """Erase the journalist: name, address, links and the bodies of messages; mailings keep their numbers."""
    erase(emails.about(journalist))
    journalist.delete()


def _approved(text: ReleaseText) -> ReleaseText:
    locked = ReleaseText.objects.locked(text.pk)
    if not locked.is_approved:
        raise NotAllowedNow
    return ReleaseText.objects.with_parts().get(pk=text.pk)


def _to_write_to(text: ReleaseText) -> list[Journalist]:
    if not is_tested(text):
        raise NotTestedYet
    journalists = list(recipients_of_release(text))
    if not journalists:
        raise NobodyToWriteTo
    return journalists


def _send(mailing: Mailing, key: str, letters: Iterable[tuple[Journalist, Letter]]) -> None:
    """One message for each journalist, in the caller's transaction; the key makes a second one impossible."""
    Recipient.objects.bulk_create(
        Recipient(
            mailing=mailing,
            journalist=journalist,
            message=_enqueue(
                f"{key}:{journalist.pk}",
                journalist.email,
                letter,
                about=emails.about(journalist),
                unsubscribe_url=emails.unsubscribe_url(journalist),
            ),
        )
        for journalist, letter in letters
    )


def _enqueue(key: str, recipient: str, letter: Letter, *, about: str, unsubscribe_url: str = "") -> Message:
    return enqueue(
        key=key,
        recipient=recipient,
        language=letter.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        unsubscribe_url=unsubscribe_url,
        restricted_to=RESTRICTION,
        about=about,
    )
