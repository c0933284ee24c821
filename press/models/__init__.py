from press.models.history import Correction, Revision
from press.models.media import Journalist, Mailing, Outlet, PreviewLink, PreviewOpening, Recipient
from press.models.parts import Attachment, Contact, Picture, PresentedDocument, Quote, StoredFile
from press.models.release import LINES, PARAGRAPHS, Release, ReleaseQuerySet, ReleaseText, ReleaseTextQuerySet

__all__ = [
    "LINES",
    "PARAGRAPHS",
    "Attachment",
    "Contact",
    "Correction",
    "Journalist",
    "Mailing",
    "Outlet",
    "Picture",
    "PresentedDocument",
    "PreviewLink",
    "PreviewOpening",
    "Quote",
    "Recipient",
    "Release",
    "ReleaseQuerySet",
    "ReleaseText",
    "ReleaseTextQuerySet",
    "Revision",
    "StoredFile",
]
