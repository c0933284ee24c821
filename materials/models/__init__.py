from materials.models.catalogue import (
    ActType,
    Audience,
    Document,
    DocumentQuerySet,
    Edition,
    EditionQuerySet,
    Kind,
    Status,
)
from materials.models.files import Download, Extraction, File, FileQuerySet, Format, Language, Scan
from materials.models.handouts import Handout, HandoutQuerySet
from materials.models.passages import Passage, PassageQuerySet

__all__ = [
    "ActType",
    "Audience",
    "Document",
    "DocumentQuerySet",
    "Download",
    "Edition",
    "EditionQuerySet",
    "Extraction",
    "File",
    "FileQuerySet",
    "Format",
    "Handout",
    "HandoutQuerySet",
    "Kind",
    "Language",
    "Passage",
    "PassageQuerySet",
    "Scan",
    "Status",
]
