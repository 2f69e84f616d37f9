from django.db import migrations

# The incident's policy looks at the participations and theirs looks at the incident: the function breaks the circle.
SQL = """
CREATE FUNCTION samvirke_takes_part(event uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public AS $$
    SELECT EXISTS (
        SELECT FROM incidents_participation p
        WHERE p.incident_id = event AND p.until IS NULL AND samvirke_sees(p.municipality_id)
    )
$$;
CREATE FUNCTION samvirke_leads(event uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public AS $$
    SELECT EXISTS (SELECT FROM incidents_incident i WHERE i.id = event AND samvirke_sees(i.municipality_id))
$$;

ALTER TABLE incidents_incident ENABLE ROW LEVEL SECURITY;
CREATE POLICY incident_read ON incidents_incident FOR SELECT
    USING (samvirke_sees(municipality_id) OR samvirke_takes_part(id));
CREATE POLICY incident_add ON incidents_incident FOR INSERT WITH CHECK (samvirke_sees(municipality_id));
CREATE POLICY incident_change ON incidents_incident FOR UPDATE
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));

ALTER TABLE incidents_participation ENABLE ROW LEVEL SECURITY;
CREATE POLICY participation_read ON incidents_participation FOR SELECT
    USING (samvirke_sees(municipality_id) OR samvirke_leads(incident_id));
CREATE POLICY participation_add ON incidents_participation FOR INSERT WITH CHECK (samvirke_leads(incident_id));
CREATE POLICY participation_change ON incidents_participation FOR UPDATE
    USING (samvirke_leads(incident_id)) WITH CHECK (samvirke_leads(incident_id));

DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE DELETE, TRUNCATE ON incidents_incident, incidents_participation FROM samvirke_app;
        REVOKE UPDATE ON incidents_participation FROM samvirke_app;
        GRANT UPDATE (part, until) ON incidents_participation TO samvirke_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """An incident is seen by the municipality that leads it and those that take part."""

    dependencies = [("incidents", "0001_incidents"), ("access", "0002_row_level_security")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
