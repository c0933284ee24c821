"""The release as text: to be pasted into a messenger, and the body of mail."""

from press.parts import BULLET, Block, Bullets, Quotation, Sheet


def plain_text(sheet: Sheet) -> str:
    """Every part of the release, one under the other, parted by blank lines."""
    parts = [
        sheet.embargo,
        *(f"{note.heading}\n{note.text}" for note in sheet.notes),
        f"{sheet.date_line}\n{sheet.place_line}",
        sheet.label,
        sheet.headline,
        *(_text(block) for block in sheet.blocks),
    ]
    if sheet.contacts:
        parts += [sheet.contacts_heading, *("\n".join(lines) for lines in sheet.contacts)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _text(block: Block) -> str:
    if isinstance(block, Bullets):
        return "\n".join(f"{BULLET}{item}" for item in block.items)
    if isinstance(block, Quotation):
        return f"{block.said}\n— {block.attribution}"
    return block.text
