from django.db import migrations

# Whoever leads an incident is told how many are followed up in it, in every municipality: numbers, never a person.
HOLDS = """
CREATE FUNCTION samvirke_followed_up(event uuid) RETURNS TABLE (municipality text, people bigint) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public AS $$
    SELECT f.municipality_id::text, count(*) FROM followup_followup f
    WHERE f.incident_id = event AND f.state = 'active' AND samvirke_leads(event)
    GROUP BY 1 ORDER BY 1
$$;
"""
# The invented people of a drill go with it, in every municipality. Whoever is in a real incident too, stays.
ERASE = """
CREATE FUNCTION samvirke_erase_exercise_people(event uuid) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public AS $$
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
    SELECT array_agg(p.id) INTO them FROM followup_person p WHERE p.id = ANY(them) AND p.invented AND NOT EXISTS (
        SELECT FROM followup_followup f JOIN incidents_incident i ON i.id = f.incident_id
        WHERE f.person_id = p.id AND NOT i.exercise);
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


class Migration(migrations.Migration):
    """What holds an incident open, and what goes with a drill."""

    dependencies = [
        ("followup", "0008_lists_tips_and_doubles_policies"),
        ("incidents", "0004_who_sees_what_of_an_incident"),
    ]

    operations = [
        migrations.RunSQL(HOLDS, "DROP FUNCTION samvirke_followed_up(uuid)"),
        migrations.RunSQL(ERASE, "DROP FUNCTION samvirke_erase_exercise_people(uuid)"),
    ]
