"""What an uploaded file is, found by looking inside; its name and what the browser says of it are believed nowhere.

Refused: what is not in `Format`, whatever carries code (macros, JavaScript, embedded files), whatever unpacks to more
than a worker can hold.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import filetype
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.text import clean_line
from materials.exceptions import FileRefused
from materials.inspection import ooxml, pdf, pictures
from materials.models import Format

HEAD_BYTES = 8192
LONGEST_NAME = 150
# What the disks of those who download take in a name, beside our own separators.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
EXTENSIONS = {format_: (f".{format_}",) for format_ in Format} | {Format.JPEG: (".jpg", ".jpeg")}
_PICTURES = {"image/jpeg": Format.JPEG, "image/png": Format.PNG}


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept: `content` is what is stored, pictures without what cameras write into them."""

    content: File[bytes]
    format: Format
    shown_name: str
    size: int
    sha256: str


def inspect(upload: File[bytes]) -> Inspected:
    """What the upload is and what of it is to be stored. Raises FileRefused with the reason in words."""
    if not upload.size:
        raise FileRefused(_("The file is empty."))
    if upload.size > settings.MATERIALS_MAX_FILE_BYTES:
        raise FileRefused(
            _("The file has %(size)s; at most %(most)s are taken.")
            % {"size": filesizeformat(upload.size), "most": filesizeformat(settings.MATERIALS_MAX_FILE_BYTES)}
        )
    format_, content = _look_inside(upload)
    size, digest = _measure(content)
    return Inspected(content, format_, shown_name(upload.name or "", format_), size, digest)


def _look_inside(upload: File[bytes]) -> tuple[Format, File[bytes]]:
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    mime = filetype.guess_mime(head)
    if mime == "application/pdf" and head.startswith(pdf.MAGIC):
        pdf.check(upload)
        return Format.PDF, upload
    if mime in _PICTURES:
        return _PICTURES[mime], ContentFile(pictures.cleaned(upload, _PICTURES[mime]), name="picture")
    if head.startswith(ooxml.MAGIC):
        return ooxml.format_of(upload), upload
    if head.startswith(ooxml.OLD_OFFICE):
        raise FileRefused(
            _("This is an old or password-protected Office file. Save it as DOCX, PPTX or XLSX without one.")
        )
    raise FileRefused(_("Only PDF, DOCX, PPTX, XLSX, JPEG and PNG are taken, whatever the name says."))


def _measure(content: IO[bytes]) -> tuple[int, str]:
    """The size and SHA-256 of the whole."""
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return size, digest.hexdigest()


def shown_name(typed: str, format_: Format) -> str:
    """The name as people see it: one clean line without folders, ending as the content says."""
    name = clean_line(typed).replace("\\", "/").translate(_NOT_IN_NAMES)
    name = PurePosixPath(name).name.strip(" .")
    extensions = EXTENSIONS[format_]
    stem = name
    for extension in extensions:
        if name.lower().endswith(extension):
            stem = name[: -len(extension)]
            break
    stem = stem.strip(" .")[: LONGEST_NAME - len(extensions[0])].strip(" .")
    return f"{stem or 'document'}{extensions[0]}"
