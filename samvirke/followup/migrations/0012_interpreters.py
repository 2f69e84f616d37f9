from django.db import migrations, models

BOOKED = models.Q(interpreter="", interpreter_at__isnull=True, interpreter_gone=False) | models.Q(
    interpreter__in=["screen", "phone", "on-site", "sign"], interpreter_at__isnull=False
)

# nsl is Norwegian sign language; nsi, which the edit form wrote, is Nigeria's.
LANGUAGE = "UPDATE followup_person SET language = 'nsl' WHERE language = 'nsi'"


class Migration(migrations.Migration):
    """An interpreter is booked for one contact at a time."""

    dependencies = [("followup", "0011_what_a_drill_takes_along")]

    operations = [
        migrations.AddField(
            "step", "interpreter", models.CharField(blank=True, db_default="", default="", max_length=7)
        ),
        migrations.AddField("step", "interpreter_at", models.DateTimeField(null=True)),
        migrations.AddField("step", "interpreter_gone", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "step",
            "interpreter_language",
            models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AddField("step", "own_interpreter", models.BinaryField(null=True)),
        migrations.AddConstraint(
            "step", models.CheckConstraint(condition=BOOKED, name="booked_interpreter_says_which_and_when")
        ),
        migrations.RunSQL(LANGUAGE, migrations.RunSQL.noop),
    ]
