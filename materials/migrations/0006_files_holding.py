"""Which files hold the words: always by the index.

PostgreSQL's planner counts the rows of the passages and not the vectors beside them, so for a frequent word it would
read them all, in a hundred times the time. The function may neither read the table in its order nor by another index.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION files_holding(asked tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_indexscan = off
BEGIN ATOMIC
    SELECT file_id FROM materials_passage WHERE words @@ asked;
END
"""


class Migration(migrations.Migration):
    dependencies = [("materials", "0005_headings_for_search")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION files_holding(tsquery)")]
