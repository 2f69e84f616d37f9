from django.db import migrations


class Migration(migrations.Migration):
    """A municipality's key is seen in its scope only, and is never changed or removed by the application."""

    dependencies = [("access", "0003_municipality_keys")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE access_municipalitykey ENABLE ROW LEVEL SECURITY;
            CREATE POLICY municipalitykey_scope ON access_municipalitykey
                USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
            DO $$ BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
                    REVOKE UPDATE, DELETE, TRUNCATE ON access_municipalitykey FROM samvirke_app;
                END IF;
            END $$
            """,
            "DROP POLICY municipalitykey_scope ON access_municipalitykey",
        )
    ]
