from django.db import migrations

# A call stands where its alert and its member stand; a deputy is in the same team. A drill is deleted parents first.
TOGETHER = """
ALTER TABLE incidents_call
    ADD CONSTRAINT call_is_where_its_callout_is FOREIGN KEY (callout_id, municipality_id)
        REFERENCES incidents_callout (id, municipality_id) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT call_is_where_its_member_is FOREIGN KEY (member_id, municipality_id)
        REFERENCES incidents_teammember (id, municipality_id) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE incidents_teammember
    ADD CONSTRAINT deputy_is_in_the_same_team FOREIGN KEY (deputy_id, municipality_id)
        REFERENCES incidents_teammember (id, municipality_id) DEFERRABLE INITIALLY IMMEDIATE;
"""

POLICIES = "".join(
    f"""
ALTER TABLE incidents_{name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {name}_scope ON incidents_{name}
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""
    for name in ("teammember", "callouttimes", "callout", "call")
)

# Who was called and what they answered is not deleted; a drill goes through the owner's function.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE DELETE, TRUNCATE ON
            incidents_teammember, incidents_callouttimes, incidents_callout, incidents_call
            FROM samvirke_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """A municipality's team, its phones and its alerts are seen by nobody else."""

    dependencies = [
        ("incidents", "0006_the_team_and_its_alerts"),
        ("access", "0004_municipality_keys_under_scope"),
    ]

    operations = [
        migrations.RunSQL(TOGETHER, migrations.RunSQL.noop),
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
