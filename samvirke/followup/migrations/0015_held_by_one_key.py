import django.db.models.deletion
from django.db import migrations, models


def held(to: str, *, index: bool) -> models.ForeignKey:
    return models.ForeignKey(
        to, django.db.models.deletion.PROTECT, db_constraint=False, db_index=index, related_name="+"
    )


class Migration(migrations.Migration):
    """Steps, keys and tokens are held by their foreign key over two columns alone, and found by the indexes that are left.

    Thousands of people at once bring a hundred thousand of each. Where a municipality is held: at the follow-up and
    at the person.
    """

    dependencies = [
        ("followup", "0014_drills_are_asked_about_by_drills"),
        ("incidents", "0010_links_of_several_columns"),
        ("reference", "0003_municipality_with_invented"),
    ]

    operations = [
        migrations.RemoveIndex("step", "open_steps_of_a_followup"),
        migrations.AlterField("step", "followup", held("followup.followup", index=False)),
        migrations.AlterField("step", "municipality", held("reference.municipality", index=False)),
        migrations.AlterField("token", "person", held("followup.person", index=True)),
        migrations.AlterField("token", "municipality", held("reference.municipality", index=False)),
        migrations.AlterField("personkey", "municipality", held("reference.municipality", index=False)),
        migrations.AlterField(
            "personkey",
            "person",
            models.OneToOneField(
                "followup.person",
                django.db.models.deletion.PROTECT,
                db_constraint=False,
                primary_key=True,
                related_name="+",
                serialize=False,
            ),
        ),
    ]
