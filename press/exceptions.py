"""Refusals of the press centre, as people read them."""

from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError


class SeminarIsCancelled(DomainError):
    """Nothing is announced of a seminar that is not held."""

    def __init__(self) -> None:
        super().__init__(_("The seminar is cancelled, so no release is drafted from it."))


class SeminarIsOver(DomainError):
    """An announcement is made before."""

    def __init__(self) -> None:
        super().__init__(_("The seminar is over: draft the release about its results."))


class SeminarNotOver(DomainError):
    """Results come after."""

    def __init__(self) -> None:
        super().__init__(_("The seminar is not over yet: draft its announcement."))
