"""What would become of each row of a list: with a seat, waiting, asked, refused; nothing is written.

The preview and the acceptance judge by the same function; the acceptance does so under the seminar's lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from participants.listing.columns import places_named
from participants.listing.posts import PostReader, plain
from participants.listing.rows import LONGEST_EMAIL, ListRow, Scope
from participants.listing.standing import Standing
from participants.listing.verdicts import Judged, Verdict
from participants.names import LONGEST_NAME
from participants.phones import NotAPhone, parse_phones
from regions.matching import Finder, Match, Outcome
from regions.models import District, Municipality, Oblast, Post

T = TypeVar("T")


def judge(rows: Sequence[ListRow], scope: Scope, *, finder: Finder, posts: PostReader) -> list[Judged]:
    """Judge the rows in their order, each as if those before it were entered; reads who is registered now."""
    judgement = _Judgement(scope, finder, posts)
    judged = [judgement.of_texts(row) for row in rows]
    standing = Standing(scope, judged)
    for one in judged:
        if one.verdict is Verdict.READY:
            standing.place(one)
    return judged


class _Judgement:
    """Reads the texts of rows against the register, the posts and the link."""

    def __init__(self, scope: Scope, finder: Finder, posts: PostReader) -> None:
        self.scope = scope
        self.finder = finder
        self.posts = posts
        self.day = scope.seminar.first_day
        self.groups = {group.pk for group in scope.seminar.groups_that_may_come()}
        self.allowed_posts = {post.pk for post in scope.posts}
        self._found: dict[tuple[str, str], Match] = {}

    def of_texts(self, row: ListRow) -> Judged:
        judged = Judged(row)
        self._municipality(judged)
        self._post(judged)
        self._person(judged)
        return judged

    # --- Which municipality ---------------------------------------------------------------------------------
    def _municipality(self, judged: Judged) -> None:
        row = judged.row
        chosen = self.finder.gazetteer.units.get(row.chosen_municipality or 0)
        if chosen is not None and self._serves(chosen):
            judged.municipality = chosen
            judged.candidates = self._find(row).candidates
        elif row.municipality:
            self._settle(judged, self._find(row))
        elif not self._is_guest(row):
            judged.refuse(Verdict.ASK, "municipality", _("Which municipality?"))

    def _settle(self, judged: Judged, match: Match) -> None:
        judged.candidates = match.candidates
        judged.notes += [fact.sentence for fact in match.facts]
        if match.municipality is None:
            question = {
                Outcome.AMBIGUOUS: _("There are several of this name. Which one?"),
                Outcome.SIMILAR: _("Not found under this name. Is it one of these?"),
                Outcome.UNKNOWN: _("No municipality of this name is found. Write it as in the register."),
            }[match.outcome]
            judged.refuse(Verdict.ASK, "municipality", question)
        elif self._serves(match.municipality):
            judged.municipality = match.municipality
        else:
            elsewhere = _("This is %(unit)s: not a unit of this list.") % {"unit": match.municipality.full_name}
            judged.candidates = ()
            judged.refuse(Verdict.ELSEWHERE, "municipality", elsewhere)

    def _find(self, row: ListRow) -> Match:
        """Look among the list's own units first; then in the whole country, to say where else it is."""
        key = (row.municipality, row.place)
        if key not in self._found:
            self._found[key] = self._look_up(row)
        return self._found[key]

    def _look_up(self, row: ListRow) -> Match:
        districts, oblasts = places_named(row.place, self.finder.gazetteer)
        own = [district for district in districts if self._holds(district)]
        if own or not (districts or oblasts) or any(self._is_own(oblast) for oblast in oblasts):
            found = self._among_own(row.municipality, own, oblasts)
            if found.outcome is not Outcome.UNKNOWN:
                return found
        oblast, district = _only(oblasts), _only(districts)
        found = self.finder.find(row.municipality, oblast=None if district else oblast, district=district, on=self.day)
        # What is only like a name of another oblast is no suggestion here.
        return found if found.outcome is Outcome.MATCHED else Match(Outcome.UNKNOWN, facts=found.facts)

    def _among_own(self, text: str, districts: list[District], oblasts: list[Oblast]) -> Match:
        oblast = self.scope.oblast or (_only(oblasts) if not districts else None)
        district = self.scope.district or _only(districts)
        found = self.finder.find(text, oblast=oblast, district=district, on=self.day)
        if found.outcome is not Outcome.UNKNOWN or self.scope.district is not None or district is None:
            return found
        # The row names another district than the one where it is found: asked, not taken.
        found = self.finder.find(text, oblast=oblast, on=self.day)
        return Match(Outcome.SIMILAR, found.candidates, found.facts) if found.candidates else found

    def _is_own(self, oblast: Oblast) -> bool:
        return self.scope.oblast is None or oblast == self.scope.oblast

    def _holds(self, district: District) -> bool:
        if self.scope.district is not None:
            return district == self.scope.district
        return self.scope.oblast is None or district.oblast_id == self.scope.oblast.pk

    def _serves(self, unit: Municipality) -> bool:
        """Whether the unit is one of this list's, and exists on the day."""
        scope = self.scope
        if scope.district is not None and unit.district_id != scope.district.pk:
            return False
        if scope.oblast is not None and unit.oblast_id != scope.oblast.pk:
            return False
        is_invited = scope.is_staff or unit.oblast_id in self.groups
        return is_invited and unit.is_alive_on(self.day)

    # --- Which post, who --------------------------------------------------------------------------------------
    def _read_post(self, row: ListRow) -> Post | None:
        if chosen := self.posts.by_key.get(row.chosen_post or 0):
            return chosen
        post, rest = self.posts.read(row.post)
        return post if post is not None and _belongs(rest, f"{row.municipality} {row.place}") else None

    def _is_guest(self, row: ListRow) -> bool:
        """Whether staff enter somebody who comes without a municipality."""
        post = self._read_post(row)
        return self.scope.is_staff and post is not None and not post.is_open_to_registration

    def _post(self, judged: Judged) -> None:
        judged.post = self._read_post(judged.row)
        if judged.post is None:
            judged.refuse(Verdict.ASK, "post", _("Which post?"))
        elif judged.post.pk not in self.allowed_posts:
            judged.refuse(Verdict.UNREADABLE, "post", _("This seminar is not for this post."))

    def _person(self, judged: Judged) -> None:
        row = judged.row
        if not 2 <= len(row.name) <= LONGEST_NAME or not any(char.isalpha() for char in row.name):
            judged.refuse(Verdict.UNREADABLE, "name", _("Write the surname and name."))
        if row.phone:
            try:
                judged.phones = tuple(parse_phones(row.phone))
            except NotAPhone as error:
                judged.refuse(Verdict.UNREADABLE, "phone", str(error))
        if row.email and not _is_email(row.email):
            judged.refuse(Verdict.UNREADABLE, "email", _("This is not an e-mail address."))
        if not row.phone and not row.email:
            judged.notes.append(_("No phone and no e-mail: nobody can tell this person of changes."))


def _only(places: list[T]) -> T | None:
    return places[0] if len(places) == 1 else None


def _belongs(rest: str, around: str) -> bool:
    """Whether the words beside a post only repeat the municipality: `глава Ак-Суйского айыл окмоту`."""
    known = [word[:3] for word in plain(around).split()]
    return all(word[:3] in known for word in plain(rest).split())


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_EMAIL
