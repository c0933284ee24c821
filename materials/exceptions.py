"""Refusals of the library, as people read them."""

from django.utils.translation import gettext_lazy as _

from core.exceptions import DomainError


class FileRefused(DomainError):
    """The file is not what may be kept; the sentence says why and what to do."""


class NoRoomForFiles(DomainError):
    """The storage is full or away: nothing of the upload has been kept."""

    def __init__(self) -> None:
        super().__init__(
            _("The file could not be stored: the disk is full or away. Nothing was kept; try again later.")
        )


class FileThere(DomainError):
    """The edition has exactly this file."""

    def __init__(self, name: str) -> None:
        super().__init__(_("This edition has exactly this file already: %(name)s.") % {"name": name})


class InUse(DomainError):
    """What people were given or have taken is kept."""

    def __init__(self) -> None:
        super().__init__(_("It has been handed out or downloaded, so it is kept. Add a new edition instead."))


class HandedOutAlready(DomainError):
    """The same edition in the same session."""

    def __init__(self) -> None:
        super().__init__(_("This edition is handed out here already."))


class NoSuchEdition(DomainError):
    """The document has no edition of that number."""

    def __init__(self) -> None:
        super().__init__(_("The document has no edition of that number."))


class NothingToTell(DomainError):
    """Nobody who got an earlier edition remains to be told, or nobody may have the document."""

    def __init__(self) -> None:
        super().__init__(_("There is nobody to tell of this edition."))
