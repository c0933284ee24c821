"""Checks the translations: every message of the code is in each catalogue, translated, and compiled.

Works on a copy, so it changes nothing; needs xgettext, msgcat, msgattrib and msgfmt of Debian's package gettext.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ky", "ru")
EMPTY_PLURAL = re.compile(r'^msgstr\[[12]\] ""$', re.MULTILINE)
NOT_COPIED = shutil.ignore_patterns(".*", "var", "__pycache__", "tests", "node_modules")


def run(*command: str, cwd: Path = CHECKOUT) -> bytes:
    """Run a program and return what it prints; end with its own words when it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def messages(catalogue: Path, *condition: str) -> list[str]:
    """Return the entries of a catalogue that meet msgattrib's condition, without the places where they stand."""
    text = run("msgattrib", "--no-obsolete", "--no-location", "--no-wrap", "--sort-output", *condition, str(catalogue))
    entries = text.decode().strip().split("\n\n")
    return [entry for entry in entries if entry and 'msgid ""\nmsgstr "' not in entry]


def first_lines(entries: list[str]) -> str:
    """Return the messages' own words, one a line, at most ten."""
    words = [next((line for line in entry.splitlines() if line.startswith("msgid")), entry) for entry in entries]
    more = [f"... and {len(words) - 10} more"] if len(words) > 10 else []
    return "\n    ".join([*words[:10], *more])


def faults(copy: Path, language: str) -> list[str]:
    """Return what is wrong with one language; `copy` holds the catalogue as makemessages would leave it."""
    place = Path("locale") / language / "LC_MESSAGES"
    ours, fresh = CHECKOUT / place / "django.po", copy / place / "django.po"
    if not ours.is_file():
        return [f"{language}: {place}/django.po is missing"]
    found = []
    have, want = set(messages(ours)), set(messages(fresh))
    for title, entries in (
        ("not in the catalogue", sorted(want - have)),
        ("no longer in the code", sorted(have - want)),
        ("untranslated", messages(ours, "--untranslated")),
        ("with a plural form left empty", [entry for entry in have if EMPTY_PLURAL.search(entry)]),
        ("fuzzy", messages(ours, "--only-fuzzy")),
    ):
        if entries:
            found.append(f"{language}, {title} ({len(entries)}):\n    {first_lines(entries)}")
    compiled = ours.with_suffix(".mo")
    if not compiled.is_file() or compiled.read_bytes() != run("msgfmt", "--check", "-o", "-", str(ours)):
        found.append(f"{language}: {place}/django.mo is stale: run 'python manage.py compilemessages'")
    return found


def main() -> None:
    """End with all faults of all languages, or say nothing."""
    if any(shutil.which(program) is None for program in ("xgettext", "msgattrib", "msgfmt")):
        sys.exit("gettext is missing: install Debian's package gettext.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(CHECKOUT, copy, ignore=NOT_COPIED)
        for language in LANGUAGES:
            (copy / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        os.environ["PYTHONPATH"] = str(copy)
        languages = [argument for language in LANGUAGES for argument in ("-l", language)]
        makemessages = ("-m", "django", "makemessages", *languages, "--no-obsolete")
        run(sys.executable, *makemessages, cwd=copy)
        found = [fault for language in LANGUAGES for fault in faults(copy, language)]
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
