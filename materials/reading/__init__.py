"""Text, number of pages and a picture of the first page out of a file, read by a process of its own.

Files come from anywhere, and the programs that read them are large. So the reading process
(`materials.reading.child`) knows no secret of the portal, may take only so much memory, time and output, and is killed
when it does not end; what it had told until then is kept. Nothing here knows Django.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from core.text import clean_paragraphs

PATIENCE_SECONDS = 40.0
LARGEST_PICTURE = 100_000
MOST_LETTERS = 2_000_000
MOST_PAGES = 1_000_000
_HOME = Path(__file__).resolve().parents[2]
_JPEG = b"\xff\xd8\xff"


@dataclass
class Reading:
    """What was found: `texts` by page, as far as it was read; `pages` is None when the format does not tell."""

    texts: list[str] = field(default_factory=list)
    pages: int | None = None
    picture: bytes = b""
    is_whole: bool = False

    def passages(self, longest: int) -> Iterator[tuple[int, str]]:
        """The text in pieces of at most so many letters, each with the number of the page on which it begins.

        As many pages as fit stand together, parted by form feeds; a page that is longer is parted between words.
        """
        first, piece = 1, ""
        for number, text in enumerate(self.texts, start=1):
            if len(piece) + len(text) < longest:
                piece = f"{piece}\f{text}" if number > first else text
                continue
            yield from _filled(first, piece)
            *parts, piece = _parted(text, longest)
            first = number
            for part in parts:
                yield from _filled(number, part)
        yield from _filled(first, piece)


def _filled(page: int, piece: str) -> Iterator[tuple[int, str]]:
    if piece.strip():
        yield page, piece


def _parted(text: str, longest: int) -> list[str]:
    """The text in pieces that fit, broken at the last white space that allows it."""
    parts = []
    while len(text) > longest:
        gap = max(text.rfind(space, longest // 2, longest) for space in " \n")
        end = gap if gap > 0 else longest
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


def read_content(content: IO[bytes], format_: str, *, patience: float = PATIENCE_SECONDS) -> Reading:
    """Read the file for at most so many seconds; `is_whole` is false when the process gave up or was killed."""
    with tempfile.TemporaryFile() as copy, tempfile.TemporaryFile() as told:
        # A file of the system, wherever the storage keeps it: the process has it as standard input.
        content.seek(0)
        shutil.copyfileobj(content, copy)
        copy.seek(0)
        is_whole = _run(format_, copy, told, patience)
        told.seek(0)
        reading = _understood(told)
    reading.is_whole = is_whole
    return reading


def _run(format_: str, content: IO[bytes], told: IO[bytes], patience: float) -> bool:
    """Whether the reading process came to its end by itself."""
    process = subprocess.Popen(  # noqa: S603 - our own program, a format of our own list
        [sys.executable, "-s", "-m", "materials.reading.child", format_],
        stdin=content,
        stdout=told,
        stderr=subprocess.DEVNULL,
        cwd=_HOME,
        env={"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )
    try:
        return process.wait(patience) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _understood(told: IO[bytes]) -> Reading:
    """What the process told, line by line; nothing of it is believed to be of the right form."""
    reading, left = Reading(), MOST_LETTERS
    for line in _lines(told):
        text, pages, picture = line.get("text"), line.get("pages"), line.get("picture")
        if isinstance(text, str) and left > 0:
            reading.texts.append(_storable(text)[:left])
            left -= len(text)
        elif isinstance(pages, int) and 1 <= pages <= MOST_PAGES:
            reading.pages = pages
        elif isinstance(picture, str):
            reading.picture = _picture(picture)
    return reading


def _lines(told: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in told:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return  # cut off in the middle, so it is the last
        if isinstance(value, dict):
            yield value


def _storable(text: str) -> str:
    """Text that PostgreSQL keeps: no halves of characters, no control characters."""
    return clean_paragraphs(text.encode("utf-8", "ignore").decode())


def _picture(packed: str) -> bytes:
    try:
        picture = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return picture if picture.startswith(_JPEG) and len(picture) <= LARGEST_PICTURE else b""
