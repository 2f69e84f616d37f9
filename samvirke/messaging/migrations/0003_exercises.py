from django.db import migrations, models

POLICY = """
DROP POLICY recorded_scope ON messaging_recorded;
CREATE POLICY recorded_scope ON messaging_recorded
    USING (samvirke_sees(municipality_id))
    WITH CHECK (
        samvirke_sees(municipality_id) AND (
            EXISTS (SELECT FROM access_installation WHERE kind = 'demo')
            OR (address = '' AND EXISTS (SELECT FROM messaging_message m WHERE m.id = message_id AND m.exercise))
        )
    );
"""
BEFORE = """
DROP POLICY recorded_scope ON messaging_recorded;
CREATE POLICY recorded_scope ON messaging_recorded
    USING (samvirke_sees(municipality_id))
    WITH CHECK (
        samvirke_sees(municipality_id) AND EXISTS (SELECT FROM access_installation WHERE kind = 'demo')
    );
"""


class Migration(migrations.Migration):
    """Messages of an exercise are written down and never sent; in a real installation without an address."""

    dependencies = [("messaging", "0002_row_level_security")]

    operations = [
        # yesterday's code does not write the column: the default stays in the database
        migrations.AddField("message", "exercise", models.BooleanField(default=False)),
        migrations.RunSQL("ALTER TABLE messaging_message ALTER COLUMN exercise SET DEFAULT false", migrations.RunSQL.noop),
        migrations.RunSQL(POLICY, BEFORE),
    ]
