"""Two rules that Django's constraints cannot say: no document replaces itself by any number of steps, and a session
that hands something out belongs to the seminar that does."""

from django.db import migrations

NO_CIRCLE = """
CREATE FUNCTION materials_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Two successors given at once must see each other.
    PERFORM pg_advisory_xact_lock(hashtext('no_circle_of_replacements'));
    IF EXISTS (
        WITH RECURSIVE later (id) AS (
            VALUES (NEW.successor_id)
            UNION
            SELECT d.successor_id FROM materials_document AS d JOIN later ON d.id = later.id
            WHERE d.successor_id IS NOT NULL
        )
        SELECT FROM later WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'document % is replaced by itself in a circle', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_circle_of_replacements';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER no_circle_of_replacements
    AFTER INSERT OR UPDATE OF successor_id ON materials_document
    FOR EACH ROW WHEN (NEW.successor_id IS NOT NULL) EXECUTE FUNCTION materials_refuse_circle()
"""

SESSION_OF_SEMINAR = """
CREATE FUNCTION materials_refuse_foreign_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM seminars_session WHERE id = NEW.session_id AND seminar_id = NEW.seminar_id
    ) THEN
        RAISE EXCEPTION 'session % belongs to another seminar than %', NEW.session_id, NEW.seminar_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_handing_out_session_belongs_to_the_seminar';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER a_handing_out_session_belongs_to_the_seminar
    AFTER INSERT OR UPDATE ON materials_handout
    FOR EACH ROW WHEN (NEW.session_id IS NOT NULL) EXECUTE FUNCTION materials_refuse_foreign_session()
"""


class Migration(migrations.Migration):
    dependencies = [("materials", "0001_documents")]

    operations = [
        migrations.RunSQL(
            NO_CIRCLE,
            "DROP TRIGGER no_circle_of_replacements ON materials_document; DROP FUNCTION materials_refuse_circle()",
        ),
        migrations.RunSQL(
            SESSION_OF_SEMINAR,
            "DROP TRIGGER a_handing_out_session_belongs_to_the_seminar ON materials_handout;"
            " DROP FUNCTION materials_refuse_foreign_session()",
        ),
    ]
