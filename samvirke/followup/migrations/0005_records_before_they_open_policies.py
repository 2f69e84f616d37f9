from django.db import migrations

TABLES = ("declared", "named")
SQL = "".join(
    f"""
ALTER TABLE followup_{name} ADD CONSTRAINT {name}_is_where_its_person_is
    FOREIGN KEY (person_id, municipality_id) REFERENCES followup_person (id, municipality_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE followup_{name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {name}_scope ON followup_{name}
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""
    for name in TABLES
)
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE DELETE, TRUNCATE ON followup_declared, followup_named FROM samvirke_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """Who has declared that they are not inhabil, and who is named for somebody with strengt fortrolig address."""

    dependencies = [("followup", "0004_records_before_they_open")]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
