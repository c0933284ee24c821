"""Checking files before they are kept: type by content, limits, pictures made anew without what a camera wrote in."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import Any

import filetype
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from core.text import clean_line
from press.exceptions import FileRefused
from press.models import Release, StoredFile

LARGEST_UPLOAD = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
QUALITY = 82
# What Pillow raises for what is no picture, is broken, or unpacks to more than any picture should.
BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
PICTURES = ("JPEG", "PNG", "WEBP")
JPEG = "image/jpeg"
PDF = "application/pdf"
# Documents without macros; all of them are ZIP files inside.
OFFICE = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
MOST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS = 2000

TOO_LARGE = gettext_lazy("The file is larger than 10 MB.")
NO_PICTURE = gettext_lazy("This is no JPEG, PNG or WebP picture.")


def store_picture(release: Release, upload: UploadedFile[Any]) -> StoredFile:
    """Keep the picture as a JPEG of at most 1600 pixels a side: pixels only, no EXIF, no place, no thumbnail.

    Raises FileRefused.
    """
    _require_size(upload)
    picture = _pixels(upload)
    output = BytesIO()
    picture.save(output, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return _store(
        release, upload, output.getvalue(), StoredFile.Kind.PICTURE, JPEG, width=picture.width, height=picture.height
    )


def store_attachment(release: Release, upload: UploadedFile[Any]) -> StoredFile:
    """Keep a PDF or an office document without macros as it is, or a picture made anew. Raises FileRefused."""
    _require_size(upload)
    content = upload.read()
    kind = filetype.guess(content)
    media_type = kind.mime if kind else ""
    if media_type in OFFICE:
        _require_harmless(content)
    elif media_type != PDF:
        raise FileRefused(_("Attach a PDF, DOCX, XLSX or PPTX file."))
    return _store(release, upload, content, StoredFile.Kind.ATTACHMENT, media_type)


def _require_size(upload: UploadedFile[Any]) -> None:
    if upload.size is None or upload.size > LARGEST_UPLOAD:
        raise FileRefused(TOO_LARGE)


def _pixels(upload: UploadedFile[Any]) -> Image.Image:
    """The picture upright, not larger than it may be, in plain colours."""
    try:
        with Image.open(upload, formats=PICTURES) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FileRefused(_("The picture has more than 40 million pixels."))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _on_white(upright)
    except BROKEN as error:
        raise FileRefused(NO_PICTURE) from error


def _on_white(picture: Image.Image) -> Image.Image:
    """Only the pixels, what is transparent on white; nothing that the file carried beside them."""
    plain = picture.convert("RGBA")
    sheet = Image.new("RGB", plain.size, "white")
    sheet.paste(plain, mask=plain.getchannel("A"))
    return sheet


def _require_harmless(content: bytes) -> None:
    """Refuse an office document that has macros or unpacks to far more than it weighs."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise FileRefused(_("The file is damaged.")) from error
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise FileRefused(_("The file unpacks to too much."))
    if any("vbaproject" in member.filename.lower() for member in members):
        raise FileRefused(_("The file has macros."))


def _store(
    release: Release,
    upload: UploadedFile[Any],
    content: bytes,
    kind: StoredFile.Kind,
    media_type: str,
    *,
    width: int | None = None,
    height: int | None = None,
) -> StoredFile:
    digest = hashlib.sha256(content).hexdigest()
    known = release.files.filter(sha256=digest, kind=kind).first()
    if known is not None:
        return known
    stored = StoredFile(
        release=release,
        kind=kind,
        name=clean_line(upload.name or "")[-200:] or "file",
        media_type=media_type,
        size=len(content),
        sha256=digest,
        width=width,
        height=height,
    )
    stored.file.save("", ContentFile(content), save=False)
    stored.save()
    return stored
