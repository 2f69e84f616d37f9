from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION samvirke_sees(code text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE RETURN
    coalesce(
        string_to_array(current_setting('samvirke.scope', true), ',') && ARRAY[coalesce(code, 'national'), '*'],
        false
    );
CREATE FUNCTION samvirke_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN
    nullif(current_setting('samvirke.account', true), '')::uuid;
"""

POLICIES = """
ALTER TABLE access_readiness ENABLE ROW LEVEL SECURITY;
CREATE POLICY readiness_scope ON access_readiness
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));

ALTER TABLE access_accesslog ENABLE ROW LEVEL SECURITY;
CREATE POLICY accesslog_read ON access_accesslog FOR SELECT USING (samvirke_sees(municipality_id));
CREATE POLICY accesslog_add ON access_accesslog FOR INSERT
    WITH CHECK (samvirke_sees(municipality_id) AND account IS NOT DISTINCT FROM samvirke_account());

ALTER TABLE access_journal ENABLE ROW LEVEL SECURITY;
CREATE POLICY journal_read ON access_journal FOR SELECT
    USING (samvirke_sees(municipality_id) OR (municipality_id IS NULL AND account = samvirke_account()));
CREATE POLICY journal_add ON access_journal FOR INSERT
    WITH CHECK (
        (samvirke_sees(municipality_id) OR (municipality_id IS NULL AND account = samvirke_account()))
        AND account IS NOT DISTINCT FROM samvirke_account()
    );
"""

UNCHANGEABLE = """
CREATE FUNCTION samvirke_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '% cannot be changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER installation_stays BEFORE UPDATE OR DELETE ON access_installation
    FOR EACH ROW EXECUTE FUNCTION samvirke_refuse();
CREATE TRIGGER installation_is_not_emptied BEFORE TRUNCATE ON access_installation
    FOR EACH STATEMENT EXECUTE FUNCTION samvirke_refuse();
"""

ONLY_ADDED = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON access_journal, access_accesslog, access_link FROM samvirke_app;
        REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_installation FROM samvirke_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """Rows are seen only through a scope; logs are only added to; what the installation is stays."""

    dependencies = [("access", "0001_logs_and_readiness")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS, "DROP FUNCTION samvirke_sees(text); DROP FUNCTION samvirke_account()"
        ),
        migrations.RunSQL(
            POLICIES,
            """
            DROP POLICY readiness_scope ON access_readiness;
            DROP POLICY accesslog_read ON access_accesslog;
            DROP POLICY accesslog_add ON access_accesslog;
            DROP POLICY journal_read ON access_journal;
            DROP POLICY journal_add ON access_journal;
            """,
        ),
        migrations.RunSQL(
            UNCHANGEABLE,
            """
            DROP TRIGGER installation_stays ON access_installation;
            DROP TRIGGER installation_is_not_emptied ON access_installation;
            DROP FUNCTION samvirke_refuse();
            """,
        ),
        migrations.RunSQL(ONLY_ADDED, migrations.RunSQL.noop),
    ]
