from django.db import migrations

TRUE_TO_THEIR_KIND = """
ALTER TABLE accounts_membership
    ADD CONSTRAINT invented_person_in_invented_municipality FOREIGN KEY (municipality_id, invented)
        REFERENCES reference_municipality (code, invented) DEFERRABLE INITIALLY IMMEDIATE,
    ADD CONSTRAINT membership_is_invented_as_its_account FOREIGN KEY (account_id, invented)
        REFERENCES accounts_account (id, invented) DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE accounts_invitation
    ADD CONSTRAINT invented_invitation_to_invented_municipality FOREIGN KEY (municipality_id, invented)
        REFERENCES reference_municipality (code, invented) DEFERRABLE INITIALLY IMMEDIATE;
"""

POLICIES = """
ALTER TABLE accounts_membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_scope ON accounts_membership
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
CREATE POLICY membership_own ON accounts_membership FOR SELECT USING (account_id = samvirke_account());

ALTER TABLE accounts_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY invitation_scope ON accounts_invitation
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""

NEVER_DELETED = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE DELETE, TRUNCATE ON accounts_account, accounts_membership, accounts_invitation FROM samvirke_app;
    END IF;
END $$
"""

CACHE = """
CREATE TABLE samvirke_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX samvirke_cache_expires ON samvirke_cache (expires);
"""


class Migration(migrations.Migration):
    """Roles are seen by their municipality and their owner; invented people stay among themselves; nobody is deleted."""

    dependencies = [
        ("accounts", "0001_people_who_log_in"),
        ("access", "0002_row_level_security"),
        ("reference", "0003_municipality_with_invented"),
    ]

    operations = [
        migrations.RunSQL(
            TRUE_TO_THEIR_KIND,
            """
            ALTER TABLE accounts_membership DROP CONSTRAINT invented_person_in_invented_municipality,
                DROP CONSTRAINT membership_is_invented_as_its_account;
            ALTER TABLE accounts_invitation DROP CONSTRAINT invented_invitation_to_invented_municipality;
            """,
        ),
        migrations.RunSQL(
            POLICIES,
            """
            DROP POLICY membership_scope ON accounts_membership;
            DROP POLICY membership_own ON accounts_membership;
            ALTER TABLE accounts_membership DISABLE ROW LEVEL SECURITY;
            DROP POLICY invitation_scope ON accounts_invitation;
            ALTER TABLE accounts_invitation DISABLE ROW LEVEL SECURITY;
            """,
        ),
        migrations.RunSQL(NEVER_DELETED, migrations.RunSQL.noop),
        migrations.RunSQL(CACHE, "DROP TABLE samvirke_cache"),
    ]
