from django.db import migrations

TABLES = ("reference", "merge", "listrun", "listrow", "intake")
POLICIES = "".join(
    f"""
ALTER TABLE followup_{name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {name}_scope ON followup_{name}
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""
    for name in TABLES
)
TOGETHER = """
ALTER TABLE followup_reference ADD CONSTRAINT reference_is_where_its_person_is
    FOREIGN KEY (person_id, municipality_id) REFERENCES followup_person (id, municipality_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE followup_listrun ADD CONSTRAINT list_is_in_one_municipality UNIQUE (id, municipality_id);
ALTER TABLE followup_listrow ADD CONSTRAINT list_row_is_where_its_list_is
    FOREIGN KEY (run_id, municipality_id) REFERENCES followup_listrun (id, municipality_id)
    DEFERRABLE INITIALLY IMMEDIATE;
"""

# The public page asks one thing without a scope: which municipality has opened it, and nothing else.
OPEN = """
CREATE FUNCTION samvirke_open_forms(codes text[]) RETURNS TABLE (municipality text, open boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT i.municipality_id::text, bool_or(i.closed_at IS NULL AND e.state = 'active' AND NOT e.exercise)
    FROM followup_intake i JOIN incidents_incident e ON e.id = i.incident_id
    WHERE codes IS NULL OR i.municipality_id = ANY(codes)
    GROUP BY i.municipality_id ORDER BY 1
$$;
"""

KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE DELETE, TRUNCATE ON
            followup_reference, followup_merge, followup_listrun, followup_listrow, followup_intake FROM samvirke_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """Lists, doubles and the public page: each in its municipality, and nobody deletes."""

    dependencies = [("followup", "0007_lists_tips_and_doubles")]

    operations = [
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        migrations.RunSQL(TOGETHER, migrations.RunSQL.noop),
        migrations.RunSQL(OPEN, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
