"""The one statement behind the search: which public documents hold the terms, and how many each choice would leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from materials.models import Document
from materials.models.files import RELEASED
from materials.search.words import Term

# What documents (m) are told apart by: the value, and where it is found. Topics and seminars by their keys.
_SOURCES = {
    "topic": ("t.topic_id", "JOIN materials_document_topics t ON t.document_id = m.id"),
    "kind": ("m.kind", ""),
    "year": ("m.year", ""),
    "seminar": ("s.seminar_id", "JOIN handed_out s ON s.document_id = m.id"),
    "language": ("l.code", "JOIN (VALUES ('ky', 1), ('ru', 2)) AS l (code, bit) ON m.languages & l.bit > 0"),
    "status": ("m.status", ""),
}
NAMES = tuple(_SOURCES)

_MATCHED = """
WITH visible AS MATERIALIZED (
    {visible}
), current_file AS MATERIALIZED (
    SELECT f.id, f.language, e.document_id
    FROM materials_file f JOIN materials_edition e ON e.id = f.edition_id AND e.is_current
    WHERE f.scan = ANY (%(released)s)
), written AS MATERIALIZED (
    SELECT document_id, bit_or(CASE language WHEN 'ky' THEN 1 WHEN 'ru' THEN 2 ELSE 3 END) AS languages
    FROM current_file GROUP BY document_id
), handed_out AS (
    SELECT DISTINCT e.document_id, h.seminar_id
    FROM materials_handout h JOIN materials_edition e ON e.id = h.edition_id
), held AS MATERIALIZED (
    SELECT d.id, d.kind, d.status, d.published_at, d.issued_on{held} FROM visible d
), counted AS MATERIALIZED (
    SELECT h.*, {hits} AS hits, {number} AS number FROM held h
), most AS MATERIALIZED (
    SELECT max(number) AS number, ARRAY[{somewhere}]::int[] AS somewhere FROM counted
), matched AS MATERIALIZED (
    SELECT c.*, w.languages, extract(year FROM coalesce(c.issued_on, e.dated))::int AS year
    FROM counted c
    LEFT JOIN materials_edition e ON e.document_id = c.id AND e.is_current
    LEFT JOIN written w ON w.document_id = c.id
    WHERE c.number >= (SELECT number FROM most) AND (c.number > 0 OR {asks_nothing})
), m AS MATERIALIZED (
    SELECT m.*{tries} FROM matched m
)
SELECT '', NULL, (SELECT number FROM most), (SELECT somewhere FROM most), array_agg(
    m.id ORDER BY m.hits DESC, m.status = 'in_force' DESC, m.published_at DESC, m.id DESC
)
FROM m WHERE {passes}
"""
# In the heading; in the heading or in a file.
_HELD = """,
    (d.heading_words @@ %({name})s::tsquery)::int AS heading_{name},
    (d.heading_words @@ %({name})s::tsquery OR d.id IN (
        SELECT document_id FROM current_file WHERE id IN (SELECT files_holding(%({name})s::tsquery))
    ))::int AS any_{name}"""
_TRY = ", m.id IN (SELECT m.id FROM matched m {source} WHERE {value} = %({name})s) AS by_{name}"
# Counted among the documents that pass the choices of all other names.
_COUNT = """
UNION ALL
SELECT '{name}', {value}::text, count(*), NULL, NULL
FROM m {source} WHERE {value} IS NOT NULL AND {passes} GROUP BY {value}
"""


class Count(NamedTuple):
    """How many documents would be left if this value were chosen."""

    value: str
    number: int


@dataclass
class Answer:
    """`found` are the documents that pass all choices, best first: those that hold the most terms, `held` of them.

    `missing` are the numbers of the terms that stand nowhere.
    """

    found: list[int] = field(default_factory=list)
    held: int = 0
    missing: list[int] = field(default_factory=list)
    counts: dict[str, list[Count]] = field(default_factory=dict)


def ask(terms: Sequence[Term], choices: dict[str, Any]) -> Answer:
    """Public documents that hold the most of the terms in heading or text and pass the choices; one query.

    The choices are values for some of `NAMES`. Those with more terms in their heading come first, then what is in
    force, then the newer.
    """
    visible, parameters = _visible()
    asked = {f"term{number}": term.query for number, term in enumerate(terms)}
    answer = Answer()
    with connection.cursor() as cursor:
        cursor.execute(_sql(visible, asked, choices), {**parameters, **asked, **choices, "released": [*RELEASED]})
        for name, value, number, somewhere, ids in cursor.fetchall():
            if name:
                answer.counts.setdefault(name, []).append(Count(value, number))
            else:
                answer.held, answer.found = number or 0, ids or []
                answer.missing = [place for place, is_there in enumerate(somewhere) if not is_there]
    return answer


def _visible() -> tuple[str, dict[str, Any]]:
    """What everyone may find, as Django writes it, with its parameters named."""
    columns = ("id", "kind", "status", "published_at", "issued_on", "heading_words")
    sql, values = Document.objects.public().order_by().values(*columns).query.sql_with_params()
    parameters = {f"visible{number}": value for number, value in enumerate(values)}
    return sql % tuple(f"%({name})s" for name in parameters), parameters


def _sql(visible: str, asked: Iterable[str], choices: Iterable[str]) -> str:
    """The statement; made of the constants above and of what Django wrote, never of what a visitor typed."""
    names = set(choices)
    matched = _MATCHED.format(
        visible=visible,
        held="".join(_HELD.format(name=name) for name in asked),
        hits=" + ".join(["0", *(f"heading_{name}" for name in asked)]),
        number=" + ".join(["0", *(f"any_{name}" for name in asked)]),
        somewhere=", ".join(f"max(any_{name})" for name in asked),
        asks_nothing="false" if asked else "true",
        tries="".join(_TRY.format(name=name, value=_SOURCES[name][0], source=_SOURCES[name][1]) for name in choices),
        passes=_passes(names),
    )
    return matched + "".join(
        _COUNT.format(name=name, value=value, source=source, passes=_passes(names - {name}))
        for name, (value, source) in _SOURCES.items()
    )


def _passes(names: Iterable[str]) -> str:
    return " AND ".join(["true", *(f"m.by_{name}" for name in names)])
