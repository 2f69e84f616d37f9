"""A simulated course: the same seed gives the same course, everything that can happen happens, and nobody is lost."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.db import transaction

from samvirke.access.models import Journal
from samvirke.access.scope import opened, system_scope
from samvirke.followup import figures
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.simulation.course import Course
from samvirke.followup.simulation.figures import figures as figures_of
from samvirke.followup.simulation.people import LAST, NOTES, invent_all

KEYS = {
    "persons", "hours_to_first_contact", "within_48h", "named_contact", "recontacted_after_no_on_time",
    "transfers_accepted", "referrals_lost",
}  # fmt: skip


def lost() -> list[dict[str, str]]:
    with opened(system_scope("prøve")):
        return figures.lost()


def course(seed: int, affected: int, days: int) -> tuple[Course, dict, set[str]]:
    """Go through a course and take it back; return it, its figures, and the codes of its journal."""
    with transaction.atomic():
        made = Course(Random(seed), datetime(2026, 1, 5, 8, tzinfo=UTC), lost)
        made.begin(10)
        for day in made.run(affected, days):
            if day == 20:
                made.leave(made.contacts("3101")[0])
        with opened(system_scope("prøve")) as scope:
            found = dict(figures_of(made.now))
            codes = set(Journal.objects.visible_to(scope).values_list("code", flat=True))
        transaction.set_rollback(True)
    return made, found, codes


@pytest.mark.slow
def test_the_same_seed_gives_the_same_course_and_nobody_is_lost(db):
    (one, first, codes), (other, second, _) = course(7, 14, 62), course(7, 14, 62)
    assert (one.attempts, first) == (other.attempts, second)
    assert set(first) == KEYS
    assert one.violations == []
    assert first["persons"] == 14
    assert first["transfers_accepted"] is None
    assert {
        "followup.person.registered", "followup.contact.assigned", "followup.attempt.recorded", "followup.step.settled",
        "followup.inhabilitet.declared", "accounts.membership.ended", "followup.contact.left",
    } <= codes  # fmt: skip


def test_people_are_invented_anew_from_a_seed_and_in_families():
    some = invent_all(300, Random(3))
    assert some == invent_all(300, Random(3))
    assert len(some) == 300
    assert all(one.identity.last in LAST for one in some)
    assert all(phone.startswith("+470000") for one in some for phone in one.identity.phones)
    families = [one for one in some if one.family is not None]
    assert len(families) > 60
    by_number = {one.number: one for one in some}
    assert all(by_number[one.family].identity.last == one.identity.last for one in families)
    assert some.index(by_number[families[0].family]) < some.index(families[0])
    for trait in ("vanishes", "moves", "ends", "comes_back"):
        assert any(getattr(one.temper, trait) for one in some)


def test_there_is_a_note_for_every_outcome_that_happens():
    assert set(NOTES) == set(Outcome) - {Outcome.DECEASED}
