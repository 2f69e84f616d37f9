import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A reminder may be of a service that belongs to no municipality."""

    dependencies = [
        ('catalogue', '0007_own_kinds'),
        ('reference', '0003_municipality_with_invented'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reminder',
            name='municipality',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality'),
        ),
    ]
