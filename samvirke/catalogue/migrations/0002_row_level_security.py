from django.db import migrations

# What everybody may read is what public pages are made from. Everything else, and all writing, needs a scope that
# sees the municipality. Rows that hang on a service follow it: they are read where it can be read, and written
# where it can be written, so that no row can be hung on another municipality's service either.
OWN = "samvirke_sees(municipality_id)"
SERVICE_READ = "EXISTS (SELECT FROM catalogue_service s WHERE s.id = service_id)"
SERVICE_WRITE = (
    "EXISTS (SELECT FROM catalogue_service s WHERE s.id = service_id AND samvirke_sees(s.municipality_id))"
)
EITHER_READ = f"municipality_id IS NOT NULL OR {SERVICE_READ}"
EITHER_WRITE = f"CASE WHEN service_id IS NULL THEN {OWN} ELSE {SERVICE_WRITE} END"

TABLES = {  # table → (who may read a row, who may write it)
    "joined": ("true", OWN),
    "service": (f"state = 'confirmed' OR {OWN}", OWN),
    "servicearea": (SERVICE_READ, SERVICE_WRITE),
    "servicetext": (SERVICE_READ, SERVICE_WRITE),
    "phone": (SERVICE_READ, SERVICE_WRITE),
    "channel": (SERVICE_READ, SERVICE_WRITE),
    "notice": (EITHER_READ, EITHER_WRITE),
    "verification": (EITHER_READ, EITHER_WRITE),
}


def policies(table, read, write):
    name = f"catalogue_{table}"
    return f"""
    ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY {table}_read ON {name} FOR SELECT USING ({read});
    CREATE POLICY {table}_add ON {name} FOR INSERT WITH CHECK ({write});
    CREATE POLICY {table}_change ON {name} FOR UPDATE USING ({write}) WITH CHECK ({write});
    CREATE POLICY {table}_remove ON {name} FOR DELETE USING ({write});
    """


def no_policies(table):
    name = f"catalogue_{table}"
    verbs = ("read", "add", "change", "remove")
    return (
        "".join(f"DROP POLICY {table}_{verb} ON {name};" for verb in verbs)
        + f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY;"
    )


class Migration(migrations.Migration):
    """Services are read by everybody once they are confirmed, and written by those whose municipality they belong to."""

    dependencies = [("catalogue", "0001_services"), ("access", "0002_row_level_security")]

    operations = [
        migrations.RunSQL(policies(table, read, write), no_policies(table))
        for table, (read, write) in TABLES.items()
    ]
