from django.db import migrations

# The lock that a foreign key takes: it lets everything through but the end of the incident, which locks the whole row.
# Whoever takes part may not change the incident, so that a lock of their own is not theirs to take: the owner takes it.
HOLD = """
CREATE FUNCTION samvirke_hold_incident(event uuid) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = public AS $$
    SELECT FROM incidents_incident WHERE id = event AND samvirke_works_on(event) FOR KEY SHARE
$$;
"""


class Migration(migrations.Migration):
    """Nobody is put on the list of an incident in the instant it is closed."""

    dependencies = [("incidents", "0007_who_sees_the_team")]

    operations = [migrations.RunSQL(HOLD, "DROP FUNCTION samvirke_hold_incident(uuid)")]
