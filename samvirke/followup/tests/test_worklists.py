"""The worklist: whose turn it is, in which order, what colleagues see, and what it costs."""

import re
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samvirke.access.models import AccessLog
from samvirke.access.scope import opened
from samvirke.followup import actions
from samvirke.followup.identity import Identity
from samvirke.followup.lists import listing, worklists
from samvirke.followup.lists.worklists import Chosen, Who
from samvirke.followup.models import Followup, SavedFilter
from samvirke.followup.rules.lists import Group, cuts, group_of, reference
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part
from samvirke.followup.tests.conftest import DAY, HALDEN
from samvirke.kit.hours import OSLO
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/oppfolging/"
MINUTES = st.integers(-400 * 24 * 60, 400 * 24 * 60)
SOME_DAY = datetime(2026, 6, 15, 12, tzinfo=OSLO)


@pytest.fixture
def client(settings) -> Client:
    settings.ALLOWED_HOSTS = ["localhost"]
    return Client(HTTP_HOST="localhost")


def as_(client, house, who):
    return login(client, house.people[who])


def somebody(number: int, **facts: Any) -> Identity:
    return Identity(first="Per", last=f"Nr{number}", birth="1990", **facts)


def text(client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    return re.sub(r"\b\w{64}\b", "", page.content.decode())  # any short word may stand in a random token


def late_by(house, found, **gap):
    """Move a follow-up's next deadline, with its step: the database holds the two together."""
    now = timezone.now()
    one = house.row(found)
    with opened(house.leader) as scope:
        closes = now - timedelta(**gap)
        rows = house.steps(found, id=one.next_step_id)
        for step in rows:
            step.opens, step.aim, step.closes = closes - 2 * DAY, closes - DAY, closes
            step.save(update_fields=["opens", "aim", "closes"])
        Followup.objects.visible_to(scope).filter(id=found).update(
            next_opens=closes - 2 * DAY, next_closes=closes
        )
    return found


@given(MINUTES, MINUTES)
def test_every_deadline_is_in_one_group_and_the_groups_follow_each_other(shift, gap):
    now = SOME_DAY + timedelta(minutes=shift)
    found = cuts(now)
    assert [one.group for one in found] == list(Group)
    assert all(one.end == after.first for one, after in pairwise(found))
    closes = now + timedelta(minutes=gap)
    inside = [
        one.group
        for one in found
        if (one.first is None or one.first <= closes) and (one.end is None or closes < one.end)
    ]
    assert inside == [group_of(closes, now)]
    assert (group_of(closes, now) is Group.LATE) == (closes < now)


def test_on_a_sunday_tomorrow_is_not_far_ahead():
    sunday = datetime(2026, 11, 22, 23, tzinfo=OSLO)
    assert [group_of(sunday + timedelta(days=days), sunday) for days in (0, 1, 7, 8)] == [
        Group.TODAY, Group.WEEK, Group.WEEK, Group.LATER,
    ]  # fmt: skip


def test_a_reference_says_nothing_and_is_the_same_every_time():
    one = uuid4()
    assert reference(one) == reference(one)
    assert len(reference(one)) == 7


def test_mine_today_tells_what_to_do_by_when_through_which_channel(client, at_work):
    at_work.assigned(somebody(1, safe_contact="Ring bare på dagtid."), now=timezone.now())
    page = text(as_(client, at_work, "contact-person"), BASE)
    for said in ("Per Nr1", "Ring:", "Første kontakt", "innen", "Les om trygg kontakt først", "Mine i dag"):
        assert said in page
    assert "Ring bare på dagtid." not in page


def test_priority_comes_before_the_date_within_a_group(client, at_work):
    now = timezone.now()
    witness = at_work.assigned(somebody(1), part=Part.WITNESS, now=now - timedelta(hours=4))
    child = at_work.assigned(Identity(first="Nora", last="Lie", birth="2018"), part=Part.WITNESS, now=now)
    late = late_by(at_work, at_work.assigned(somebody(3), part=Part.OTHER, now=now), hours=3)
    with opened(at_work.contact) as scope:
        found = listing.listed(scope, {}, now)
    order = [line.id for _, lines in found.groups for line in lines]
    assert order == [late, child, witness]


def test_a_step_that_cannot_be_done_yet_is_ahead(client, at_work):
    found = at_work.assigned(now=timezone.now() - DAY)
    at_work.attempt(found, Outcome.ACCEPTS, timezone.now() - timedelta(hours=1))
    as_(client, at_work, "contact-person")
    assert "Ida Marie" not in text(client, BASE)
    assert "Ida Marie" in text(client, f"{BASE}?vis=framover")
    assert "tidligst" in text(client, f"{BASE}?vis=framover")


def test_a_colleagues_list_shows_no_name_age_or_cause(client, at_work):
    at_work.assigned(now=timezone.now(), part=Part.INJURED)
    other = at_work.assigned(Identity(first="Liv", last="Moe", birth="2015"), part=Part.BEREAVED,
                             message_is_delivered=True, now=timezone.now())  # fmt: skip
    staff = at_work.member("team-leader"), at_work.member("health-professional")
    actions.hand_over(at_work.leader, other, *staff, "Bytter.", person_told="phone", now=timezone.now())
    as_(client, at_work, "contact-person")
    page = text(client, f"{BASE}?vis=teamet")
    assert reference(other) in page
    assert f"{BASE}{other}/" not in page
    for secret in ("Liv", "Moe", "2015", "Ida", "Etterlatt", "Skadd", "3101-2026-01</a>"):
        assert secret not in page.split("data-row", 1)[1]
    assert "Navn vises ikke her" in page


def test_only_what_names_somebody_is_in_the_access_log(client, at_work):
    at_work.assigned(now=timezone.now())
    as_(client, at_work, "contact-person")
    text(client, f"{BASE}?vis=teamet")
    with opened(at_work.leader) as scope:
        mine = AccessLog.objects.visible_to(scope).filter(account=at_work.people["contact-person"].id)
        assert not mine.exists()
    text(client, BASE)
    with opened(at_work.leader) as scope:
        assert [row.payload["why"] for row in mine] == ["worklist:today"]


def test_what_waits_for_the_police_stands_under_waiting_and_says_no_contact(client, at_work):
    found = at_work.register(part=Part.BEREAVED, now=timezone.now()).followup
    staff = at_work.member("contact-person"), at_work.member("health-professional")
    actions.assign(at_work.leader, HALDEN, [found], *staff, now=timezone.now())
    as_(client, at_work, "contact-person")
    assert "Ida Marie" not in text(client, BASE)
    page = text(client, f"{BASE}?vis=venter")
    assert "Dødsbudskapet er ikke levert" in page
    assert "Ta den første" not in page


def test_the_leader_sees_everybody_by_name_and_contacts_see_their_own_late_ones(client, at_work):
    late = late_by(at_work, at_work.assigned(now=timezone.now()), hours=1)
    other = late_by(at_work, at_work.assigned(somebody(2), now=timezone.now()), hours=1)
    staff = at_work.member("team-leader"), at_work.member("health-professional")
    actions.hand_over(at_work.leader, other, *staff, "Bytter.", person_told="phone", now=timezone.now())
    as_(client, at_work, "contact-person")
    page = text(client, f"{BASE}?vis=over-fristen")
    assert str(late) in page
    assert str(other) not in page
    as_(client, at_work, "team-leader")
    page = text(client, f"{BASE}?vis=over-fristen")
    assert str(late) in page
    assert str(other) in page


def test_tabs_count_and_lead_to_their_lists(client, at_work):
    for number in range(3):
        at_work.assigned(somebody(number), now=timezone.now())
    at_work.register(somebody(9), now=timezone.now())
    page = text(as_(client, at_work, "team-leader"), BASE)
    assert f'href="{BASE}?vis=teamet">Teamets <span class="sv-num">(4)</span>' in page
    assert f'href="{BASE}ko/">Uten kontaktperson <span class="sv-num">(1)</span>' in page
    assert "Uten kontaktperson" not in text(as_(client, at_work, "contact-person"), BASE)


def test_a_filter_narrows_and_is_kept_for_oneself(client, at_work):
    at_work.assigned(somebody(1), now=timezone.now(), interpreter=True, language="so")
    at_work.assigned(somebody(2), now=timezone.now(), part=Part.WITNESS)
    as_(client, at_work, "contact-person")
    narrowed = text(client, f"{BASE}?vis=i-dag&tolk=1&sprak=so")
    assert "Nr1" in narrowed
    assert "Nr2" not in narrowed
    assert "Nr2" in text(client, f"{BASE}?rolle=witness&hendelse={at_work.incident}")
    sent = client.post(f"{BASE}utvalg/", {"vis": "i-dag", "tolk": "1", "name": "Tolk"})
    assert sent.url == f"{BASE}?vis=i-dag&tolk=1"
    with opened(at_work.leader) as scope:
        (kept,) = SavedFilter.objects.visible_to(scope)
    assert kept.choices == {"tolk": "1"}
    assert ">Tolk</a>" in text(client, BASE)
    as_(client, at_work, "health-professional")
    assert ">Tolk</a>" not in text(client, BASE)
    assert client.post(f"{BASE}utvalg/{kept.id}/fjern/").status_code == 404
    as_(client, at_work, "contact-person")
    assert client.post(f"{BASE}utvalg/{kept.id}/fjern/").status_code == 302
    assert ">Tolk</a>" not in text(client, BASE)


def test_pages_by_key_show_everybody_once(at_work):
    now = timezone.now()
    everybody = [at_work.assigned(somebody(number), now=now - timedelta(hours=number)) for number in range(7)]
    late_by(at_work, everybody[0], hours=2)
    with opened(at_work.contact) as scope:
        who = Who(scope, (at_work.member("contact-person"),), now)
        for named in (True, False):
            found, seen, after = worklists.lists(who)["today"], [], None
            while True:
                rows = worklists.page(scope, found, now, after=after, named=named, size=2)
                seen += [row.id for row in rows]
                if len(rows) < 2:
                    break
                after = worklists.read_key(worklists.write_key(rows[-1], now, after, named=named))
            assert len(seen) == len(everybody)
            assert set(seen) == set(everybody)


@pytest.mark.parametrize("key", ["", "x", "1_2_3", "9e99_1_9e99_00000000-0000-0000-0000-000000000000"])
def test_an_address_that_makes_no_sense_shows_the_first_page(client, at_work, key):
    at_work.assigned(now=timezone.now())
    page = text(as_(client, at_work, "contact-person"), f"{BASE}?vis=hva&etter={key}&hendelse=x&rolle=dead")
    assert "Ida Marie" in page


@pytest.mark.parametrize("who", ["contact-person", "team-leader"])
@pytest.mark.parametrize("vis", ["i-dag", "teamet", "over-fristen", "venter"])
def test_a_page_of_a_list_costs_eight_queries_however_long_it_is(client, at_work, who, vis):
    for number in range(9):
        at_work.assigned(somebody(number), now=timezone.now())
    at_work.register(somebody(10), now=timezone.now())
    with opened(at_work.scope(who)) as scope, CaptureQueriesContext(connection) as asked:
        listing.listed(scope, {"vis": vis}, timezone.now())
    assert len(asked) <= 8, [one["sql"][:80] for one in asked]
    as_(client, at_work, who).get(BASE)
    with CaptureQueriesContext(connection) as whole:
        client.get(f"{BASE}?vis={vis}")
    assert len(whole) <= 20, [one["sql"][:80] for one in whole]


def test_the_lists_walk_along_partial_indexes(at_work):
    """A plan without sequential scans on the big tables, however the statistics look: the indexes fit the questions."""
    at_work.assigned(now=timezone.now())
    with opened(at_work.leader) as scope:
        who = Who(scope, (at_work.member("team-leader"),), timezone.now())
        lists = worklists.lists(who)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        for name, index in {
            "today": "followups_of_a_",
            "team": "followups_of_a_team",
            "overdue": "followups_",
        }.items():
            plan = (
                worklists.chosen_from(lists[name], Chosen(), who.now)
                .order_by(*worklists.ORDER)[:51]
                .explain()
            )
            assert index in plan, plan


def test_wrong_roles_and_neighbours_find_nothing(client, at_work):
    at_work.assigned(now=timezone.now())
    for who in (
        "editor",
        "administrator",
        "registrar",
        "reviewer",
        "governor",
        "outsider",
        "team-leader@oslo",
    ):
        as_(client, at_work, who)
        assert client.get(BASE).status_code in {403, 404}
        assert client.post(f"{BASE}utvalg/", {"name": "x", "tolk": "1"}).status_code in {403, 404}
    assert "Ida Marie" not in text(
        as_(client, at_work, "team-leader@oslo"), "/arbeid/0301/oppfolging/?vis=teamet"
    )
