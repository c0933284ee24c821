"""Looking inside DOCX, PPTX and XLSX: which of them it is, and that nothing in it runs, bursts or calls elsewhere."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

from django.conf import settings
from django.utils.translation import gettext as _

from materials.exceptions import FileRefused
from materials.models import Format

MAGIC = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_MEMBERS = 5000
# So long may the list of members be: it is read whole before anything can be counted.
LONGEST_DIRECTORY = 1024 * 1024
LONGEST_PART = 4 * 1024 * 1024
DEEPEST = 2
CONTENT_TYPES, RELATIONS = "[Content_Types].xml", ".rels"
_OOXML = "application/vnd.openxmlformats-officedocument"
MAIN_PARTS = {
    f"{_OOXML}.wordprocessingml.document.main+xml": Format.DOCX,
    f"{_OOXML}.presentationml.presentation.main+xml": Format.PPTX,
    f"{_OOXML}.spreadsheetml.sheet.main+xml": Format.XLSX,
}
_RUNS = ("macroenabled", "vbaproject", "vbadata", "activex", "macrosheet", "oleobject")
# What may lie elsewhere: what a reader follows knowingly.
_MAY_BE_ELSEWHERE = {"hyperlink", "video", "audio", "media"}
_ELSEWHERE = ("http:", "https:", "ftp:", "\\\\", "//", "file://")


_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    NotImplementedError,
    EOFError,
    ValueError,
    RuntimeError,
)


def format_of(file: IO[bytes]) -> Format:
    """Which of the three it is. Raises FileRefused when it is none, or not safe to hand out."""
    kind, _left = _checked(file, settings.MATERIALS_MAX_UNPACKED_BYTES, DEEPEST)
    return kind


def _checked(file: IO[bytes], most: int, depth: int) -> tuple[Format, int]:
    """What it is, and how much of `most` bytes it and what is embedded in it leave over when unpacked."""
    try:
        _check_directory(file)
        with zipfile.ZipFile(file) as package:
            left = most - _check_members(package, most)
            declared = _declared(package)
            _refuse_what_runs([*package.namelist(), *declared])
            _refuse_calls_elsewhere(package)
            left = _check_embedded(package, left, depth)
    except _UNREADABLE as error:
        raise _damaged() from error
    kinds = {MAIN_PARTS[kind] for kind in declared if kind in MAIN_PARTS}
    if len(kinds) != 1:
        raise _no_document()
    return kinds.pop(), left


def _check_directory(file: IO[bytes]) -> None:
    """The end of the archive says how long its list of members is; a long one is not even read."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 65_557))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise _damaged()
    (length,) = struct.unpack_from("<L", tail, place + 12)
    if length > LONGEST_DIRECTORY or tail[max(0, place - 20) : place].startswith(b"PK\x06\x07"):
        raise _too_much()


def _check_members(package: zipfile.ZipFile, most: int) -> int:
    """The size of all members unpacked; it is in the list of members, nothing is unpacked for it."""
    members = package.infolist()
    names = {member.filename.casefold() for member in members}
    size = sum(member.file_size for member in members)
    relations = sum(member.file_size for member in members if member.filename.casefold().endswith(RELATIONS))
    if len(members) > MOST_MEMBERS or size > most or relations > LONGEST_PART:
        raise _too_much()
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(_("The file is protected by a password. Save it without one."))
    odd = any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name for name in names)
    packed = any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members)
    if odd or packed or len(names) < len(members):
        raise _damaged()
    if CONTENT_TYPES.casefold() not in names:
        raise _no_document()
    return size


def _declared(package: zipfile.ZipFile) -> set[str]:
    """The content types that the package declares for its parts."""
    found: set[str] = set()
    _each_element(package, CONTENT_TYPES, lambda attributes: found.add(attributes.get("ContentType", "")))
    return found


def _refuse_what_runs(words: list[str]) -> None:
    if any(sign in word.lower() for word in words for sign in _RUNS):
        raise FileRefused(_("There are macros or other programs inside. Save the file without them."))


def _refuse_calls_elsewhere(package: zipfile.ZipFile) -> None:
    """A template, picture or object of another address would be fetched when the file is opened."""
    for part in package.namelist():
        if part.casefold().endswith(RELATIONS):
            _each_element(package, part, _refuse_call_elsewhere)


def _refuse_call_elsewhere(relation: dict[str, str]) -> None:
    kind = relation.get("Type", "").rsplit("/", 1)[-1].lower()
    target = relation.get("Target", "").strip().lower()
    is_elsewhere = relation.get("TargetMode") == "External" and target.startswith(_ELSEWHERE)
    is_own_disk = target.startswith("file:///") and not target.startswith(("file:////", "file:///\\"))
    if is_elsewhere and not is_own_disk and kind not in _MAY_BE_ELSEWHERE:
        raise FileRefused(_("The file fetches a picture or template from another address. Put it inside."))


def _check_embedded(package: zipfile.ZipFile, left: int, depth: int) -> int:
    """The workbook behind a chart may be inside; it is looked into as well, nothing else may be."""
    for member in package.infolist():
        if "/embeddings/" not in f"/{member.filename.casefold()}" or member.is_dir():
            continue
        if not depth:
            raise _too_much()
        with package.open(member) as embedded:
            is_package = embedded.read(len(MAGIC)) == MAGIC
        if not is_package or member.file_size > LONGEST_PART:
            raise FileRefused(_("There is another file embedded inside. Upload it on its own."))
        _kind, left = _checked(io.BytesIO(package.read(member)), left, depth - 1)
    return left


def _each_element(package: zipfile.ZipFile, part: str, look: Callable[[dict[str, str]], None]) -> None:
    """Show the attributes of each element of a small XML part; a document type, which could swell, is refused."""
    if package.getinfo(part).file_size > LONGEST_PART:
        raise _too_much()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, attributes: look(attributes)
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.Parse(package.read(part), True)


def _refuse_document_type(*_args: object) -> None:
    raise _damaged()


def _damaged() -> FileRefused:
    return FileRefused(_("The file is damaged or was saved in an unusual way. Open it and save it again."))


def _too_much() -> FileRefused:
    return FileRefused(_("The file unpacks to more than is taken."))


def _no_document() -> FileRefused:
    return FileRefused(_("This archive is no DOCX, PPTX or XLSX document. Archives are not taken: upload the files."))
