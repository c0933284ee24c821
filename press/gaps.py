"""Gaps of a draft: `[[…]]` marks what only a person can fill in; a text that has one is not submitted."""

import re

_GAP = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def gaps_in(text: str) -> list[str]:
    """What the gaps of the text ask for, in order; an opening mark without its end is a gap too."""
    found = [" ".join(words.split()) for words in _GAP.findall(text)]
    rest = _GAP.sub("", text)
    return found + (["[["] if "[[" in rest else [])
