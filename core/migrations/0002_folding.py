"""The SQL functions whose Python twins are in `core.folding`.

Bodies are bound when the function is made (`RETURN …`), so that they work whatever the search path is; a restore
from a dump runs with an empty one and builds the indexes that call them.
"""

from django.db import migrations

CASE_FROM = (
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯABCDEFGHIJKLMNOPQRSTUVWXYZЁёҢңӉӊҤҥӇӈӨөӦӧҮүҰұӰӱЎўІіЇїЄєҐґҒғҚқҲҳҺһҶҷӘәÖöÜüŞşÇçĞğÑñİı"
)
CASE_TO = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyzееннннннннооооууууууууииииееггггккххххччааoouussccggnnii"
)
NOTHING = r"[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff''`´ʹʼ‘’]"
AROUND = (
    " (?:(?:аиилного|аиилному|аиилном|аиилнии|аиилдик|аиилдин|аиил|аилнии|аил)"
    " (?:аимак[а-я]*|аимаг[а-я]*|окмот[а-я]*|округ[а-я]*|кенеш[а-я]*)"
    "|аиилнии|аиилдик|аимаги|аимак|ао|аа|а о|а а|города|городе|город|гор|г"
    "|шаардин|шаари|шаар|мериаси|мерияси|мериа|мерия|раиону|раиона|раион|р н|облусу|облус|области|област"
    "|имени|им|атиндаги)(?= )"
)
ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
PLACES = "".join(chr(0x430 + place) for place in range(36))

PLAIN = f"translate(regexp_replace(normalize(source, NFC), '{NOTHING}', '', 'g'), '{CASE_FROM}', '{CASE_TO}')"
LOOKALIKE = "'abcehkmoptxy', 'авсенкмортху'"
LATIN = "'abcdefghijklmnopqrstuvwxyz', 'абкдефгхижклмнопкрстуввхиз'"
LATIN_PAIRS = [
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
]


def transliterated(expression):
    for latin, cyrillic in LATIN_PAIRS:
        expression = f"replace({expression}, '{latin}', '{cyrillic}')"
    return f"translate({expression}, {LATIN})"


HEAD = "CREATE FUNCTION {name}(source text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN"

FOLD_TEXT = f"""
{HEAD.format(name="fold_text")}
    btrim(regexp_replace(translate({PLAIN}, {LOOKALIKE}), '[^а-яa-z0-9]+', ' ', 'g'), ' ')
"""

FOLD_NAME = f"""
{HEAD.format(name="fold_name")} (
    SELECT regexp_replace(
        coalesce(
            nullif(replace(regexp_replace(' ' || words || ' ', '{AROUND}', '', 'g'), ' ', ''), ''),
            replace(words, ' ', '')
        ),
        '^(.{{2,}})ск(?:ого|ому|ии|им|ом|ая|ои|ое)$', '\\1'
    )
    FROM (SELECT {PLAIN} AS plain) AS step_one,
    LATERAL (
        SELECT CASE
            WHEN plain ~ '[а-я]' THEN translate(translate(plain, {LOOKALIKE}), {LATIN})
            ELSE {transliterated("plain")}
        END AS cyrillic
    ) AS step_two,
    LATERAL (
        SELECT btrim(replace(
            translate(regexp_replace(cyrillic, '[^а-яa-z0-9]+', ' ', 'g'), 'ыйюэщьъ', 'ииуеш'), 'дж', 'ж'
        ), ' ') AS words
    ) AS step_three
)
"""

SORT_KEY = f"""
{HEAD.format(name="sort_key_ky")}
    btrim(regexp_replace(
        translate(
            regexp_replace(normalize(source, NFC), '{NOTHING}', '', 'g'),
            '{ALPHABET.upper()}{ALPHABET}ӉӊABCDEFGHIJKLMNOPQRSTUVWXYZ',
            '{PLACES}{PLACES}{PLACES[15] * 2}abcdefghijklmnopqrstuvwxyz'
        ),
        '[^\\u0430-\\u0453a-z0-9]+', ' ', 'g'
    ), ' ')
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_extensions")]

    operations = [
        migrations.RunSQL(FOLD_TEXT, "DROP FUNCTION fold_text(text)"),
        migrations.RunSQL(FOLD_NAME, "DROP FUNCTION fold_name(text)"),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION sort_key_ky(text)"),
    ]
