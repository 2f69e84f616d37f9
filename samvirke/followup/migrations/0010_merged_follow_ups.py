from django.db import migrations, models

KNOWN = ["offered-a-year", "own-wish", "never-again", "deceased", "not-affected", "transferred", "same-person"]

# Those that were merged before had no code of their own. A closing's text is sealed; the merge tells which they are.
MERGED = """
UPDATE followup_closing c SET ending = 'same-person' FROM followup_merge m, followup_followup f
WHERE f.closing_id = c.id AND c.ending = 'not-affected' AND f.person_id = m.gone_id
AND m.undone_at IS NULL AND c.at = m.at;
"""


class Migration(migrations.Migration):
    """Who is on the list twice ends as the same person, not as somebody who was not affected."""

    dependencies = [("followup", "0009_what_an_incident_holds")]

    operations = [
        migrations.RemoveConstraint("closing", "closing_ending_is_known"),
        migrations.AddConstraint(
            "closing",
            models.CheckConstraint(condition=models.Q(ending__in=KNOWN), name="closing_ending_is_known"),
        ),
        migrations.RunSQL(MERGED, migrations.RunSQL.noop),
    ]
