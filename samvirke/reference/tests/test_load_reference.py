"""samvirke load-reference: what it counts, refuses, changes and leaves alone."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from samvirke.kit.errors import BadInput
from samvirke.reference import actions, build
from samvirke.reference.actions import load_reference
from samvirke.reference.models import (
    Actor,
    County,
    District,
    Governor,
    HealthRegion,
    HealthTrust,
    Helpline,
    Municipality,
    PostalCode,
    Rvts,
)

MODELS = (
    Governor,
    HealthRegion,
    HealthTrust,
    Rvts,
    County,
    Municipality,
    District,
    PostalCode,
    Helpline,
    Actor,
)
COUNTS = {
    "governors": 10,
    "health_regions": 4,
    "health_trusts": 21,
    "rvts": 5,
    "counties": 15,
    "municipalities": 357,
    "oslo_districts": 15,
    "postal_codes": 5122,
    "helplines": 37,
    "actors": 48,
}


def change(folder: Path, file: str, key: str, **cells: str | None) -> None:
    """Write other values in the row whose first column is `key`; None takes the row away."""
    with (folder / file).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    fields = list(rows[0])
    for row in rows:
        if row[fields[0]] == key:
            row.update(cells)
    with (folder / file).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, fields)
        writer.writeheader()
        writer.writerows(row for row in rows if None not in row.values())


def versions() -> list[tuple[str, int]]:
    """Return every row's system version: it changes whenever a row is written, even with the same values."""
    found = []
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"SELECT xmin::text, count(*) FROM {model._meta.db_table} GROUP BY 1")  # noqa: S608
            found += cursor.fetchall()
    return found


def test_the_command_counts_and_a_second_run_writes_nothing(owner_db: None) -> None:
    before = versions()
    out = io.StringIO()
    call_command("load_reference", json=True, stdout=out)
    assert json.loads(out.getvalue()) == COUNTS
    assert versions() == before
    assert load_reference().changed == 0


def test_an_empty_database_is_filled(owner_db: None) -> None:
    for model in reversed(MODELS):
        model.objects.all().delete()
    loaded = load_reference()
    assert loaded.counts == COUNTS
    assert loaded.changed == sum(COUNTS.values())
    assert load_reference().changed == 0


def test_what_differs_is_put_right_and_nothing_else_is_touched(owner_db: None, copy: Path) -> None:
    change(copy, "municipalities.csv", "3205", website="https://example.no")
    change(copy, "postal_codes.csv", "9178", place=None)
    assert load_reference(copy).changed == 2
    assert Municipality.objects.get(pk="3205").website == "https://example.no"
    assert not PostalCode.objects.filter(pk="9178").exists()
    assert load_reference().changed == 2
    assert Municipality.objects.get(pk="3205").website == "https://www.lillestrom.kommune.no"


def test_the_invented_municipality_is_left_alone(owner_db: None) -> None:
    Municipality.objects.create(
        code="9999", name="Eksempel", name_unique="Eksempel", slug="eksempel", name_official="Eksempel",
        language_form="bokmal", invented=True,
    )  # fmt: skip
    assert load_reference().changed == 0
    assert Municipality.objects.get(pk="9999").invented


def test_a_wrong_file_changes_nothing_and_the_command_ends_with_two(
    owner_db: None, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(copy, "municipalities.csv", "3205", website="https://example.no")
    change(copy, "postal_codes.csv", "9178", kind="castle")
    monkeypatch.setattr(actions, "DATA", copy)
    monkeypatch.setattr(load_reference, "__defaults__", (copy,))
    with pytest.raises(CommandError, match=r"postal_codes\.csv, rad \d+, kind: «castle»") as error:
        call_command("load_reference")
    assert error.value.returncode == 2
    assert Municipality.objects.get(pk="3205").website == "https://www.lillestrom.kommune.no"


def test_a_row_in_use_is_not_taken_away(owner_db: None, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = build.everything(copy)
    monkeypatch.setattr(build, "everything", lambda _folder: facts)
    facts.health_regions.pop(0)
    with pytest.raises(BadInput, match=r"health_regions\.csv: helse-midt-norge er tatt bort, men er i bruk"):
        load_reference(copy)


@pytest.mark.parametrize(
    ("file", "key", "cells", "field"),
    [
        ("counties.csv", "03", {"governor": "fylkesmannen"}, "governor"),
        ("counties.csv", "11", {"code": "03"}, "code"),
        ("governors.csv", "agder", {"orgnr": "974762995"}, "orgnr"),
        ("health_trusts.csv", "ahus", {"kind": "sykehus"}, "kind"),
        ("municipalities.csv", "1103", {"slug": "kommuner"}, "slug"),
        ("municipalities.csv", "1103", {"slug": "sandnes"}, "slug"),
        ("municipalities.csv", "1103", {"trust": ""}, "trust"),
        ("municipalities.csv", "1103", {"county": "15"}, "county"),
        ("municipalities.csv", "1103", {"population": "mange"}, "population"),
        ("municipalities.csv", "1103", {"lat": "5.8"}, "lat"),
        ("municipalities.csv", "1103", {"population_date": "1.1.2024"}, "population_date"),
        ("municipalities.csv", "1103", {"website": "http://stavanger.no"}, "website"),
        ("municipalities.csv", "1103", {"name": "Stavanger "}, "name"),
        ("oslo_districts.csv", "01", {"trust": "ullevål"}, "trust"),
        ("postal_codes.csv", "0001", {"municipality": "0302"}, "municipality"),
        ("postal_codes.csv", "0001", {"municipality": ""}, "municipality"),
        ("helplines.csv", "leve", {"number": "+4722361700"}, "number"),
        ("helplines.csv", "leve", {"hours": "Mo-Fr 09:00-15:00"}, "hours"),
        ("helplines.csv", "nav-gjeld", {"hours": "hverdager 9-15"}, "hours"),
        ("helplines.csv", "nav-gjeld", {"number": "55 55 33 39"}, "number"),
        ("helplines.csv", "nav-gjeld", {"groups": "alle"}, "groups"),
        ("helplines.csv", "kors-pa-halsen", {"no_badge": "jul"}, "no_badge"),
        ("helpline_texts.csv", "leve", {"language": "se"}, "language"),
    ],
)
def test_a_mistake_is_named_by_file_row_and_field(
    copy: Path, file: str, key: str, cells: dict[str, str], field: str
) -> None:
    change(copy, file, key, **cells)
    with pytest.raises(BadInput) as error:
        build.everything(copy)
    assert (error.value.file, error.value.field) == (file, field)
    assert error.value.row
    assert error.value.row > 1


def test_missing_files_columns_and_broken_json_are_named(copy: Path) -> None:
    (copy / "rvts.csv").unlink()
    with pytest.raises(BadInput, match=r"rvts\.csv: Filen finnes ikke"):
        build.everything(copy)
    (copy / "rvts.csv").write_text("key,name_short\n")
    with pytest.raises(BadInput, match=r"rvts\.csv, rad 1, name_nb: Kolonnen mangler"):
        build.everything(copy)
    (copy / "rvts.csv").write_bytes("Øst,key\n".encode("latin-1"))
    with pytest.raises(BadInput, match="UTF-8"):
        build.everything(copy)


def test_a_mistake_among_the_actors_is_named(copy: Path) -> None:
    found = json.loads((copy / "actors.json").read_text(encoding="utf-8"))
    del found[3]["name"]["nn"]
    (copy / "actors.json").write_text(json.dumps(found))
    with pytest.raises(BadInput, match=r"actors\.json, rad 4, name"):
        build.everything(copy)
    (copy / "actors.json").write_text("[")
    with pytest.raises(BadInput, match=r"actors\.json: Filen er ikke gyldig JSON"):
        build.everything(copy)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_the_application_reads_and_cannot_write(model: type[Model]) -> None:
    assert getattr(model, "holds", None) == "PUBLIC"
    assert model._default_manager.exists()
    table, key = model._meta.db_table, model._meta.pk.column
    statements = (
        f"INSERT INTO {table} SELECT * FROM {table}",  # noqa: S608
        f"UPDATE {table} SET {key} = {key}",  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
        f"TRUNCATE {table} CASCADE",
    )
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_database_refuses_an_unconfirmed_number(owner_db: None) -> None:
    with pytest.raises(IntegrityError, match="helpline_number_is_confirmed"):
        Helpline.objects.filter(pk="leve").update(number="+4722361700")
