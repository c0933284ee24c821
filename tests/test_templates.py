"""What templates forget silently: the key of a form that a part without context of its own would lose."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
INCLUDE = re.compile(r"{%\s*include\s+\"(?P<part>[^\"]+)\"(?P<given>[^%]*)%}")


def includes():
    """Every include of a part that is given nothing but its parameters."""
    for page in sorted(TEMPLATES.rglob("*.*")):
        for found in INCLUDE.finditer(page.read_text(encoding="utf-8")):
            if re.search(r"\bonly\s*$", found["given"]):
                yield page.relative_to(TEMPLATES).as_posix(), found["part"], found["given"]


def holds_a_form(part, seen=frozenset()):
    """Whether the part, or one that it includes with nothing but parameters, writes the key of a form."""
    text = (TEMPLATES / part).read_text(encoding="utf-8")
    if "{% csrf_token %}" in text:
        return True
    inner = {found["part"] for found in INCLUDE.finditer(text)} - seen
    return any((TEMPLATES / name).is_file() and holds_a_form(name, seen | inner) for name in inner)


CASES = [(page, part, given) for page, part, given in includes() if holds_a_form(part)]


def test_there_are_such_parts():
    assert CASES


@pytest.mark.parametrize(("page", "part", "given"), CASES, ids=lambda value: str(value)[:60])
def test_a_part_with_a_form_is_given_the_key_of_forms(page, part, given):
    assert "csrf_token=csrf_token" in given
