from django.db import migrations

# What is a drill may be deleted with all that belongs to it. So nothing real ever becomes one, nor the other way round.
STAYS = """
CREATE TRIGGER drill_stays_drill BEFORE UPDATE OF exercise ON incidents_incident FOR EACH ROW
    WHEN (OLD.exercise IS DISTINCT FROM NEW.exercise) EXECUTE FUNCTION samvirke_refuse();
"""

# Functions of the owner look for tables in public first: without pg_temp at the end, a session's own temporary tables
# come before them, and whoever has made one decides what the function sees.
OWN_TABLES_LAST = """
DO $$ DECLARE one regprocedure; BEGIN
    FOR one IN
        SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND proconfig @> ARRAY['search_path=public']
    LOOP EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', one); END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """A drill stays a drill; and nobody decides what the owner's functions see."""

    dependencies = [
        ("incidents", "0008_held_while_somebody_is_registered"),
        ("access", "0002_row_level_security"),
    ]

    operations = [
        migrations.RunSQL(STAYS, "DROP TRIGGER drill_stays_drill ON incidents_incident"),
        migrations.RunSQL(OWN_TABLES_LAST, migrations.RunSQL.noop),
    ]
