"""Names of people as they are written in Kyrgyzstan."""

# One word may be the whole name, and a surname has that much room.
LONGEST_NAME = 100

# «Жээнбек уулу Нурсултан», «Асан кызы Айгүл»: the first two words are the surname.
_FILIATIONS = {"уулу", "кызы", "тегин"}


def split_full_name(full_name: str) -> tuple[str, str]:
    """Surname and the rest: the first word, with «уулу» or «кызы» when it follows (rules.md, Registering 1)."""
    words = full_name.split()
    size = 2 if len(words) > 1 and words[1].lower() in _FILIATIONS else 1
    return " ".join(words[:size]), " ".join(words[size:])


def short_name(surname: str, given_names: str) -> str:
    """Initial of the first given name and the surname; only the surname when there is no other name."""
    return f"{given_names[0]}. {surname}" if given_names else surname
