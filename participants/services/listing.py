"""Lists of coordinators and staff: kept while they are checked, accepted in one transaction, changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.clock import database_now
from core.languages import active_language
from participants import seating
from participants.actors import Actor
from participants.exceptions import ListClosed
from participants.listing import Judged, ListRow, PostReader, Reading, Scope, judge
from participants.listing.rows import LONGEST_PHONE
from participants.models import CoordinatorLink, ListDraft, Registration
from participants.services.entering import Entry, enter_all
from participants.services.states import cancel
from participants.services.substituting import substitute
from participants.spreadsheets import MOST_ROWS, UnreadableList
from regions.matching import Finder
from regions.models import Post
from seminars.models import Seminar


@transaction.atomic
def keep_list(*, scope: Scope, reading: Reading, by: Actor) -> ListDraft:
    """Add the rows to the list that the link, or the member of staff, is checking; nothing is registered.

    Raises ListClosed, UnreadableList when it becomes too long.
    """
    _refuse_closed(scope, database_now())
    owner = {"link": scope.link} if scope.link is not None else {"by": by.user}
    draft, _created = ListDraft.objects.get_or_create(seminar=scope.seminar, **owner)
    draft = ListDraft.objects.locked().get(pk=draft.pk)
    draft.oblast, draft.district = scope.oblast, scope.district
    draft.rows += [row.as_json() for row in reading.rows]
    if len(draft.rows) > MOST_ROWS:
        raise UnreadableList(_("A list may have at most %(rows)d rows. Send it in parts.") % {"rows": MOST_ROWS})
    draft.notes = [*reading.titles, *reading.unread_columns][:20]
    draft.save()
    return draft


def work_on_list(
    *, draft: ListDraft, intent: str, typed: Mapping[str, str], dropped: set[str], by: Actor
) -> list[Registration] | None:
    """Do what the form of the preview asks: discard the rows, or correct them and then accept them when asked to.

    Returns who was registered; None when nobody was to be. Raises ListClosed; what was corrected is kept then too.
    """
    if intent == "discard":
        discard_list(draft=draft)
        return None
    correct_list(draft=draft, typed=typed, dropped=dropped)
    return accept_list(draft=draft, by=by) if intent == "accept" else None


@transaction.atomic
def correct_list(*, draft: ListDraft, typed: Mapping[str, str], dropped: set[str]) -> None:
    """Write what was typed over the rows into the draft; rows whose keys are `dropped` leave it, an empty one goes."""
    locked = ListDraft.objects.locked().filter(pk=draft.pk).first()
    if locked is None:
        return
    for_all = typed.get("post_for_all", "")
    rows = [ListRow.from_json(row).corrected(typed) for row in locked.rows if row["key"] not in dropped]
    if for_all:
        rows = [
            row.corrected({f"{row.key}-post": for_all}) if not (row.post or row.chosen_post) else row for row in rows
        ]
    _keep_rest(locked, rows)


@transaction.atomic
def accept_list(*, draft: ListDraft, by: Actor) -> list[Registration]:
    """Register the rows that can be, all or none, as the web would; the others stay in the draft.

    Who comes instead of somebody takes that person's place first. A second press finds the draft without them and
    registers nobody. Raises ListClosed and what `substitute` raises.
    """
    finder = Finder()
    seminar = Seminar.objects.locked(draft.seminar_id)
    locked = ListDraft.objects.locked().filter(pk=draft.pk).first()
    if locked is None:
        return []
    now = database_now()
    scope = Scope.of_draft(locked)
    _refuse_closed(scope, now)
    seating.fill_free_seats(seminar, now=now)
    rows = [ListRow.from_json(row) for row in locked.rows]
    judged = judge(rows, scope, finder=finder, posts=PostReader(Post.objects.all()))
    accepted = [one for one in judged if one.verdict.is_accepted]
    for one in accepted:
        if one.replaces is not None:
            substitute(registration=one.replaces, deputy=_entry(one, scope), by=by)
    new = [_entry(one, scope) for one in accepted if one.replaces is None]
    registered = [*enter_all(seminar, new, by, now=now), *(one.replaces for one in accepted if one.replaces)]
    keys = {one.row.key for one in accepted}
    _keep_rest(locked, [row for row in rows if row.key not in keys])
    return registered


@transaction.atomic
def discard_list(*, draft: ListDraft) -> None:
    """Forget the rows that were not accepted."""
    ListDraft.objects.filter(pk=draft.pk).delete()


@transaction.atomic
def remove_from_list(*, registration: Registration, by: Actor) -> Registration:
    """Take back somebody whom a coordinator's list named, while lists are taken. Raises ListClosed, NotAllowedNow."""
    _lock_named_by_list(registration)
    return cancel(registration=registration, by=by)


@transaction.atomic
def replace_on_list(*, registration: Registration, deputy: Entry, by: Actor) -> Registration:
    """Send somebody else instead of whom a coordinator's list named, while lists are taken.

    Raises ListClosed and what `substitute` raises.
    """
    _lock_named_by_list(registration)
    return substitute(registration=registration, deputy=deputy, by=by)


def _lock_named_by_list(registration: Registration) -> None:
    seminar = Seminar.objects.locked(registration.seminar_id)
    link = registration.coordinator_link
    if link is None:
        raise ListClosed
    _refuse_closed(Scope(seminar, link=CoordinatorLink.objects.get(pk=link.pk)), database_now())


def _refuse_closed(scope: Scope, now: datetime) -> None:
    if not (scope.link.is_open_at(now) if scope.link is not None else scope.seminar.is_open_to_staff(now)):
        raise ListClosed


def _keep_rest(draft: ListDraft, rows: list[ListRow]) -> None:
    draft.rows = [row.as_json() for row in rows]
    if rows:
        draft.save()
    else:
        draft.delete()


def _entry(judged: Judged, scope: Scope) -> Entry:
    """What an accepted row registers; the person signs the sheet, so only the channel is kept of the consent."""
    row, post = judged.row, judged.post
    if post is None:
        raise ValueError("a row without post is never accepted")
    return Entry(
        full_name=row.name,
        post=post,
        municipality=judged.municipality,
        phones=judged.phones,
        phone_typed=row.phone[:LONGEST_PHONE],
        email=row.email,
        language=active_language(),
        mode=Registration.Mode.HALL if scope.seminar.has_hall else Registration.Mode.ONLINE,
        form_key=UUID(row.key),
        coordinator_link=scope.link,
    )
