"""Who acts, and by what channel: every change of a registration keeps both."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from participants.models import Channel


@dataclass(frozen=True)
class Actor:
    """Who does something: a channel, with the member of staff when there is one, and why."""

    channel: Channel
    user: User | None = None
    reason: str = ""

    @property
    def is_staff(self) -> bool:
        """Whether a member of staff acts."""
        return self.user is not None


VISITOR = Actor(Channel.WEB)
HOLDER = Actor(Channel.LINK)
PORTAL = Actor(Channel.SYSTEM)
