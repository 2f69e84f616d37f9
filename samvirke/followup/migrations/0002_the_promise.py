from django.db import migrations

# Pointers, not counts: two sessions that close the last two open steps at once would both pass a count.
# A key column that is null (`live` of a closed follow-up) takes the row out of the check.
STEPS = """
ALTER TABLE followup_step
    ADD CONSTRAINT step_as_the_next_one UNIQUE (id, followup_id, is_open, opens, closes, owner),
    ADD CONSTRAINT step_is_where_its_followup_is FOREIGN KEY (followup_id, municipality_id)
        REFERENCES followup_followup (id, municipality_id) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE followup_followup
    ADD CONSTRAINT next_step_is_an_open_one_of_its_own
        FOREIGN KEY (next_step_id, id, live, next_opens, next_closes, next_owner)
        REFERENCES followup_step (id, followup_id, is_open, opens, closes, owner)
        DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT followup_is_where_its_person_is FOREIGN KEY (person_id, municipality_id)
        REFERENCES followup_person (id, municipality_id) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
"""

CLOSINGS = """
ALTER TABLE followup_closing
    ADD CONSTRAINT closing_of_its_followup UNIQUE (id, followup_id),
    ADD CONSTRAINT closing_is_where_its_followup_is FOREIGN KEY (followup_id, municipality_id)
        REFERENCES followup_followup (id, municipality_id) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE followup_followup
    ADD CONSTRAINT closing_is_its_own FOREIGN KEY (closing_id, id)
        REFERENCES followup_closing (id, followup_id) DEFERRABLE INITIALLY DEFERRED;
"""

CHILDREN = ("attempt", "contactchange")
OF_PERSONS = ("personkey", "token", "relation", "consent", "barred")

TOGETHER = "".join(
    f"""
ALTER TABLE followup_{name} ADD CONSTRAINT {name}_is_where_its_followup_is
    FOREIGN KEY (followup_id, municipality_id) REFERENCES followup_followup (id, municipality_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
"""
    for name in CHILDREN
) + "".join(
    f"""
ALTER TABLE followup_{name} ADD CONSTRAINT {name}_is_where_its_person_is
    FOREIGN KEY (person_id, municipality_id) REFERENCES followup_person (id, municipality_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
"""
    for name in OF_PERSONS
)

TABLES = (
    "person", "personkey", "token", "relation", "consent", "barred", "block", "tip", "household", "followup",
    "step", "attempt", "journalled", "closing", "contactchange", "absence", "plantemplate",
)  # fmt: skip

POLICIES = "".join(
    f"""
ALTER TABLE followup_{name} ENABLE ROW LEVEL SECURITY;
CREATE POLICY {name}_scope ON followup_{name}
    USING (samvirke_sees(municipality_id)) WITH CHECK (samvirke_sees(municipality_id));
"""
    for name in TABLES
)

# Other municipalities are asked through these: they tell a municipality's number or a yes, never a person.
ELSEWHERE = """
CREATE FUNCTION samvirke_known_elsewhere(tokens bytea[], own text) RETURNS SETOF text LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public AS $$
    SELECT DISTINCT municipality_id::text FROM followup_token
    WHERE kind IN ('phone', 'nin') AND token = ANY(tokens) AND municipality_id <> own ORDER BY 1
$$;
CREATE FUNCTION samvirke_is_blocked(asked bytea[]) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT FROM followup_block WHERE tokens && asked)
$$;
CREATE INDEX followup_block_tokens ON followup_block USING gin (tokens);
"""

# Nobody is deleted. What was said and signed is not changed either; the owner erases, and moves rows along.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'samvirke_app') THEN
        REVOKE DELETE, TRUNCATE ON
            followup_person, followup_personkey, followup_followup, followup_step, followup_household, followup_tip,
            followup_block, followup_relation, followup_consent, followup_barred, followup_journalled
            FROM samvirke_app;
        REVOKE UPDATE, DELETE, TRUNCATE ON
            followup_attempt, followup_closing, followup_contactchange, followup_plantemplate
            FROM samvirke_app;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """No one is lost: held by pointers that a session of the application's role cannot leave dangling."""

    dependencies = [("followup", "0001_followup"), ("access", "0004_municipality_keys_under_scope")]

    operations = [
        migrations.RunSQL(STEPS, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSINGS, migrations.RunSQL.noop),
        migrations.RunSQL(TOGETHER, migrations.RunSQL.noop),
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        migrations.RunSQL(ELSEWHERE, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
