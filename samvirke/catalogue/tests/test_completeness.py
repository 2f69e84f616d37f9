"""The command that says how complete the municipalities' pages are."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from samvirke.catalogue import actions, queries
from samvirke.catalogue.inputs import TextInput
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM, whole


def run(*options: str) -> list[dict]:
    out = io.StringIO()
    call_command("completeness", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_the_whole_country_without_a_municipality(halden, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        found = run()
    assert len(found) == 357
    assert {one["score"] for one in found} == {0.0}
    assert {item["state"] for one in found for item in one["items"]} == {"missing"}
    assert [one["municipality"] for one in found] == sorted(one["municipality"] for one in found)


def test_one_municipality(halden):
    now = timezone.now()
    change = actions.create_service(
        SYSTEM, halden, whole("kriseteam", "Kriseteamet"), now=now, confirmed_by="Leder"
    )
    (found,) = run("--municipality", HALDEN)
    mine = {item["rule"]: item["state"] for item in found["items"] if item["service"] == str(change.service)}
    assert mine == dict.fromkeys(
        ("services", "target-groups", "opening-hours", "phone", "phone-hours", "address"), "present"
    )
    assert found["score"] == round(6 / 63, 4)
    assert len(found["items"]) == 63


def test_a_shared_legevakt_counts_for_those_it_covers(halden):
    now = timezone.now()
    actions.create_service(
        SYSTEM,
        "3105",
        whole("legevakt", "Sarpsborg legevakt"),
        now=now,
        areas=[("municipality", HALDEN)],
        confirmed_by="Leder",
    )
    actions.create_service(
        SYSTEM,
        None,
        whole("akuttmottak", "Akuttmottaket Kalnes"),
        now=now,
        areas=[("trust", "sykehuset-ostfold")],
        confirmed_by="HF",
    )
    gp = whole(
        "fastlege", "Fastlegene", texts={"nb": TextInput("Fastlegene", description="Hjelp samme dag.")}
    )
    actions.create_service(SYSTEM, HALDEN, gp, now=now, confirmed_by="Leder")
    (found,) = run("--municipality", HALDEN)
    musts = {
        item["rule"]: item["state"]
        for item in found["items"]
        if item["service"] is None and not item["actor"]
    }
    assert musts == dict.fromkeys(("gp-same-day", "out-of-hours-legevakt", "acute-specialist"), "present")


def test_a_draft_tells_nothing(halden):
    actions.create_service(SYSTEM, halden, whole("kriseteam"), now=timezone.now())
    assert queries.completeness([halden], timezone.now())[halden].score == 0


def test_an_unknown_municipality_is_refused(db):
    with pytest.raises(CommandError) as refused:
        run("--municipality", "1234")
    assert refused.value.returncode == 2


def test_people_get_a_line_each(halden):
    out = io.StringIO()
    call_command("completeness", "--municipality", HALDEN, stdout=out)
    assert out.getvalue().startswith("3101")
