"""Refusals of the services of the press centre, as people read them."""

from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError


class NotAllowedNow(DomainError):
    """The state of the text, or its hour, does not let this be done."""

    def __init__(self) -> None:
        super().__init__(_("This is not possible in the state in which the text is now."))


class TextIsPublic(DomainError):
    """What the public has seen stays as it is."""

    def __init__(self) -> None:
        super().__init__(_("The public has this text: it stays as it is. Add a correction or withdraw it."))


class TextChangedMeanwhile(DomainError):
    """Somebody else stored another version after this one was read."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has changed the text meanwhile: go back and look at it again."))


class TextHasGaps(DomainError):
    """A gap stands where a person must write something; `gaps` says what each asks for."""

    def __init__(self, gaps: list[str]) -> None:
        super().__init__(_("Fill in what is marked with [[ ]] first: %(gaps)s") % {"gaps": "; ".join(gaps)})
        self.gaps = gaps


class TextIsIncomplete(DomainError):
    """A part that every release has is empty."""

    def __init__(self) -> None:
        super().__init__(_("A release needs a headline, a lead and a media contact."))


class AnotherPersonMustApprove(DomainError):
    """Whoever submitted or last edited a text, or wrote a correction, does not approve it."""

    def __init__(self) -> None:
        super().__init__(_("Another person must approve: not who wrote, last edited or submitted it."))


class ReleaseExists(DomainError):
    """A seminar has one announcement and one result."""

    def __init__(self) -> None:
        super().__init__(_("This seminar has a release of this kind already."))


class ReleaseIsFixed(DomainError):
    """A text of the release is submitted or further."""

    def __init__(self) -> None:
        super().__init__(_("A text of this release is no draft any more: its address, seminar and topics are fixed."))


class NobodyToWriteTo(DomainError):
    """No journalist who agreed to be written to fits, or all have it already."""

    def __init__(self) -> None:
        super().__init__(_("There is nobody to write to: nobody who agreed to it fits, or all have it already."))


class NotTestedYet(DomainError):
    """A mailing goes to oneself first."""

    def __init__(self) -> None:
        super().__init__(_("Send it to yourself first and look at it."))


class NoAddressOfOwn(DomainError):
    """The member of staff has no e-mail address in the account."""

    def __init__(self) -> None:
        super().__init__(_("Your account has no e-mail address: an administrator can add it."))


class FileRefused(DomainError):
    """The file is not what can be published; the message says why."""


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
