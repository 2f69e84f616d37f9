from django.db import migrations

# A guest is named: the incident opens for that account, in the municipality they come from, until the moment given.
PARTS = """
CREATE OR REPLACE FUNCTION samvirke_takes_part(event uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public AS $$
    SELECT EXISTS (
        SELECT FROM incidents_participation p
        WHERE p.incident_id = event AND p.until IS NULL AND samvirke_sees(p.municipality_id)
    ) OR EXISTS (
        SELECT FROM incidents_guest g
        WHERE g.incident_id = event AND g.account = samvirke_account() AND g.until > now()
          AND samvirke_sees(g.home_id)
    )
$$;
CREATE FUNCTION samvirke_works_on(event uuid) RETURNS boolean LANGUAGE sql STABLE
    RETURN samvirke_leads(event) OR samvirke_takes_part(event);

DROP POLICY participation_read ON incidents_participation;
CREATE POLICY participation_read ON incidents_participation FOR SELECT
    USING (samvirke_sees(municipality_id) OR samvirke_works_on(incident_id));
"""

# What all who work on an incident read and add to. Who adds, does so in their own municipality's name.
SHARED = "".join(
    f"""
ALTER TABLE incidents_{name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {name}_read ON incidents_{name} FOR SELECT
    USING (samvirke_sees(municipality_id) OR samvirke_works_on(incident_id));
CREATE POLICY {name}_add ON incidents_{name} FOR INSERT
    WITH CHECK (samvirke_sees(municipality_id) AND samvirke_works_on(incident_id));
"""
    for name in ("report", "decision", "entry", "threat", "informed", "meeting", "lesson")
)
CHANGED = "".join(
    f"""
CREATE POLICY {name}_change ON incidents_{name} FOR UPDATE
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""
    for name in ("meeting", "lesson")
)
OWN = """
ALTER TABLE incidents_numbering ENABLE ROW LEVEL SECURITY;
CREATE POLICY numbering_scope ON incidents_numbering
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
ALTER TABLE incidents_calendarkey ENABLE ROW LEVEL SECURITY;
CREATE POLICY calendarkey_scope ON incidents_calendarkey
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""
# Only the lead asks guests in and offers the lead; the offered municipality sees the offer and may answer it.
LEAD = """
ALTER TABLE incidents_guest ENABLE ROW LEVEL SECURITY;
CREATE POLICY guest_read ON incidents_guest FOR SELECT
    USING (samvirke_sees(municipality_id) OR samvirke_works_on(incident_id));
CREATE POLICY guest_add ON incidents_guest FOR INSERT
    WITH CHECK (samvirke_sees(municipality_id) AND samvirke_leads(incident_id));
CREATE POLICY guest_change ON incidents_guest FOR UPDATE
    USING (samvirke_leads(incident_id)) WITH CHECK (samvirke_leads(incident_id));
ALTER TABLE incidents_takeover ENABLE ROW LEVEL SECURITY;
CREATE POLICY takeover_read ON incidents_takeover FOR SELECT
    USING (samvirke_sees(municipality_id) OR samvirke_sees(to_id));
CREATE POLICY takeover_add ON incidents_takeover FOR INSERT
    WITH CHECK (samvirke_sees(municipality_id) AND samvirke_leads(incident_id));
CREATE POLICY takeover_answer ON incidents_takeover FOR UPDATE
    USING (accepted IS NULL AND (samvirke_sees(municipality_id) OR samvirke_sees(to_id)))
    WITH CHECK (accepted IS FALSE AND (samvirke_sees(municipality_id) OR samvirke_sees(to_id)));
"""
# Leading moves here only: nobody sees both municipalities, so nobody could write both sides.
TAKE_OVER = """
CREATE FUNCTION samvirke_take_over(offer uuid, who uuid, moment timestamptz) RETURNS boolean LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public AS $$
DECLARE one incidents_takeover;
BEGIN
    SELECT * INTO one FROM incidents_takeover WHERE id = offer AND accepted IS NULL FOR UPDATE;
    IF NOT FOUND OR NOT samvirke_sees(one.to_id) THEN RETURN false; END IF;
    UPDATE incidents_incident SET municipality_id = one.to_id, version = version + 1
        WHERE id = one.incident_id AND municipality_id = one.municipality_id AND state = 'active';
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE incidents_takeover SET accepted = true, answered_by = who, answered_at = moment WHERE id = offer;
    UPDATE incidents_participation SET until = moment
        WHERE incident_id = one.incident_id AND municipality_id = one.to_id AND until IS NULL;
    INSERT INTO incidents_participation (id, incident_id, municipality_id, part, since, until)
        VALUES (gen_random_uuid(), one.incident_id, one.municipality_id, 'home', moment, NULL)
        ON CONFLICT (incident_id, municipality_id) DO UPDATE SET part = 'home', since = moment, until = NULL;
    RETURN true;
END $$;
"""
# A drill is deleted as a whole, and nothing else ever is. Foreign keys wait, so parents may go before children.
ERASE = """
CREATE FUNCTION samvirke_erase_rows(parent regclass, ids uuid[]) RETURNS void LANGUAGE plpgsql
    SET search_path = public AS $$
DECLARE child record; below uuid[];
BEGIN
    FOR child IN
        SELECT DISTINCT c.conrelid::regclass AS name, a.attname AS points,
            (SELECT k.attname FROM pg_constraint p JOIN pg_attribute k ON k.attrelid = p.conrelid AND k.attnum = p.conkey[1]
             WHERE p.conrelid = c.conrelid AND p.contype = 'p' AND k.atttypid = 'uuid'::regtype) AS key
        FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[array_position(c.confkey, (
            SELECT p.conkey[1] FROM pg_constraint p WHERE p.conrelid = c.confrelid AND p.contype = 'p'))]
        WHERE c.contype = 'f' AND c.confrelid = parent
    LOOP
        IF child.key IS NULL THEN
            EXECUTE format('DELETE FROM %s WHERE %I = ANY($1)', child.name, child.points) USING ids;
        ELSE
            EXECUTE format('WITH gone AS (DELETE FROM %s WHERE %I = ANY($1) RETURNING %I AS id) SELECT array_agg(id) FROM gone',
                child.name, child.points, child.key) INTO below USING ids;
            IF below IS NOT NULL THEN PERFORM samvirke_erase_rows(child.name, below); END IF;
        END IF;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION samvirke_erase_rows(regclass, uuid[]) FROM PUBLIC;

CREATE FUNCTION samvirke_erase_exercise(event uuid) RETURNS boolean LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM FROM incidents_incident WHERE id = event AND exercise AND samvirke_sees(municipality_id) FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    SET CONSTRAINTS ALL DEFERRED;
    PERFORM samvirke_erase_rows('incidents_incident', ARRAY[event]);
    DELETE FROM incidents_incident WHERE id = event;
    RETURN true;
END $$;
"""
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE ALL ON FUNCTION samvirke_erase_rows(regclass, uuid[]) FROM samvirke_app;
        REVOKE UPDATE, DELETE, TRUNCATE ON
            incidents_report, incidents_decision, incidents_entry, incidents_threat, incidents_informed
            FROM samvirke_app;
        REVOKE DELETE, TRUNCATE ON
            incidents_numbering, incidents_takeover, incidents_guest, incidents_meeting, incidents_lesson
            FROM samvirke_app;
        REVOKE UPDATE ON incidents_takeover, incidents_guest FROM samvirke_app;
        GRANT UPDATE (accepted, answered_by, answered_at) ON incidents_takeover TO samvirke_app;
        GRANT UPDATE (until) ON incidents_guest TO samvirke_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """Who works on an incident sees what belongs to it; what was said and signed is not changed."""

    dependencies = [
        ("incidents", "0003_reports_log_and_cooperation"),
        ("access", "0004_municipality_keys_under_scope"),
    ]

    operations = [
        migrations.RunSQL(PARTS, migrations.RunSQL.noop),
        migrations.RunSQL(SHARED + CHANGED + OWN + LEAD, migrations.RunSQL.noop),
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
        migrations.RunSQL(ERASE, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
