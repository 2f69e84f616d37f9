from django.db import migrations, models


class Migration(migrations.Migration):
    """Children have a plan of their own. Nobody's age stands outside the seals: who follows it is said here."""

    dependencies = [("followup", "0012_interpreters")]

    operations = [
        migrations.AddField("followup", "as_child", models.BooleanField(db_default=False, default=False)),
    ]
