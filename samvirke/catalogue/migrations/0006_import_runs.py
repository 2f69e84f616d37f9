import django.db.models.deletion
import uuid
from django.db import migrations, models


POLICIES = """
ALTER TABLE catalogue_importrun ENABLE ROW LEVEL SECURITY;
CREATE POLICY importrun_scope ON catalogue_importrun
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));

ALTER TABLE catalogue_importedrow ENABLE ROW LEVEL SECURITY;
CREATE POLICY importedrow_scope ON catalogue_importedrow
    USING (EXISTS (SELECT FROM catalogue_importrun r WHERE r.id = run_id))
    WITH CHECK (EXISTS (SELECT FROM catalogue_importrun r WHERE r.id = run_id));
"""


class Migration(migrations.Migration):
    """Files on their way in, row by row: seen through a scope only."""

    dependencies = [
        ('catalogue', '0005_versions_and_drafts'),
        ('reference', '0003_municipality_with_invented'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('account', models.UUIDField(null=True)),
                ('file_name', models.CharField(max_length=200)),
                ('form', models.CharField(max_length=8)),
                ('state', models.CharField(default='preview', max_length=8)),
                ('step', models.PositiveSmallIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('acted_at', models.DateTimeField(null=True)),
                ('acted_by', models.UUIDField(null=True)),
                ('confirmed_by', models.CharField(blank=True, max_length=200)),
                ('missing', models.JSONField(default=list)),
                ('erased', models.BooleanField(default=False)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(max_length=8)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('external_id', models.CharField(blank=True, max_length=200)),
                ('chosen', models.BooleanField(default=False)),
                ('content', models.JSONField(null=True)),
                ('problems', models.JSONField(default=list)),
                ('service', models.UUIDField(null=True)),
                ('base_version', models.PositiveIntegerField(null=True)),
                ('made_version', models.PositiveIntegerField(null=True)),
                ('version', models.PositiveIntegerField(null=True)),
                ('draft', models.JSONField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=9)),
                ('applied', models.BooleanField(default=False)),
                ('step', models.PositiveSmallIntegerField(default=0)),
                ('left', models.CharField(blank=True, max_length=400)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='catalogue.importrun')),
            ],
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(fields=['municipality', 'at'], name='runs_of_a_municipality'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('preview', 'working', 'done', 'undone'))), name='run_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.UniqueConstraint(fields=('run', 'number'), name='row_stands_once_per_run'),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('new', 'changed', 'same', 'rejected', 'kindless'))), name='row_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ('', 'created', 'changed', 'confirmed', 'drafted', 'left'))), name='row_outcome_is_known'),
        ),
        migrations.RunSQL(
            POLICIES,
            """
            DROP POLICY importrun_scope ON catalogue_importrun;
            DROP POLICY importedrow_scope ON catalogue_importedrow;
            """,
        ),
    ]
