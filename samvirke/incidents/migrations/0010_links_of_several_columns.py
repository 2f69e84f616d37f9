from django.db import migrations

# A row also points at another by a foreign key over several columns, of which one is the other's own key.
SQL = """
CREATE OR REPLACE FUNCTION samvirke_in_exercise(asked uuid[]) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE one record; drill boolean; known uuid[]; open uuid[] := asked;
BEGIN
    SELECT bool_or(exercise), array_agg(id) INTO drill, known FROM incidents_incident WHERE id = ANY(open);
    IF drill THEN RETURN true; END IF;
    open := ARRAY(SELECT unnest(open) EXCEPT SELECT unnest(known));
    IF cardinality(open) = 0 THEN RETURN false; END IF;
    FOR one IN
        WITH keys AS (
            SELECT p.conrelid, a.attname FROM pg_constraint p
            JOIN pg_attribute a ON a.attrelid = p.conrelid AND a.attnum = p.conkey[1]
            WHERE p.contype = 'p' AND cardinality(p.conkey) = 1 AND a.atttypid = 'uuid'::regtype
        ), links AS (
            SELECT DISTINCT c.conrelid, c.confrelid, a.attname FROM pg_constraint c
            JOIN pg_constraint p ON p.conrelid = c.confrelid AND p.contype = 'p' AND cardinality(p.conkey) = 1
            JOIN pg_attribute a ON a.attrelid = c.conrelid
                AND a.attnum = c.conkey[array_position(c.confkey, p.conkey[1])]
            WHERE c.contype = 'f'
        )
        SELECT 1 AS level, l.conrelid::regclass AS name, k.attname AS key, l.attname AS points,
            NULL::regclass AS below, NULL::name AS below_key, NULL::name AS below_points
        FROM links l JOIN keys k ON k.conrelid = l.conrelid
        WHERE l.confrelid = 'incidents_incident'::regclass
        UNION ALL
        SELECT 2, l.conrelid::regclass, k.attname, l.attname, b.conrelid::regclass, bk.attname, b.attname
        FROM links l JOIN keys k ON k.conrelid = l.conrelid
        JOIN links b ON b.confrelid = l.conrelid JOIN keys bk ON bk.conrelid = b.conrelid
        WHERE l.confrelid = 'incidents_incident'::regclass
        ORDER BY level
    LOOP
        IF one.below IS NULL THEN
            EXECUTE format('SELECT bool_or(i.exercise), array_agg(t.%I) FROM %s t
                JOIN incidents_incident i ON i.id = t.%I WHERE t.%I = ANY($1)',
                one.key, one.name, one.points, one.key) INTO drill, known USING open;
        ELSE
            EXECUTE format('SELECT bool_or(i.exercise), array_agg(u.%I) FROM %s u JOIN %s t ON t.%I = u.%I
                JOIN incidents_incident i ON i.id = t.%I WHERE u.%I = ANY($1)',
                one.below_key, one.below, one.name, one.key, one.below_points, one.points, one.below_key)
                INTO drill, known USING open;
        END IF;
        IF drill THEN RETURN true; END IF;
        open := ARRAY(SELECT unnest(open) EXCEPT SELECT unnest(known));
        IF cardinality(open) = 0 THEN RETURN false; END IF;
    END LOOP;
    RETURN false;
END $$;
"""


class Migration(migrations.Migration):
    """What belongs to a drill is found also where only a foreign key over several columns tells it."""

    dependencies = [("incidents", "0009_a_drill_stays_a_drill")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
