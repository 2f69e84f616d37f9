from django.db import migrations, models


class Migration(migrations.Migration):
    """What foreign keys hold on to that keep invented people out of real municipalities."""

    dependencies = [("reference", "0002_read_only_for_application")]

    operations = [
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.UniqueConstraint(fields=("code", "invented"), name="municipality_with_invented"),
        ),
    ]
