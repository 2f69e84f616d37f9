import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


POLICIES = """
ALTER TABLE catalogue_serviceversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY serviceversion_scope ON catalogue_serviceversion
    USING (EXISTS (SELECT FROM catalogue_service s WHERE s.id = service_id AND samvirke_sees(s.municipality_id)))
    WITH CHECK (EXISTS (SELECT FROM catalogue_service s WHERE s.id = service_id AND samvirke_sees(s.municipality_id)));

ALTER TABLE catalogue_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY draft_scope ON catalogue_draft
    USING (samvirke_sees(municipality_id))
    WITH CHECK (
        samvirke_sees(municipality_id)
        AND EXISTS (
            SELECT FROM catalogue_service s
            WHERE s.id = service_id AND s.municipality_id IS NOT DISTINCT FROM catalogue_draft.municipality_id
        )
    );
"""

ONLY_ADDED = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE UPDATE ON catalogue_serviceversion FROM samvirke_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """What was written before, and what is being written: both seen through a scope only."""

    dependencies = [
        ('catalogue', '0004_verifiers'),
        ('reference', '0003_municipality_with_invented'),
    ]

    operations = [
        migrations.AddField(
            model_name='joined',
            name='needs_approval',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='service',
            name='version',
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('content', models.JSONField()),
                ('reasons', models.JSONField(blank=True, default=dict)),
                ('base_version', models.PositiveIntegerField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('earlier', models.JSONField(blank=True, default=list)),
                ('account', models.UUIDField(null=True)),
                ('writers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('at', models.DateTimeField()),
                ('state', models.CharField(default='open', max_length=8)),
                ('confirmed_by', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='catalogue.service')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('open', 'sent', 'returned'))), name='draft_state_is_known'), models.CheckConstraint(condition=models.Q(('confirmed_by', ''), ('state', 'sent'), _negated=True), name='sent_draft_says_who_stands_for_it'), models.CheckConstraint(condition=models.Q(('note', ''), ('state', 'returned'), _negated=True), name='returned_draft_says_why')],
            },
        ),
        migrations.CreateModel(
            name='ServiceVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('at', models.DateTimeField()),
                ('account', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=100)),
                ('run', models.UUIDField(null=True)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='catalogue.service')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('run__isnull', False)), fields=['run'], name='versions_of_a_run')],
                'constraints': [models.UniqueConstraint(fields=('service', 'number'), name='version_stands_once_per_service')],
            },
        ),
        migrations.RunSQL(
            POLICIES,
            """
            DROP POLICY serviceversion_scope ON catalogue_serviceversion;
            DROP POLICY draft_scope ON catalogue_draft;
            """,
        ),
        migrations.RunSQL(ONLY_ADDED, migrations.RunSQL.noop),
    ]
