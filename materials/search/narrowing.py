"""What a visitor narrows the library to, and how many documents each choice would leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from materials.models import DocumentQuerySet
from materials.models.files import RELEASED

NAMES = ("topic", "kind", "year", "seminar", "language", "status")

# A row for each value that a document found has of each name; a name is counted among the documents that pass the
# choices of all other names. The row without a name holds the documents that pass all choices, best first.
_SQL = """
WITH matched AS MATERIALIZED (
    SELECT d.id, d.kind, d.status, found.hits, d.published_at, e.id AS edition_id,
           extract(year FROM coalesce(d.issued_on, e.dated))::int AS year
    FROM ({found}) AS found (id, hits)
    JOIN materials_document d USING (id)
    LEFT JOIN materials_edition e ON e.document_id = d.id AND e.is_current
), valued (id, name, value) AS MATERIALIZED (
    SELECT id, 'kind', kind FROM matched
    UNION ALL SELECT id, 'status', status FROM matched
    UNION ALL SELECT id, 'year', year::text FROM matched WHERE year IS NOT NULL
    UNION ALL SELECT m.id, 'topic', t.slug
              FROM matched m JOIN materials_document_topics dt ON dt.document_id = m.id
              JOIN seminars_topic t ON t.id = dt.topic_id
    UNION ALL SELECT DISTINCT m.id, 'seminar', s.slug
              FROM matched m JOIN materials_edition e ON e.document_id = m.id
              JOIN materials_handout h ON h.edition_id = e.id
              JOIN seminars_seminar s ON s.id = h.seminar_id AND s.published_at <= now()
    UNION ALL SELECT DISTINCT m.id, 'language', code
              FROM matched m JOIN materials_file f ON f.edition_id = m.edition_id AND f.scan = ANY (%(released)s)
              CROSS JOIN LATERAL unnest(
                  CASE f.language WHEN 'both' THEN ARRAY['ky', 'ru'] ELSE ARRAY[f.language::text] END
              ) AS code
), chosen (name, value) AS (
    SELECT * FROM unnest(%(names)s::text[], %(values)s::text[])
), missed AS MATERIALIZED (
    SELECT m.id, min(c.name) AS name, count(*) AS number
    FROM matched m CROSS JOIN chosen c
    WHERE NOT EXISTS (SELECT FROM valued v WHERE v.id = m.id AND v.name = c.name AND v.value = c.value)
    GROUP BY m.id
)
SELECT v.name, v.value, count(*), NULL::bigint[]
FROM valued v LEFT JOIN missed USING (id)
WHERE missed.number IS NULL OR missed.number = 1 AND missed.name = v.name
GROUP BY v.name, v.value
UNION ALL
SELECT '', '', count(*),
       array_agg(m.id ORDER BY m.hits DESC, m.status = 'in_force' DESC, m.published_at DESC, m.id DESC)
           FILTER (WHERE missed.id IS NULL)
FROM matched m LEFT JOIN missed USING (id)
"""


class Count(NamedTuple):
    """How many documents would be left if this value were chosen."""

    value: str
    number: int


@dataclass
class Narrowed:
    """`found` are the documents that pass all choices, best first; `total` how many there were before choosing."""

    found: list[int] = field(default_factory=list)
    total: int = 0
    counts: dict[str, list[Count]] = field(default_factory=dict)


def narrowed(documents: DocumentQuerySet, choices: dict[str, str]) -> Narrowed:
    """Those of the documents (annotated with `hits`) that pass the choices, a value for some of `NAMES`."""
    hits = documents.order_by().values_list("pk", "hits")  # type: ignore[misc]  # the callers annotate it
    sql, parameters = hits.query.sql_with_params()
    named = {f"p{number}": value for number, value in enumerate(parameters)}
    found = sql % tuple(f"%({name})s" for name in named)
    chosen = {"names": [*choices], "values": [*choices.values()], "released": [*RELEASED]}
    result = Narrowed()
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(found=found), named | chosen)
        for name, value, number, ids in cursor.fetchall():
            if name:
                result.counts.setdefault(name, []).append(Count(value, number))
            else:
                result.total, result.found = number, ids or []
    return result
