"""Refusals of the services of seminars, as people read them."""

from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError
from seminars.readiness import Lack


class NotReadyToPublish(DomainError):
    """The seminar lacks what its page must say; `lacks` names each."""

    def __init__(self, lacks: list[Lack]) -> None:
        super().__init__(" ".join(str(lack.message) for lack in lacks))
        self.lacks = lacks


class AlreadyPublished(DomainError):
    """What was asked for is possible only before publication."""

    def __init__(self) -> None:
        super().__init__(_("The seminar is published already."))


class SeatsAreFixed(DomainError):
    """The seats of a published seminar change only where those who wait are promoted at once."""

    def __init__(self) -> None:
        super().__init__(_("The seminar is published: its seats are changed on their own page."))


class QuotasPromiseMore(DomainError):
    """Fewer seats in the hall than the quotas of oblasts promise."""

    def __init__(self, promised: int) -> None:
        super().__init__(
            _("The quotas of oblasts are %(promised)d seats together. Change them on the page “Seats” first.")
            % {"promised": promised}
        )
