"""Looking inside a PDF for what runs or hides: JavaScript, programs that start, embedded files.

Names may be spelled with `#` escapes and lie in compressed object streams; both are seen through. Every stream that
inflates is looked at, not only those that call themselves object streams: readers differ in what they believe.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from materials.exceptions import FileRefused

MAGIC = b"%PDF-"


def _named(*names: str) -> re.Pattern[bytes]:
    """Any of the names, each letter as itself or escaped, and ended as names end: /Launcher is no /Launch."""
    spelled = ["".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name) for name in names]
    return re.compile(rf"/(?:{'|'.join(spelled)})(?=[\x00\t\n\f\r ()<>\[\]{{}}/%]|$)".encode())


_END = b"%%EOF"
_STREAM = re.compile(rb"stream\r?\n")
_RUNS = _named("JavaScript", "Launch", "RichMedia", "XFA", "ImportData", "SubmitForm")
_EMBEDDED = _named("EmbeddedFile", "EmbeddedFiles", "FileAttachment")
_ENCRYPTED = _named("Encrypt")
# An object stream packed in another way than by Deflate alone could not be looked into.
_OBJECTS = _named("ObjStm")
_ODD_FILTERS = _named(
    "ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "RunLengthDecode", "Crypt", "AHx", "A85", "LZW", "RL"
)
_DICTIONARY_BYTES = 2048
MOST_STREAMS = 50_000
_PIECE, _PACKED = 1 << 20, 1 << 14
# A name with every letter escaped.
_LONGEST_NAME = 64
# First bytes of the Deflate format (RFC 1950).
_DEFLATED = tuple(bytes([byte]) for byte in range(0x08, 0x79, 0x10))


def check(file: IO[bytes]) -> None:
    """Raises FileRefused when the file is cut off, protected, or carries what runs or hides."""
    file.seek(0)
    data = file.read()
    file.seek(0)
    if _END not in data[-4096:]:
        raise FileRefused(_("The PDF is cut off at its end. Save or download it again."))
    _check_pieces(data[start : start + _PIECE] for start in range(0, len(data), _PIECE))
    left = settings.MATERIALS_MAX_UNPACKED_BYTES
    for number, match in enumerate(_STREAM.finditer(data)):
        dictionary = data[max(0, match.start() - _DICTIONARY_BYTES) : match.start()].rpartition(b"obj")[2]
        is_hidden = _OBJECTS.search(dictionary) and _ODD_FILTERS.search(dictionary)
        if is_hidden or number > MOST_STREAMS:
            raise FileRefused(_("The PDF was saved in an unusual way. Print it to a new PDF and upload that."))
        left -= _check_pieces(_inflated(data, match.end(), left))
        if left <= 0:
            raise FileRefused(_("The file unpacks to more than is taken."))


def _check_pieces(pieces: Iterable[bytes]) -> int:
    """Refuse what must not be in any of them, nor across two; the length of all."""
    length, before = 0, b""
    for piece in pieces:
        text = before + piece
        if _RUNS.search(text):
            raise FileRefused(
                _("There is JavaScript or a program inside the PDF. Print it to a new PDF and upload that.")
            )
        if _EMBEDDED.search(text):
            raise FileRefused(_("There is another file embedded inside. Upload it on its own."))
        if _ENCRYPTED.search(text):
            raise FileRefused(_("The PDF is protected. Save it without a password and without limits on printing."))
        length, before = length + len(piece), piece[-_LONGEST_NAME:]
    return length


def _inflated(data: bytes, start: int, most: int) -> Iterator[bytes]:
    """What the stream unpacks to, up to `most` bytes and to the first fault; nothing when it is not packed."""
    if data[start : start + 1] not in _DEFLATED:
        return
    unpacker = zlib.decompressobj()
    while most > 0 and not unpacker.eof:
        packed = unpacker.unconsumed_tail
        if not packed:
            packed, start = data[start : start + _PACKED], start + _PACKED
        if not packed:
            return
        try:
            piece = unpacker.decompress(packed, _PIECE)
        except zlib.error:
            return
        most -= len(piece)
        yield piece
