"""Two rules that Django's constraints cannot say: a municipality's district lies in its oblast, and no unit descends
from itself by any number of steps."""

from django.db import migrations

SAME_OBLAST = """
ALTER TABLE regions_municipality
    ADD CONSTRAINT a_municipality_lies_in_the_oblast_of_its_district
    FOREIGN KEY (district_id, oblast_id) REFERENCES regions_district (id, oblast_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
"""

NO_CIRCLE = """
CREATE FUNCTION regions_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE lineage (id) AS (
            VALUES (NEW.predecessor_id)
            UNION
            SELECT s.predecessor_id FROM regions_succession AS s JOIN lineage ON s.successor_id = lineage.id
        )
        SELECT FROM lineage WHERE id = NEW.successor_id
    ) THEN
        RAISE EXCEPTION 'succession % -> % closes a circle', NEW.predecessor_id, NEW.successor_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_circle_of_successions';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER no_circle_of_successions
    AFTER INSERT OR UPDATE ON regions_succession
    FOR EACH ROW EXECUTE FUNCTION regions_refuse_circle()
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_history")]

    operations = [
        migrations.RunSQL(
            SAME_OBLAST,
            "ALTER TABLE regions_municipality DROP CONSTRAINT a_municipality_lies_in_the_oblast_of_its_district",
        ),
        migrations.RunSQL(
            NO_CIRCLE,
            "DROP TRIGGER no_circle_of_successions ON regions_succession; DROP FUNCTION regions_refuse_circle()",
        ),
    ]
