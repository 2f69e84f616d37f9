"""Who gets a contact person, who stands in, what happens when somebody is away or leaves."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samvirke.access.scope import NotYours, opened
from samvirke.accounts.actions.members import end_membership
from samvirke.followup import actions
from samvirke.followup.identity import Identity
from samvirke.followup.models import Absence, Followup, Household, Relation
from samvirke.followup.rules.counting import FEWEST, hidden
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.staffing import Worker, least_loaded, left_behind, propose_deputy
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/oppfolging/"


@pytest.fixture
def client(settings) -> Client:
    settings.ALLOWED_HOSTS = ["localhost"]
    return Client(HTTP_HOST="localhost")


def as_(client, house, who):
    return login(client, house.people[who])


def somebody(number: int) -> Identity:
    return Identity(first="Per", last=f"Nr{number}", birth="1990")


def family(house, size=2, *, apart=False):
    with opened(house.leader):
        home = Household.objects.create(municipality_id=HALDEN, closed_view=apart)
    return [house.register(somebody(number), household=home.id).followup for number in range(size)]


def pair(house, first="contact-person", second="health-professional"):
    return house.member(first), house.member(second)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9), st.booleans()), min_size=2, max_size=9))
def test_the_deputy_proposed_is_another_at_work_with_the_fewest(loads):
    day = NOW.date()
    staff = [
        Worker(uuid4(), uuid4(), "", people, late, day if away else None) for people, late, away in loads
    ]
    found = propose_deputy(staff[0].membership, staff)
    chosen = next(one for one in staff if one.membership == found)
    others = staff[1:]
    assert chosen in others
    if any(one.away is None for one in others):
        assert chosen.away is None
        assert chosen.people == min(one.people for one in others if one.away is None)
    assert least_loaded(staff)[-1].away == day or not any(one.away for one in staff)


def test_nobody_is_their_own_deputy_under_another_role():
    account = uuid4()
    one, two = Worker(uuid4(), account), Worker(uuid4(), account)
    assert propose_deputy(one.membership, [one, two]) is None


def test_who_is_left_behind_are_the_others_of_the_family():
    a, b, c, d = (UUID(int=number) for number in range(4))
    assert left_behind([a], {uuid4(): [a, b], uuid4(): [c, d]}) == {b}
    assert not left_behind([a, b], {uuid4(): [a, b]})


@given(st.dictionaries(st.integers(), st.integers(0, 30), max_size=8))
def test_what_is_hidden_cannot_be_reckoned_from_the_sum(sizes):
    kept = hidden(sizes)
    small = {key for key, size in sizes.items() if 0 < size < FEWEST}
    assert small <= kept
    lost = sum(sizes[key] for key in kept)
    if len(kept) < len([size for size in sizes.values() if size]):
        assert not kept or (len(kept) > 1 and lost >= FEWEST)


def test_the_deputy_is_proposed_when_nobody_is_chosen(client, at_work):
    found = at_work.register().followup
    as_(client, at_work, "team-leader")
    page = client.get(f"{BASE}ko/").content.decode()
    for said in (
        "Ida Marie Solbakken",
        "har ventet",
        "Ny på listen",
        "Foreslå for meg",
        "Kari Lunde: 0 personer",
    ):
        assert said in page
    sent = client.post(f"{BASE}ko/", {"contact": at_work.member("contact-person"), "rammet": [found]})
    assert sent.status_code == 302
    row = at_work.row(found)
    assert row.contact_id == at_work.member("contact-person")
    assert row.deputy_id in {at_work.member("team-leader"), at_work.member("health-professional")}


def test_many_get_a_contact_person_at_once_or_none_does(client, at_work):
    found = [at_work.register(somebody(number)).followup for number in range(3)]
    as_(client, at_work, "team-leader")
    contact, deputy = pair(at_work)
    assert client.post(f"{BASE}ko/", {"contact": contact, "deputy": deputy}).status_code == 422
    assert (
        client.post(f"{BASE}ko/", {"contact": contact, "deputy": contact, "rammet": found}).status_code == 422
    )
    assert all(at_work.row(one).queued_since for one in found)
    assert (
        client.post(f"{BASE}ko/", {"contact": contact, "deputy": deputy, "rammet": found}).status_code == 302
    )
    assert {at_work.row(one).contact_id for one in found} == {contact}


def test_a_family_stays_together_unless_it_is_said(client, at_work):
    one, two = family(at_work)
    as_(client, at_work, "team-leader")
    contact, deputy = pair(at_work)
    told = {"contact": contact, "deputy": deputy}
    refused = client.post(f"{BASE}ko/", {**told, "rammet": [one]})
    assert refused.status_code == 422
    assert "familien står i køen" in refused.content.decode()
    assert client.post(f"{BASE}ko/", {**told, "rammet": [one], "apart": "on"}).status_code == 302
    other = client.post(f"{BASE}ko/", {"contact": deputy, "deputy": contact, "rammet": [two]})
    assert "Familien har en annen kontaktperson" in other.content.decode()
    assert "Familien følges av Kari Lunde" in other.content.decode()
    assert client.post(f"{BASE}ko/", {**told, "rammet": [two]}).status_code == 302


def test_a_flagged_family_may_be_parted_without_a_word(at_work):
    one, _ = family(at_work, apart=True)
    actions.assign(at_work.leader, HALDEN, [one], *pair(at_work), now=NOW, together=True)
    assert at_work.row(one).contact_id


def test_the_families_of_victim_and_perpetrator_never_share_contact_person(at_work):
    mother, brother = family(at_work)
    wife, son = family(at_work)
    ids = {one: at_work.row(one).person_id for one in (mother, brother, wife, son)}
    with opened(at_work.leader):
        Relation.objects.create(
            municipality_id=HALDEN, person_id=ids[mother], other_id=ids[wife], kind="other", no_contact=True,
            added_at=NOW,
        )  # fmt: skip
    actions.assign(at_work.leader, HALDEN, [mother, brother], *pair(at_work), now=NOW)
    for other in (wife, son):
        with pytest.raises(BadInput, match="atskilt"):
            actions.assign(
                at_work.leader, HALDEN, [other], *pair(at_work, "health-professional", "team-leader"), now=NOW
            )
    with pytest.raises(BadInput, match="atskilt"):
        actions.assign(
            at_work.leader, HALDEN, [son], *pair(at_work, "team-leader", "contact-person"), now=NOW
        )
    assert at_work.row(son).queued_since


def test_a_hand_over_can_plan_that_the_new_one_tells(at_work):
    found = at_work.assigned()
    staff = pair(at_work, "team-leader")
    actions.hand_over(at_work.leader, found, *staff, "Kort om saken.", person_told="planned", now=NOW)
    (step,) = at_work.steps(found, code="new-contact")
    assert step.state == "open"
    assert step.closes == NOW + 3 * DAY
    with pytest.raises(BadInput):
        actions.hand_over(at_work.leader, found, *pair(at_work), " ", person_told="phone", now=NOW)
    with pytest.raises(BadInput):
        actions.hand_over(at_work.leader, found, *pair(at_work), "Notat", person_told="", now=NOW)


def test_the_deputys_list_takes_over_while_the_contact_person_is_away(client, at_work):
    at_work.assigned(now=timezone.now())
    as_(client, at_work, "health-professional")
    assert "Ida Marie" not in client.get(BASE).content.decode()
    assert "Ida Marie" in client.get(f"{BASE}?vis=stedfortreder").content.decode()
    as_(client, at_work, "contact-person")
    today = timezone.now().astimezone(OSLO).date()
    told = {"who": at_work.member("contact-person"), "first": today, "last": today + 3 * DAY}
    assert client.post(f"{BASE}fravaer/", told).status_code == 302
    assert "borte nå" in client.get(f"{BASE}fravaer/").content.decode()
    as_(client, at_work, "health-professional")
    page = client.get(BASE).content.decode()
    assert "Ida Marie" in page
    assert "borte til" in page
    with opened(at_work.leader) as scope:
        gone = Absence.objects.visible_to(scope).get()
    assert client.post(f"{BASE}fravaer/{gone.id}/avslutt/").status_code == 404
    as_(client, at_work, "contact-person")
    assert client.post(f"{BASE}fravaer/{gone.id}/avslutt/").status_code == 302
    as_(client, at_work, "health-professional")
    assert "Ida Marie" not in client.get(BASE).content.decode()


def test_save_and_next_follows_the_list_of_today_also_to_those_one_stands_in_for(client, at_work):
    """The late one comes before the first priority, as on the list; then whom one covers; then the list itself."""
    now = timezone.now()
    own = at_work.register(somebody(1), now=now).followup
    deputy, contact = at_work.member("health-professional"), at_work.member("contact-person")
    actions.assign(at_work.leader, HALDEN, [own], deputy, contact, now=now)
    covered = at_work.assigned(Identity(first="Nora", last="Lie", birth="2018"), now=now)
    late = at_work.assigned(somebody(3), part=Part.OTHER, now=now - 9 * DAY)
    for one in (own, covered, late):
        actions.declare(at_work.scope("health-professional"), one, inhabil=False, now=now)
    told = {"outcome": "accepts", "channel": "phone", "neste": "1"}
    as_(client, at_work, "health-professional")
    assert client.post(f"{BASE}{own}/forsok/", told).url == BASE, "nobody is away: only one's own"
    today = now.astimezone(OSLO).date()
    actions.register_absence(at_work.leader, HALDEN, contact, today, today, now=now)
    assert client.post(f"{BASE}{own}/forsok/", told).url == f"{BASE}{late}/"
    assert client.post(f"{BASE}{late}/forsok/", told).url == f"{BASE}{covered}/"
    assert client.post(f"{BASE}{covered}/forsok/", told).url == BASE


def test_the_leader_registers_anybodys_absence_and_others_only_their_own(client, at_work):
    day = (NOW + DAY).date()
    with pytest.raises(NotYours):
        actions.register_absence(
            at_work.contact, HALDEN, at_work.member("health-professional"), day, day, now=NOW
        )
    with pytest.raises(NotYours):
        actions.register_absence(
            at_work.leader, HALDEN, at_work.member("team-leader@oslo"), day, day, now=NOW
        )
    with pytest.raises(BadInput):
        actions.register_absence(
            at_work.leader, HALDEN, at_work.member("contact-person"), day, day - DAY, now=NOW
        )
    as_(client, at_work, "team-leader")
    today = timezone.now().astimezone(OSLO).date()
    told = {"who": at_work.member("contact-person"), "first": today, "last": today}
    assert client.post(f"{BASE}fravaer/", told).status_code == 302
    contact, deputy = pair(at_work)
    found = at_work.register().followup
    refused = client.post(f"{BASE}ko/", {"contact": contact, "deputy": deputy, "rammet": [found]})
    assert "er borte i dag" in refused.content.decode()
    meant = {"contact": contact, "deputy": deputy, "rammet": [found], "over_limit": "on"}
    assert client.post(f"{BASE}ko/", meant).status_code == 302


def test_those_with_nobody_at_work_stand_on_the_leaders_list(client, at_work):
    at_work.assigned(now=timezone.now())
    today = timezone.now().astimezone(OSLO).date()
    assert "Ingen på jobb" not in as_(client, at_work, "team-leader").get(BASE).content.decode()
    for one in pair(at_work):
        actions.register_absence(at_work.leader, HALDEN, one, today, today, now=timezone.now())
    page = client.get(f"{BASE}?vis=ingen-pa-jobb").content.decode()
    assert "Ida Marie" in page
    assert "Ingen på jobb" in page


def test_a_leavers_people_stand_in_the_queue_at_once_with_why(client, at_work):
    found = at_work.assigned()
    who = at_work.people["contact-person"]
    end_membership(at_work.scope("administrator"), HALDEN, who.id, now=NOW + DAY)
    page = as_(client, at_work, "team-leader").get(f"{BASE}ko/").content.decode()
    assert "Ida Marie" in page
    assert "har sluttet" in page
    with opened(at_work.leader) as scope:
        assert Followup.objects.visible_to(scope).get(id=found).contact_id is None


@pytest.mark.parametrize(
    "who", ["contact-person", "registrar", "administrator", "editor", "outsider", "team-leader@oslo"]
)
def test_the_queue_is_the_leaders(client, at_work, who):
    found = at_work.register().followup
    as_(client, at_work, who)
    contact, deputy = pair(at_work)
    assert client.get(f"{BASE}ko/").status_code in {403, 404}
    sent = client.post(f"{BASE}ko/", {"contact": contact, "deputy": deputy, "rammet": [found]})
    assert sent.status_code in {403, 404}
    assert at_work.row(found).queued_since
