"""A municipality's own contact plans: previewed, carried out as one act, undone; and nobody late because a plan changed."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samvirke.access.models import Journal
from samvirke.access.scope import opened
from samvirke.followup import plans
from samvirke.followup.forms.plans import first
from samvirke.followup.identity import Identity
from samvirke.followup.rules.changing import Standing, change, facts, faults
from samvirke.followup.rules.lists import reference
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import DEFAULTS, window
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW, promise
from samvirke.followup.tests.test_screens import BASE, as_, client

__all__ = ["client"]
STEPS = DEFAULTS[0].steps
URL = f"{BASE}planer/direct/"


def typed(steps, **more):
    rows = first(steps)
    told = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        told |= {f"form-{number}-{name}": value for name, value in row.items() if value not in {False, ""}}
    return told | more


CHANGED = (
    *(step for step in STEPS if step.code != "day-3"),
    replace(STEPS[3], code="week-4", aim=28 * DAY, closes=30 * DAY),
)
MOVED = tuple(
    replace(step, aim=9 * DAY, closes=11 * DAY) if step.code == "day-7" else step for step in CHANGED
)


def carried_out(client, steps, url=URL):
    shown = client.post(url, typed(steps)).content.decode()
    seen = shown.split('name="sett" value="')[1].split('"')[0]
    return shown, client.post(url, typed(steps, sett=seen, innfor="1"))


def test_a_change_is_shown_first_and_then_carried_out_as_one_act_and_undone(client, at_work):
    found = at_work.assigned()
    before = [(step.code, step.aim) for step in at_work.steps(found, state="open")]
    as_(client, at_work, "team-leader")
    shown, done = carried_out(client, MOVED)
    assert "1 følger planen. 1 av dem blir endret." in shown
    for words in (
        "1 steg kommer til",
        "1 steg endres",
        "1 steg faller bort",
        str(found)[:8],
        "Uke 4 kommer til",
    ):
        assert words in shown
    assert "Solbakken" not in shown
    assert f">{reference(found)}<" in shown
    assert done.status_code == 302
    after = {step.code: step for step in at_work.steps(found, state="open")}
    assert "week-4" in after
    assert "day-3" not in after
    assert after["day-7"].aim == NOW + 9 * DAY
    assert "Kommunen har endret kontaktplanen." in client.get(f"{BASE}{found}/").content.decode()
    undo = f"{BASE}planer/direct/angre/"
    assert "1 steg kommer tilbake" in client.get(undo).content.decode()
    assert client.post(undo, {"versjon": "2"}).status_code == 302
    assert [(step.code, step.aim) for step in at_work.steps(found, state="open")] == before
    assert not promise()
    with opened(at_work.leader) as scope:
        codes = list(Journal.objects.visible_to(scope).filter(target="direct").values_list("code", flat=True))
    assert sorted(codes) == ["followup.plan.changed", "followup.plan.undone"]


def test_only_what_was_shown_is_carried_out(client, at_work):
    at_work.assigned()
    as_(client, at_work, "team-leader")
    shown = client.post(URL, typed(CHANGED)).content.decode()
    seen = shown.split('name="sett" value="')[1].split('"')[0]
    again = client.post(URL, typed(MOVED, sett=seen, innfor="1"))
    assert again.status_code == 200
    assert "Innfør endringen" in again.content.decode()
    with opened(at_work.leader) as scope:
        assert plans.version_of(scope, HALDEN, "direct") == 1


def test_a_plan_that_ends_early_or_has_no_beginning_is_refused(client, at_work):
    as_(client, at_work, "team-leader")
    short = tuple(step for step in STEPS if step.aim < 300 * DAY and step.code != "first")
    shown = client.post(URL, typed(short)).content.decode()
    assert "Planen må ha en første kontakt." in shown
    assert "etter elleve måneder" in shown
    assert "Innfør endringen" not in shown


def test_a_step_with_wrong_times_is_named(client, at_work):
    as_(client, at_work, "team-leader")
    wrong = tuple(replace(step, closes=DAY) if step.code == "day-7" else step for step in STEPS)
    assert "Se på: Dag 7." in client.post(URL, typed(wrong)).content.decode()


def test_a_part_gets_a_plan_of_its_own_and_it_is_put_away_again(client, at_work):
    injured = at_work.assigned()
    witness = at_work.assigned(Identity(first="Per", last="Moe"), part=Part.WITNESS)
    as_(client, at_work, "team-leader")
    assert client.post(f"{BASE}planer/", {"part": "witness"}).url == f"{BASE}planer/witness/"
    carried_out(client, CHANGED, f"{BASE}planer/witness/")
    assert "week-4" in {step.code for step in at_work.steps(witness, state="open")}
    assert "week-4" not in {step.code for step in at_work.steps(injured, state="open")}
    client.post(f"{BASE}planer/witness/angre/", {"versjon": "1"})
    assert "week-4" not in {step.code for step in at_work.steps(witness, state="open")}
    assert "day-3" in {step.code for step in at_work.steps(witness, state="open")}
    with opened(at_work.leader) as scope:
        assert plans.template(scope, HALDEN, "witness") is None


def test_a_new_person_gets_the_new_version(client, at_work):
    as_(client, at_work, "team-leader")
    carried_out(client, CHANGED)
    found = at_work.assigned()
    assert "week-4" in {step.code for step in at_work.steps(found)}
    assert at_work.steps(found, code="week-4")[0].template == "direct 2"


def test_a_plan_that_rests_after_a_no_goes_on_resting(client, at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.NO_THANKS, NOW)
    as_(client, at_work, "team-leader")
    carried_out(client, MOVED)
    assert {step.code for step in at_work.steps(found, state="open")} == {"offer-1"}
    assert "week-4" in {step.code for step in at_work.steps(found, state="paused")}
    assert not promise()


def test_what_is_not_rewritten_keeps_its_code_and_its_translation(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "team-leader")
    own = tuple(
        replace(step, reason="Ring fra kommunens nummer.") if step.code == "day-7" else step for step in STEPS
    )
    carried_out(client, own)
    assert at_work.steps(found, code="day-7")[0].reason == "Ring fra kommunens nummer."
    assert at_work.steps(found, code="week-2")[0].reason == "adjust"


@pytest.mark.parametrize(
    "who", ["contact-person", "registrar", "administrator", "outsider", "team-leader@oslo"]
)
def test_others_change_no_plan(client, at_work, who):
    as_(client, at_work, who)
    for url in (f"{BASE}planer/", URL, f"{URL}angre/", "/arbeid/3101/oppfolging/planer/finnes-ikke/"):
        assert client.get(url).status_code in {403, 404}
    assert client.post(URL, typed(CHANGED)).status_code in {403, 404}


def test_a_plan_that_does_not_exist_is_not_found(client, at_work):
    as_(client, at_work, "team-leader")
    for name in ("finnes-ikke", "dead", "missing"):
        assert client.get(f"{BASE}planer/{name}/").status_code == 404


picked = st.lists(st.sampled_from(STEPS), unique_by=lambda step: step.code, max_size=6)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(picked, picked, st.integers(0, 1200), st.sets(st.integers(0, 11)))
def test_a_change_makes_nobody_late_and_leaves_alone_what_is_done(old, new, days, finished):
    now = NOW + timedelta(days=days)
    standing = [
        Standing(
            UUID(int=number),
            step.code,
            window(step, known=NOW, event=NOW),
            "done" if number in finished else "open",
            facts(step),
        )
        for number, step in enumerate(old)
    ]
    found = change(standing, new, known=NOW, event=NOW, now=now)
    assert all(due.closes > now for _, due in found.added)
    assert all(due.closes > now for _, _, due in found.moved)
    touched = {id_ for id_, _, _ in (*found.moved, *found.back)} | set(found.cancelled)
    assert not touched & {UUID(int=number) for number in finished}
    assert change(standing, old, known=NOW, event=NOW, now=now).nothing or any(
        step.state == "done" for step in standing
    )


def test_the_defaults_are_without_fault():
    assert [faults(template.steps) for template in DEFAULTS] == [[], [], [], []]
