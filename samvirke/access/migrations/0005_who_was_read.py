from django.db import migrations


class Migration(migrations.Migration):
    """Find who has read about one person without going through the whole access log."""

    dependencies = [("access", "0004_municipality_keys_under_scope")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX accesslog_by_who_was_read ON access_accesslog "
            "USING gin ((payload -> 'ids') jsonb_path_ops)",
            "DROP INDEX accesslog_by_who_was_read",
        )
    ]
