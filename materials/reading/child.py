"""The reading process: `python -m materials.reading.child <format>`, the file as standard input.

Tells what it finds as lines of JSON on standard output, the text first and page by page, so that a reader who has to
kill it keeps what it had found. Whatever goes wrong ends it: nobody waits for its explanations.
"""

from __future__ import annotations

import base64
import io
import json
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from PIL import Image

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 30
OUTPUT_BYTES = 24 * 1024 * 1024
OPEN_FILES = 64
MOST_PAGES_READ = 3000
MOST_LETTERS = 2_000_000
MOST_LETTERS_OF_A_PAGE = 200_000
PICTURE_SIZE = (300, 424)
PICTURE_QUALITY = 60
MOST_PIXELS = 25_000_000
# What PDFium writes where a word is parted at the end of a line.
PARTED = dict.fromkeys(map(ord, "\ufffe\u00ad\x02"))
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def main() -> None:
    """Read standard input as the format that the command names."""
    _limit_itself()
    READERS[sys.argv[1]](sys.stdin.buffer)


def _limit_itself() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _tell(**found: Any) -> None:
    """One line of what was found, out at once."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def _tell_texts(texts: Iterable[str]) -> None:
    """The text of each page, until it is enough."""
    left = MOST_LETTERS
    for number, text in enumerate(texts):
        if left <= 0 or number >= MOST_PAGES_READ:
            return
        _tell(text=text[: min(left, MOST_LETTERS_OF_A_PAGE)])
        left -= len(text)


def _read_pdf(content: IO[bytes]) -> None:
    import pypdfium2  # noqa: PLC0415 - each format loads its own reader only

    pdf = pypdfium2.PdfDocument(content)
    _tell(pages=len(pdf))
    _tell_texts(_pdf_texts(pdf))
    page = pdf[0]
    width, height = page.get_size()
    scale = min(PICTURE_SIZE[0] / max(width, 1), PICTURE_SIZE[1] / max(height, 1))
    _tell_picture(page.render(scale=scale).to_pil())


def _pdf_texts(pdf: Any) -> Iterator[str]:
    for page in pdf:
        text = page.get_textpage()
        yield text.get_text_range(count=min(text.count_chars(), MOST_LETTERS_OF_A_PAGE)).translate(PARTED)
        text.close()
        page.close()


def _read_docx(content: IO[bytes]) -> None:
    import docx  # noqa: PLC0415

    body = docx.Document(content).element.body
    _tell_texts([_paragraphs(body, _WORD)])


def _read_pptx(content: IO[bytes]) -> None:
    import pptx  # noqa: PLC0415

    slides = list(pptx.Presentation(content).slides)
    _tell(pages=len(slides))
    _tell_texts(_slide_text(slide) for slide in slides)


def _slide_text(slide: Any) -> str:
    """Everything that is written on a slide and below it."""
    parts = [slide, slide.notes_slide] if slide.has_notes_slide else [slide]
    return "\n".join(_paragraphs(part.element, _DRAWING) for part in parts)


def _paragraphs(root: Any, namespace: str) -> str:
    """One line for each paragraph, of tables and text boxes too."""
    return "\n".join(_runs(paragraph, namespace) for paragraph in root.iter(f"{namespace}p"))


def _runs(paragraph: Any, namespace: str) -> str:
    text, gaps = f"{namespace}t", {f"{namespace}{name}" for name in ("tab", "br", "cr")}
    parts = (node.text or "" if node.tag == text else " " for node in paragraph.iter() if node.tag in {text, *gaps})
    return "".join(parts)


def _read_xlsx(content: IO[bytes]) -> None:
    import python_calamine  # noqa: PLC0415

    book = python_calamine.CalamineWorkbook.from_filelike(content)
    _tell(pages=len(book.sheet_names))
    _tell_texts(_sheet_text(book.get_sheet_by_name(name)) for name in book.sheet_names)


def _sheet_text(sheet: Any) -> str:
    lines, left = [sheet.name], MOST_LETTERS_OF_A_PAGE
    for row in sheet.iter_rows():
        line = " ".join(str(cell) for cell in row if cell != "")
        lines.append(line)
        left -= len(line)
        if left <= 0:
            break
    return "\n".join(lines)


def _read_picture(content: IO[bytes]) -> None:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(content, formats=["JPEG", "PNG"]) as image:
        image.draft("RGB", PICTURE_SIZE)
        _tell_picture(image)


def _tell_picture(image: Image.Image) -> None:
    """The picture made small, on white where it is transparent."""
    image.thumbnail(PICTURE_SIZE)
    opaque = Image.new("RGB", image.size, "white")
    opaque.paste(image, mask=image.convert("RGBA").getchannel("A"))
    packed = io.BytesIO()
    opaque.save(packed, "JPEG", quality=PICTURE_QUALITY, optimize=True)
    _tell(picture=base64.b64encode(packed.getvalue()).decode())


READERS: dict[str, Callable[[IO[bytes]], None]] = {
    "pdf": _read_pdf,
    "docx": _read_docx,
    "pptx": _read_pptx,
    "xlsx": _read_xlsx,
    "jpeg": _read_picture,
    "png": _read_picture,
}

if __name__ == "__main__":
    main()
