import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('reference', '0001_reference_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Joined',
            fields=[
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='reference.municipality')),
                ('joined_at', models.DateTimeField()),
                ('error_email', models.EmailField(blank=True, max_length=254)),
                ('statement_url', models.URLField(blank=True, max_length=500)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, size=None)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('languages__contained_by', ['nb', 'nn', 'en']), ('languages__len__gte', 1)), name='joined_has_known_languages')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('external_id', models.CharField(blank=True, max_length=200)),
                ('slug', models.SlugField(max_length=100)),
                ('own_kind', models.SlugField(blank=True, max_length=60)),
                ('owner', models.CharField(blank=True, max_length=200)),
                ('level', models.CharField(max_length=20)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('language', models.CharField(default='nb', max_length=3)),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('age_min', models.PositiveSmallIntegerField(null=True)),
                ('age_max', models.PositiveSmallIntegerField(null=True)),
                ('access', models.CharField(default='self', max_length=15)),
                ('street_address', models.CharField(blank=True, max_length=200)),
                ('postal_code', models.CharField(blank=True, max_length=4)),
                ('opening_hours', models.CharField(blank=True, max_length=500)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                ('interpreter', models.BooleanField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.actor')),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
                ('through_actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.actor')),
            ],
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=16)),
                ('label', models.JSONField(blank=True, default=dict)),
                ('for_residents', models.BooleanField(default=True)),
                ('phone_hours', models.CharField(blank=True, max_length=500)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='catalogue.service')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('texts', models.JSONField()),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
                ('service', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notice', to='catalogue.service')),
            ],
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('address', models.CharField(max_length=500)),
                ('label', models.JSONField(blank=True, default=dict)),
                ('hours', models.CharField(blank=True, max_length=500)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='catalogue.service')),
            ],
        ),
        migrations.CreateModel(
            name='ServiceArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('key', models.CharField(blank=True, max_length=60)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='catalogue.service')),
            ],
        ),
        migrations.CreateModel(
            name='ServiceText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=3)),
                ('name', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('what_happens', models.TextField(blank=True)),
                ('who', models.TextField(blank=True)),
                ('how', models.TextField(blank=True)),
                ('price', models.TextField(blank=True)),
                ('confidentiality', models.TextField(blank=True)),
                ('premises', models.TextField(blank=True)),
                ('alert', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source_version', models.PositiveIntegerField(default=1)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='catalogue.service')),
            ],
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.CharField(max_length=30)),
                ('state', models.CharField(default='confirmed', max_length=15)),
                ('reason', models.JSONField(blank=True, default=dict)),
                ('verified_by', models.CharField(max_length=200)),
                ('verified_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='verifications', to='catalogue.service')),
            ],
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('municipality', 'external_id'), name='external_id_is_unique_in_municipality', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.UniqueConstraint(fields=('municipality', 'slug'), name='slug_is_unique_in_municipality', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor__isnull', False), ('own_kind', '')), models.Q(('actor__isnull', True), models.Q(('own_kind', ''), _negated=True)), _connector='OR'), name='service_has_one_kind'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['kommune', 'fylke', 'spesialist', 'stat', 'frivillig', 'kompetanse'])), name='service_level_is_known'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'confirmed', 'withdrawn'))), name='service_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ('nb', 'nn', 'en'))), name='service_language_is_known'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('access__in', ['self', 'through', 'referral', 'professionals'])), name='service_access_is_known'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('groups__contained_by', ['everyone', 'children', 'youth', 'adults', 'elderly', 'parents', 'relatives', 'bereaved', 'victims', 'visitors', 'professionals'])), name='service_groups_are_known'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('age_min__isnull', True), ('age_max__isnull', True), ('age_min__lte', models.F('age_max')), _connector='OR'), name='service_ages_are_in_order'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('age_min__isnull', True), ('age_min__lte', 120), _connector='OR'), models.Q(('age_max__isnull', True), ('age_max__lte', 120), _connector='OR')), name='service_ages_are_human'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('postal_code', ''), ('postal_code__regex', '^[0-9]{4}$'), _connector='OR'), name='service_postal_code_has_four_digits'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=models.UniqueConstraint(fields=('service', 'number'), name='number_stands_once_per_service'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^\\+[0-9]{7,15}$')), name='number_is_e164'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', True), ('service__isnull', False)), models.Q(('municipality__isnull', False), ('service__isnull', True)), _connector='OR'), name='notice_belongs_to_one'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='notice_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('chat', 'sms', 'email', 'web', 'video'))), name='channel_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='channel_has_an_address'),
        ),
        migrations.AddIndex(
            model_name='servicearea',
            index=models.Index(fields=['kind', 'key'], name='services_of_an_area'),
        ),
        migrations.AddConstraint(
            model_name='servicearea',
            constraint=models.UniqueConstraint(fields=('service', 'kind', 'key'), name='area_stands_once_per_service'),
        ),
        migrations.AddConstraint(
            model_name='servicearea',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('country', 'region', 'trust', 'county', 'municipality'))), name='area_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='servicearea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', ''), ('kind', 'country')), models.Q(models.Q(('kind', 'country'), _negated=True), models.Q(('key', ''), _negated=True)), _connector='OR'), name='area_has_a_key_unless_country'),
        ),
        migrations.AddConstraint(
            model_name='servicetext',
            constraint=models.UniqueConstraint(fields=('service', 'language'), name='text_stands_once_per_language'),
        ),
        migrations.AddConstraint(
            model_name='servicetext',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ('nb', 'nn', 'en'))), name='text_language_is_known'),
        ),
        migrations.AddConstraint(
            model_name='servicetext',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='text_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.UniqueConstraint(condition=models.Q(('service__isnull', False)), fields=('service', 'piece'), name='piece_is_verified_once_per_service'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.UniqueConstraint(condition=models.Q(('service__isnull', True)), fields=('municipality', 'piece'), name='piece_is_verified_once_per_municipality'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', True), ('service__isnull', False)), models.Q(('municipality__isnull', False), ('service__isnull', True)), _connector='OR'), name='verification_belongs_to_one'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('confirmed', 'not-applicable'))), name='verification_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'confirmed'), models.Q(('reason', {}), _negated=True), _connector='OR'), name='not_applicable_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('verified_at__lt', models.F('due_at'))), name='verified_before_due'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('verified_by', ''), _negated=True), name='verified_by_somebody'),
        ),
    ]
