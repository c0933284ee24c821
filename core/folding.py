"""Spelling made comparable: the Python twins of the SQL functions `fold_text`, `fold_name` and `sort_key_ky`.

People type Kyrgyz names without ң ө ү, with hyphens or without, with Latin letters that look Cyrillic, and in
Russian spelling. Both twins are tested against each other; migration `core.0002_folding` holds the SQL, so a change
here needs a new migration.
"""

import re
import unicodedata

# Upper case and the letters of neighbouring alphabets; spelled out, because `lower()` depends on the server's locale.
_CASE_FROM = (
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯABCDEFGHIJKLMNOPQRSTUVWXYZЁёҢңӉӊҤҥӇӈӨөӦӧҮүҰұӰӱЎўІіЇїЄєҐґҒғҚқҲҳҺһҶҷӘәÖöÜüŞşÇçĞğÑñİı"
)
_CASE_TO = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyzееннннннннооооууууууууииииееггггккххххччааoouussccggnnii"
)
_CASE = str.maketrans(_CASE_FROM, _CASE_TO)

# Latin letters that look like Cyrillic ones (in either case).
_LOOKALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")

# Marks that vanish without parting a word: combining accents, soft hyphen, zero-width, apostrophes.
_NOTHING = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff'`´ʹʼ‘’]")
_BREAK = re.compile("[^а-яa-z0-9]+")
_CYRILLIC = re.compile("[а-я]")

# Plain transliteration of a name written in Latin letters throughout, longest first.
_LATIN_PAIRS = (
    ("shch", "щ"),
    ("dzh", "ж"),
    ("dj", "ж"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ya", "я"),
    ("yo", "е"),
    ("ye", "е"),
    ("ng", "н"),
)
_LATIN = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввхиз")

# Letters that Russian spelling of Kyrgyz names mixes up.
_STRONG = str.maketrans("ыйюэщ", "ииуеш", "ьъ")
# What stands around a name, in strong letters: айылный аймак, айыл өкмөтү, айылдык кеңеш, а/о, город, шаары, район …
_AROUND = re.compile(
    " (?:(?:аиилного|аиилному|аиилном|аиилнии|аиилдик|аиилдин|аиил|аилнии|аил)"
    " (?:аимак[а-я]*|аимаг[а-я]*|окмот[а-я]*|округ[а-я]*|кенеш[а-я]*)"
    "|аиилнии|аиилдик|аимаги|аимак|ао|аа|а о|а а|города|городе|город|гор|г"
    "|шаардин|шаари|шаар|мериаси|мерияси|мериа|мерия|раиону|раиона|раион|р н|облусу|облус|области|област"
    "|имени|им|атиндаги)(?= )"
)
_ADJECTIVE = re.compile("^(.{2,})ск(?:ого|ому|ии|им|ом|ая|ои|ое)$")

_ALPHABET_KY = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_SORT_FROM = _ALPHABET_KY.upper() + _ALPHABET_KY + "Ӊӊ" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SORT_TO = "".join(chr(0x430 + place) for place in range(36))
_SORT = str.maketrans(_SORT_FROM, _SORT_TO * 2 + _SORT_TO[15] * 2 + "abcdefghijklmnopqrstuvwxyz")
_SORT_BREAK = re.compile("[^\u0430-\u0453a-z0-9]+")


def _plain(text: str) -> str:
    return _NOTHING.sub("", unicodedata.normalize("NFC", text)).translate(_CASE)


def fold_text(text: str) -> str:
    """The light fold, for documents: words in lower case parted by single spaces, ь ъ й ы kept.

    ё ң ө ү ӊ become е н о у н, lookalike Latin letters become Cyrillic.
    """
    return _BREAK.sub(" ", _plain(text).translate(_LOOKALIKE)).strip(" ")


def _cyrillic(text: str) -> str:
    """The text in Cyrillic: lookalikes first where it holds Cyrillic, transliterated where it is all Latin."""
    if _CYRILLIC.search(text):
        return text.translate(_LOOKALIKE).translate(_LATIN)
    for latin, cyrillic in _LATIN_PAIRS:
        text = text.replace(latin, cyrillic)
    return text.translate(_LATIN)


def fold_name(text: str) -> str:
    """The strong fold, for names of units and people: one word without spaces.

    Besides what `fold_text` does: дж as ж, ы й as и, ю as у, э as е, no ь ъ, all-Latin names transliterated, and
    what stands around a unit's name dropped (`айылный аймак`, `айыл өкмөтү`, `город`, `шаары`, `-ский`), unless
    nothing would remain.
    """
    words = _BREAK.sub(" ", _cyrillic(_plain(text))).translate(_STRONG).replace("дж", "ж").strip(" ")
    name = _AROUND.sub("", f" {words} ").replace(" ", "") or words.replace(" ", "")
    return _ADJECTIVE.sub(r"\1", name)


def sort_key_ky(text: str) -> str:
    """A key that sorts (by code point) as the Kyrgyz alphabet does: ң after н, ө after о, ү after у, ё after е."""
    plain = _NOTHING.sub("", unicodedata.normalize("NFC", text)).translate(_SORT)
    return _SORT_BREAK.sub(" ", plain).strip(" ")
