import django.db.models.deletion
import uuid
from django.db import migrations, models


POLICY = """
ALTER TABLE catalogue_ownkind ENABLE ROW LEVEL SECURITY;
CREATE POLICY ownkind_scope ON catalogue_ownkind
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""


class Migration(migrations.Migration):
    """Kinds of services that one municipality needs and the guideline lacks; seen through a scope."""

    dependencies = [
        ('catalogue', '0006_import_runs'),
        ('reference', '0003_municipality_with_invented'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnKind',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=60)),
                ('names', models.JSONField()),
                ('level', models.CharField(max_length=20)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='own_kind_stands_once_per_municipality'), models.CheckConstraint(condition=models.Q(('names', {}), _negated=True), name='own_kind_has_a_name'), models.CheckConstraint(condition=models.Q(('level__in', ['kommune', 'fylke', 'spesialist', 'stat', 'frivillig', 'kompetanse'])), name='own_kind_level_is_known')],
            },
        ),
        migrations.RunSQL(POLICY, "DROP POLICY ownkind_scope ON catalogue_ownkind"),
    ]
