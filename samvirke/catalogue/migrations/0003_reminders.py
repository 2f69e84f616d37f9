import django.db.models.deletion
import uuid
from django.db import migrations, models


POLICIES = """
ALTER TABLE catalogue_reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY reminder_scope ON catalogue_reminder
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));

ALTER TABLE catalogue_shortening ENABLE ROW LEVEL SECURITY;
CREATE POLICY shortening_scope ON catalogue_shortening
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""


class Migration(migrations.Migration):
    """What was sent as reminders, and for how long confirmations count; both seen through a scope."""


    dependencies = [
        ('catalogue', '0002_row_level_security'),
        ('reference', '0003_municipality_with_invented'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('letter', models.UUIDField()),
                ('message', models.UUIDField()),
                ('account', models.UUIDField()),
                ('round', models.CharField(max_length=4)),
                ('piece', models.CharField(max_length=80)),
                ('confirmed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('day', models.DateField()),
                ('sent_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Shortening',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('days', models.PositiveSmallIntegerField()),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('begun_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='joined',
            name='check_days',
            field=models.PositiveSmallIntegerField(db_default=90, default=90),
        ),
        migrations.AddField(
            model_name='joined',
            name='check_days_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='joined',
            name='shortened',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddConstraint(
            model_name='joined',
            constraint=models.CheckConstraint(condition=models.Q(('check_days__range', (7, 365))), name='check_days_are_a_week_to_a_year'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='service',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.service'),
        ),
        migrations.AddField(
            model_name='shortening',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality'),
        ),
        migrations.AddIndex(
            model_name='reminder',
            index=models.Index(fields=['letter'], name='reminders_of_a_letter'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('municipality', 'service', 'piece', 'confirmed_at', 'round', 'account', 'due_at'), name='nobody_is_reminded_twice', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('round__in', ['soon', 'due', 'late'])), name='reminder_round_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('confirmed_at'))), name='reminder_is_of_a_confirmation_that_runs_out'),
        ),
        migrations.AddIndex(
            model_name='shortening',
            index=models.Index(fields=['municipality', 'until'], name='shortenings_of_a_place'),
        ),
        migrations.AddConstraint(
            model_name='shortening',
            constraint=models.CheckConstraint(condition=models.Q(('days__range', (1, 365))), name='shortening_is_between_a_day_and_a_year'),
        ),
        migrations.AddConstraint(
            model_name='shortening',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='shortening_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='shortening',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='shortening_has_a_reason'),
        ),
        migrations.RunSQL(
            POLICIES,
            """
            DROP POLICY reminder_scope ON catalogue_reminder;
            DROP POLICY shortening_scope ON catalogue_shortening;
            """,
        ),
    ]
