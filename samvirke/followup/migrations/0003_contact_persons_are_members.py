from django.db import migrations

SQL = """
ALTER TABLE accounts_membership ADD CONSTRAINT membership_in_its_place UNIQUE (id, municipality_id, active);
ALTER TABLE followup_followup
    ADD CONSTRAINT contact_person_is_a_member_here FOREIGN KEY (contact_id, municipality_id, live)
        REFERENCES accounts_membership (id, municipality_id, active) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT deputy_is_a_member_here FOREIGN KEY (deputy_id, municipality_id, live)
        REFERENCES accounts_membership (id, municipality_id, active) DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    """A contact person and a deputy have an active membership in the responsible municipality, or the commit fails."""

    dependencies = [("followup", "0002_the_promise"), ("accounts", "0002_row_level_security")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
