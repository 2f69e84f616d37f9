from django.db import migrations

# A drill is answered about the invented people of drills, and nothing else; what is real about nobody invented. Else a
# drill, deleted afterwards, would tell who is followed up in the whole country.
ELSEWHERE = """
DROP FUNCTION samvirke_known_elsewhere(bytea[], text);
CREATE FUNCTION samvirke_known_elsewhere(tokens bytea[], own text, drill boolean) RETURNS SETOF text LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT t.municipality_id::text FROM followup_token t JOIN followup_person p ON p.id = t.person_id
    WHERE t.kind IN ('phone', 'nin') AND t.token = ANY(tokens) AND t.municipality_id <> own
      AND p.protection <> 'strengt-fortrolig' AND p.invented = drill
    ORDER BY 1
$$;
"""


class Migration(migrations.Migration):
    """Whoever drills learns nothing about anybody real in another municipality."""

    dependencies = [("followup", "0013_plan_for_children")]

    operations = [migrations.RunSQL(ELSEWHERE, migrations.RunSQL.noop)]
