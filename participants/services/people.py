"""Who holds which office, and two rows of one human made one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from django.db import models, transaction

from participants.actors import Actor
from participants.exceptions import (
    AlreadyInOffice,
    BothComeToOneSeminar,
    BothHeadAtOnce,
    GoneByThen,
    OfficeHasLaterHead,
    OnePersonOnly,
    TermNotEnded,
)
from participants.models import Person, PersonMerge, Registration, Term
from regions.models import Municipality, Post
from seminars.models import Seminar


@transaction.atomic
def appoint(
    *,
    municipality: Municipality,
    person: Person,
    post: Post,
    starts_on: date,
    by: Actor,
    is_acting: bool = False,
    basis: str = "",
    ended_because: str = "",
) -> Term:
    """Begin a term of office; whoever headed the municipality until then leaves the same day, for that reason.

    The person may be new, or have new contacts, and is saved. An acting head who is confirmed in office gets a new
    term. Raises GoneByThen, AlreadyInOffice, OfficeHasLaterHead.
    """
    municipality = _locked(municipality)
    if not municipality.is_alive_on(starts_on):
        raise GoneByThen(municipality)
    if post.is_head:
        _end_heads(municipality, person, post, starts_on, is_acting, ended_because, by)
    person.save()
    term = Term(
        person=person, municipality=municipality, post=post, is_acting=is_acting, starts_on=starts_on, basis=basis
    )
    return _save(term, by)


@transaction.atomic
def end_term(*, term: Term, on: date, reason: str, by: Actor) -> Term:
    """End a term on that day, the first one out of office; the office is vacant until somebody is appointed.

    Raises TermNotEnded when it has ended by then or begins later.
    """
    _locked(term.municipality)
    term = Term.objects.select_related("post", "person", "municipality").get(pk=term.pk)
    if (term.ends_on is not None and term.ends_on <= on) or (term.starts_on is not None and on <= term.starts_on):
        raise TermNotEnded(term)
    return _end(term, on, reason, by)


def _locked(municipality: Municipality) -> Municipality:
    """The municipality, so that two changes of its head come one after the other."""
    return Municipality.objects.select_for_update(of=("self",), no_key=True).get(pk=municipality.pk)


def _end_heads(
    municipality: Municipality, person: Person, post: Post, day: date, is_acting: bool, reason: str, by: Actor
) -> None:
    """End the term of who heads the municipality when the new one begins."""
    not_over = models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=day)
    terms = Term.objects.heads().filter(not_over, municipality=municipality)
    for term in terms.select_related("person", "post", "municipality"):
        if (term.person_id, term.post_id, term.is_acting) == (person.pk, post.pk, is_acting):
            raise AlreadyInOffice(term)
        if term.starts_on is not None and term.starts_on >= day:
            raise OfficeHasLaterHead(term)
        _end(term, day, reason, by)


def _end(term: Term, on: date, reason: str, by: Actor) -> Term:
    term.ends_on = on
    term.end_reason = reason[:200]
    return _save(term, by)


def _save(term: Term, by: Actor) -> Term:
    """Save with who did it in the history, wherever it was done."""
    term._history_user = by.user  # type: ignore[attr-defined]  # simple-history's own way to name the user
    term.save()
    return term


@transaction.atomic
def merge_people(*, kept: Person, merged: Person, by: Actor) -> PersonMerge:
    """Move everything that points to `merged` to `kept`, keep its phone and e-mail where `kept` has none, delete it.

    Raises OnePersonOnly, BothComeToOneSeminar, BothHeadAtOnce: then they are two people, or one row is wrong.
    """
    # Seats before people, as everywhere (rules.md, Seats 12).
    theirs = Registration.objects.filter(person__in=[kept, merged]).values("seminar")
    list(Seminar.objects.filter(pk__in=theirs).order_by("pk").select_for_update(of=("self",), no_key=True))
    people = {row.pk: row for row in Person.objects.filter(pk__in=[kept.pk, merged.pk]).select_for_update()}
    if len(people) < 2:
        raise OnePersonOnly
    kept, merged = people[kept.pk], people[merged.pk]
    refuse_two_people(kept, merged)
    moved = {name: rows.update(**{field: kept}) for name, field, rows in _pointing_to(merged)}
    kept.phone = kept.phone or merged.phone
    kept.email = kept.email or merged.email
    kept.save()
    merged_key = merged.pk
    merged.delete()
    return PersonMerge.objects.create(
        kept=kept, merged_key=merged_key, moved={name: number for name, number in moved.items() if number}, by=by.user
    )


def refuse_two_people(kept: Person, merged: Person) -> None:
    """Raises what shows that the two rows cannot be one human, or that one of them must be put right first."""
    if kept == merged:
        raise OnePersonOnly
    own = Registration.objects.live().filter(person=kept).values("seminar")
    both = Registration.objects.live().filter(person=merged, seminar__in=own).select_related("seminar").first()
    if both is not None:
        raise BothComeToOneSeminar(both.seminar)
    terms = Term.objects.heads().filter(person__in=[kept, merged], is_acting=False)
    held = terms.select_related("municipality", "post")
    for one, other in combinations(held, 2):
        if one.person_id != other.person_id and one.overlaps(other):
            raise BothHeadAtOnce(one, other)


def _pointing_to(person: Person) -> Iterator[tuple[str, str, models.QuerySet[models.Model]]]:
    """Every relation to a person in every room: its name, its field, the rows."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is not None:
            model, field = relation.related_model, relation.field.name
            rows = model._base_manager.filter(**{field: person.pk})
            yield f"{model._meta.label}.{field}", field, rows
