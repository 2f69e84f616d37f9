"""The same person twice: one follow-up left, and everything back when it was a mistake."""

import pytest
from django.test import Client

from samvirke.access.scope import NotYours, opened, system_scope
from samvirke.followup import actions, figures, queries
from samvirke.followup.identity import Identity
from samvirke.followup.lists import board
from samvirke.followup.models import Closing, Merge, Person, Step
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW
from samvirke.kit.errors import BadInput
from tests.cast import login

AGAIN = Identity(first="Ida M", last="Solbaken", birth="1991", phones=("00 00 12 34", "00 00 55 55"))
COLUMNS = ("id", "code", "state", "settled_because", "opens", "aim", "closes")


@pytest.fixture
def two(at_work):
    first = at_work.register()
    other = at_work.assigned(AGAIN)
    with opened(at_work.leader) as scope:
        return first, other, queries.followup(scope, other).person_id


def steps(house, followup):
    with opened(house.leader) as scope:
        return sorted(Step.objects.visible_to(scope).filter(followup=followup).values_list(*COLUMNS))


def merged(house):
    with opened(house.leader) as scope:
        return Merge.objects.visible_to(scope).filter(undone_at__isnull=True).first()


def test_two_become_one_and_two_again_as_they_were(at_work, two):
    first, other, gone = two
    before = at_work.row(other), steps(at_work, other)
    actions.merge(at_work.leader, first.person, gone, now=NOW + DAY)
    with opened(at_work.leader) as scope:
        kept = queries.seen(scope, first.person, why="prøve", now=NOW).identity
        assert kept.phones == ("+4700001234", "+4700005555")
    assert at_work.row(other).state == "closed"
    assert at_work.row(first.followup).state == "active"
    with opened(system_scope("prøve")):
        assert not figures.lost()
    actions.unmerge(at_work.leader, merged(at_work).id, now=NOW + DAY)
    after = at_work.row(other)
    for name in (
        "state",
        "contact_id",
        "deputy_id",
        "next_step_id",
        "next_opens",
        "next_closes",
        "next_owner",
        "closing_id",
    ):
        assert getattr(after, name) == getattr(before[0], name), name
    assert steps(at_work, other) == before[1]
    with opened(at_work.leader) as scope:
        kept = queries.seen(scope, first.person, why="prøve", now=NOW).identity
        assert kept.phones == ("+4700001234",)
    with opened(system_scope("prøve")):
        assert not figures.lost()


def test_who_never_wants_contact_is_not_contacted_under_another_spelling(at_work, two):
    first, other, gone = two
    at_work.attempt(other, Outcome.NEVER_AGAIN, NOW + DAY)
    actions.merge(at_work.leader, first.person, gone, now=NOW + DAY)
    row = at_work.row(first.followup)
    assert row.stopped
    assert row.next_owner == "team-leader"


def test_a_registration_like_the_one_that_is_gone_reaches_the_kept_one(at_work, two):
    first, _other, gone = two
    actions.merge(at_work.leader, first.person, gone, now=NOW)
    ties = actions.registering.Ties(same_as=gone)
    done = at_work.register(AGAIN, ties=ties)
    assert done.person == first.person


def test_nobody_merges_across_municipalities_or_twice(at_work, two):
    first, _other, gone = two
    with pytest.raises(NotYours):
        actions.merge(at_work.scope("team-leader@oslo", "0301"), first.person, gone, now=NOW)
    actions.merge(at_work.leader, first.person, gone, now=NOW)
    with pytest.raises(Exception, match="fra før"):
        actions.merge(at_work.leader, first.person, gone, now=NOW)


def test_the_leader_merges_on_the_screen(settings, at_work, two):
    settings.ALLOWED_HOSTS = ["localhost"]
    first, _other, gone = two
    client = login(Client(HTTP_HOST="localhost"), at_work.people["team-leader"])
    url = f"/arbeid/{HALDEN}/oppfolging/dobbelt/{at_work.incident}/"
    page = client.get(url).content.decode()
    assert "Ida Marie Solbakken" in page
    assert "Ida M Solbaken" in page
    client.post(url, {"behold": str(first.person), "bort": str(gone)})
    assert "Skill dem igjen" in client.get(url).content.decode()
    client.post(url, {"skill": str(merged(at_work).id)})
    assert merged(at_work) is None
    with opened(at_work.leader) as scope:
        assert Person.objects.visible_to(scope).count() == 2


def test_the_page_of_the_kept_one_tells_of_the_merge_and_lets_apart(settings, at_work, two):
    settings.ALLOWED_HOSTS = ["localhost"]
    first, _other, gone = two
    actions.merge(at_work.leader, first.person, gone, now=NOW)
    actions.declare(at_work.leader, first.followup, inhabil=False, now=NOW)
    client = login(Client(HTTP_HOST="localhost"), at_work.people["team-leader"])
    page = f"/arbeid/{HALDEN}/oppfolging/{first.followup}/"
    assert (
        "Slått sammen 20.11.2026 med en registrering på Ida M Solbaken." in client.get(page).content.decode()
    )
    told = {"skill": str(merged(at_work).id), "tilbake": str(first.followup)}
    answer = client.post(f"/arbeid/{HALDEN}/oppfolging/dobbelt/{at_work.incident}/", told)
    assert answer.url == page
    assert "Slått sammen" not in client.get(page).content.decode()


def test_the_other_registration_ends_as_the_same_person_and_counts_as_nobody_of_its_own(at_work, two):
    first, other, gone = two
    actions.merge(at_work.leader, first.person, gone, now=NOW + DAY)
    with opened(at_work.leader) as scope:
        (closing,) = Closing.objects.visible_to(scope).filter(followup=other)
        told = board.board(scope, HALDEN, NOW + DAY)
    assert closing.ending == Ending.SAME_PERSON
    assert (told.total["known"], told.total["closed"], told.total["active"]) == (1, 0, 1)
    actions.unmerge(at_work.leader, merged(at_work).id, now=NOW + DAY)
    with opened(at_work.leader) as scope:
        assert board.board(scope, HALDEN, NOW + DAY).total["known"] == 2


def test_nobody_ends_somebody_as_the_same_person_by_hand_or_takes_them_up_alone(at_work, two):
    first, other, gone = two
    for ending in (Ending.SAME_PERSON, Ending.NEVER_AGAIN, Ending.TRANSFERRED):
        with pytest.raises(BadInput):
            actions.close(at_work.leader, other, ending, "Prøve", way_back_told=True, now=NOW)
    actions.merge(at_work.leader, first.person, gone, now=NOW)
    with pytest.raises(BadInput, match="slått sammen"):
        actions.reopen(at_work.leader, other, "Ringte selv", now=NOW)


def test_the_page_of_the_other_registration_leads_to_the_kept_one(settings, at_work, two):
    settings.ALLOWED_HOSTS = ["localhost"]
    first, other, gone = two
    actions.merge(at_work.leader, first.person, gone, now=NOW)
    actions.declare(at_work.leader, first.followup, inhabil=False, now=NOW)
    client = login(Client(HTTP_HOST="localhost"), at_work.people["team-leader"])
    page = client.get(f"/arbeid/{HALDEN}/oppfolging/{other}/").content.decode()
    assert "Samme person som en annen på listen" in page
    assert f"/oppfolging/{first.followup}/" in page
    assert f"/oppfolging/{other}/gjenapne/" not in page
    assert "Ta opp igjen" not in page


def test_who_is_followed_up_is_never_merged_into_a_follow_up_that_is_over(at_work, two):
    first, other, gone = two
    over = "Var ikke der."
    actions.close(
        at_work.leader, first.followup, Ending.NOT_AFFECTED, over, way_back_told=True, now=NOW + DAY
    )
    with pytest.raises(BadInput, match="avsluttet"):
        actions.merge(at_work.leader, first.person, gone, now=NOW + DAY)
    assert at_work.row(other).state == "active"
    actions.merge(at_work.leader, gone, first.person, now=NOW + DAY)
    assert at_work.row(other).state == "active"


def test_a_stop_of_a_follow_up_that_is_over_reaches_the_kept_one_and_goes_when_they_are_let_apart(
    at_work, two
):
    first, other, gone = two
    before = at_work.row(first.followup), steps(at_work, first.followup)
    at_work.attempt(other, Outcome.NEVER_AGAIN, NOW + DAY)
    actions.confirm_stop(at_work.leader, other, "Sa det klart.", now=NOW + DAY)
    actions.merge(at_work.leader, first.person, gone, now=NOW + DAY)
    assert at_work.row(first.followup).stopped
    actions.unmerge(at_work.leader, merged(at_work).id, now=NOW + DAY)
    row = at_work.row(first.followup)
    assert not row.stopped
    assert row.next_step_id == before[0].next_step_id
    after = [one for one in steps(at_work, first.followup) if one[1] != "review-closing"]
    assert after == before[1]


def test_the_check_finds_who_is_merged_into_nobody(at_work, two):
    first, _other, gone = two
    actions.merge(at_work.leader, first.person, gone, now=NOW)
    with opened(system_scope("prøve")) as scope:
        assert figures.lost() == []
        Merge.objects.visible_to(scope).update(undone_at=NOW)
        assert [one["kind"] for one in figures.lost()] == ["merged-into-nobody"]
