"""Lists of people as coordinators send them: columns found, rows judged, asked back and never guessed."""

from participants.listing.judging import judge
from participants.listing.posts import PostReader
from participants.listing.reading import Reading, read_tables
from participants.listing.rows import Decision, ListRow, Scope
from participants.listing.verdicts import Judged, Verdict

__all__ = ["Decision", "Judged", "ListRow", "PostReader", "Reading", "Scope", "Verdict", "judge", "read_tables"]
