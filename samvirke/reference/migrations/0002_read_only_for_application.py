from django.db import migrations

TABLES = ", ".join(
    f"reference_{name}"
    for name in (
        "governor", "healthregion", "healthtrust", "rvts", "county", "municipality", "district", "postalcode",
        "helpline", "actor",
    )
)
IF_THE_ROLE_IS_THERE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        {statement};
    END IF;
END $$
"""


def only_there(statement: str) -> str:
    return IF_THE_ROLE_IS_THERE.format(statement=statement)


class Migration(migrations.Migration):
    """Facts are loaded by the owner; the application reads them and can neither change nor empty them."""

    dependencies = [("reference", "0001_reference_tables")]

    operations = [
        migrations.RunSQL(
            only_there(f"REVOKE ALL ON {TABLES} FROM samvirke_app; GRANT SELECT ON {TABLES} TO samvirke_app"),
            only_there(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLES} TO samvirke_app"),
        )
    ]
