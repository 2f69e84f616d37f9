from django.db import migrations

# A drill is deleted with its follow-ups and its invented people: nobody is moved into one, or made invented.
STAYS = """
CREATE TRIGGER followup_stays_where_it_is BEFORE UPDATE OF incident_id, person_id ON followup_followup FOR EACH ROW
    WHEN (OLD.incident_id IS DISTINCT FROM NEW.incident_id OR OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION samvirke_refuse();
CREATE TRIGGER person_is_not_made_invented BEFORE UPDATE OF invented ON followup_person FOR EACH ROW
    WHEN (NEW.invented AND NOT OLD.invented) EXECUTE FUNCTION samvirke_refuse();
"""
LET_GO = """
DROP TRIGGER followup_stays_where_it_is ON followup_followup;
DROP TRIGGER person_is_not_made_invented ON followup_person;
"""

# Whoever is in a real incident too, stays: also as one of the dead or missing whom others relate to.
ERASE = """
CREATE OR REPLACE FUNCTION samvirke_erase_exercise_people(event uuid) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE link record; these uuid[]; them uuid[] := '{}'; homes uuid[];
BEGIN
    PERFORM FROM incidents_incident WHERE id = event AND exercise AND samvirke_sees(municipality_id) FOR UPDATE;
    IF NOT FOUND THEN RETURN 0; END IF;
    SET CONSTRAINTS ALL DEFERRED;
    FOR link IN
        SELECT c.conrelid::regclass AS name, a.attname AS incident, b.attname AS person
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        JOIN pg_constraint d ON d.conrelid = c.conrelid
        JOIN pg_attribute b ON b.attrelid = d.conrelid AND b.attnum = d.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'incidents_incident'::regclass AND cardinality(c.conkey) = 1
          AND d.contype = 'f' AND d.confrelid = 'followup_person'::regclass AND cardinality(d.conkey) = 1
    LOOP
        EXECUTE format('SELECT array_agg(%I) FROM %s WHERE %I = $1 AND %I IS NOT NULL',
            link.person, link.name, link.incident, link.person) INTO these USING event;
        them := them || COALESCE(these, '{}');
    END LOOP;
    SELECT array_agg(p.id) INTO them FROM followup_person p WHERE p.id = ANY(them) AND p.invented
    AND NOT EXISTS (
        SELECT FROM followup_followup f JOIN incidents_incident i ON i.id = f.incident_id
        WHERE f.person_id = p.id AND NOT i.exercise)
    AND NOT EXISTS (
        SELECT FROM followup_reference r JOIN incidents_incident i ON i.id = r.incident_id
        WHERE r.person_id = p.id AND NOT i.exercise);
    IF them IS NULL THEN RETURN 0; END IF;
    SELECT array_agg(DISTINCT household_id) INTO homes FROM followup_followup
        WHERE person_id = ANY(them) AND household_id IS NOT NULL;
    PERFORM samvirke_erase_rows('followup_person', them);
    DELETE FROM followup_person WHERE id = ANY(them);
    DELETE FROM followup_household h WHERE h.id = ANY(homes)
        AND NOT EXISTS (SELECT FROM followup_followup f WHERE f.household_id = h.id);
    RETURN cardinality(them);
END $$;
"""

# Where somebody with strengt fortrolig address is followed up would tell where they live: no neighbour is told.
ELSEWHERE = """
CREATE OR REPLACE FUNCTION samvirke_known_elsewhere(tokens bytea[], own text) RETURNS SETOF text LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT t.municipality_id::text FROM followup_token t JOIN followup_person p ON p.id = t.person_id
    WHERE t.kind IN ('phone', 'nin') AND t.token = ANY(tokens) AND t.municipality_id <> own
      AND p.protection <> 'strengt-fortrolig'
    ORDER BY 1
$$;
"""

# Functions of the owner look for tables in public before a session's own temporary ones.
OWN_TABLES_LAST = """
DO $$ DECLARE one regprocedure; BEGIN
    FOR one IN
        SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND proconfig @> ARRAY['search_path=public']
    LOOP EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', one); END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """A drill takes nobody real along; and no neighbour is told where somebody with strengt fortrolig address is."""

    dependencies = [
        ("followup", "0010_merged_follow_ups"),
        ("incidents", "0009_a_drill_stays_a_drill"),
    ]

    operations = [
        migrations.RunSQL(STAYS, LET_GO),
        migrations.RunSQL(ERASE, migrations.RunSQL.noop),
        migrations.RunSQL(ELSEWHERE, migrations.RunSQL.noop),
        migrations.RunSQL(OWN_TABLES_LAST, migrations.RunSQL.noop),
    ]
