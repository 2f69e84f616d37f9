import django.db.models.deletion
import uuid
from django.db import migrations, models


POLICY = """
ALTER TABLE followup_savedfilter ENABLE ROW LEVEL SECURITY;
CREATE POLICY savedfilter_scope ON followup_savedfilter
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""


class Migration(migrations.Migration):
    """What the lists need: filters of one's own, and an index for each question that is asked all day."""

    dependencies = [
        ("followup", "0005_records_before_they_open_policies"),
        ("incidents", "0004_who_sees_what_of_an_incident"),
        ("reference", "0003_municipality_with_invented"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("account", models.UUIDField()),
                ("name", models.CharField(max_length=40)),
                ("choices", models.JSONField()),
            ],
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(fields=["municipality", "last"], name="absences_by_their_end"),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                condition=models.Q(("outcome", "no-thanks")), fields=["municipality", "at"], name="refusals"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("live", True)),
                fields=["municipality", "next_closes", "id"],
                name="followups_by_deadline",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("owner", "team-leader"), ("state", "open")),
                fields=["municipality", "closes", "id"],
                name="steps_that_wait_for_the_leader",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("code__startswith", "offer-")),
                fields=["municipality", "state"],
                name="renewed_offers",
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reference.municipality"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(
                fields=("municipality", "account", "name"), name="filter_name_stands_once"
            ),
        ),
        migrations.RunSQL(POLICY, migrations.RunSQL.noop),
    ]
