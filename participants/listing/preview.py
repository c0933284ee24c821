"""What the page of a list being checked shows: what needs the sender first, then what is ready."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise

from participants.listing.judging import judge
from participants.listing.posts import PostReader
from participants.listing.rows import ListRow, Scope
from participants.listing.verdicts import Judged, Verdict
from participants.models import ListDraft
from regions.matching import Finder
from regions.models import Municipality, Post

# Rows with fields on one page: a form has at most 1,000 fields, and nobody corrects more at once.
MOST_OPEN = 50


@dataclass(frozen=True)
class Preview:
    """The rows of a draft, judged; `asked` have fields, `later` of them wait until those are settled."""

    draft: ListDraft
    asked: list[Judged]
    ready: list[Judged]
    later: int
    counts: list[tuple[Verdict, str | Promise, int]]
    accepted: int
    without_post: int
    units: list[Municipality]
    posts: list[Post]

    @classmethod
    def of(cls, draft: ListDraft, *, opened: str = "") -> Preview:
        """The preview; the row with the key `opened` has fields though it is ready."""
        scope, every_post = Scope.of_draft(draft), PostReader(Post.objects.all())
        rows = [ListRow.from_json(row) for row in draft.rows]
        judged = judge(rows, scope, finder=Finder(), posts=every_post)
        ready = [one for one in judged if one.verdict.is_accepted and one.row.key != opened]
        asked = [one for one in judged if not one.verdict.is_accepted or one.row.key == opened]
        asked.sort(key=lambda one: one.row.key != opened)
        numbers = Counter(one.verdict for one in judged)
        return cls(
            draft=draft,
            asked=asked[:MOST_OPEN],
            ready=ready,
            later=max(len(asked) - MOST_OPEN, 0),
            counts=[(verdict, verdict.label, numbers[verdict]) for verdict in Verdict if numbers[verdict]],
            accepted=sum(one.verdict.is_accepted for one in judged),
            without_post=sum(not (one.row.post or one.row.chosen_post) for one in judged),
            units=list(scope.municipalities) if asked else [],
            posts=list(scope.posts),
        )
