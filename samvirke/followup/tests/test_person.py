"""One person's page: how to reach them, the attempt, wishes, family, consents, the plan by hand, and who has looked."""

from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samvirke.access.models import Journal
from samvirke.access.scope import opened, system_scope
from samvirke.followup import actions
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.identity import Identity
from samvirke.followup.models import Consent, Followup, Journalled, Relation
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.rules.wishes import ALWAYS, Ahead, left_out
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW, SOMEBODY
from samvirke.followup.tests.test_screens import BASE, as_, client

__all__ = ["client"]
SAFE = "Ring bare etter klokka 16, si at du ringer fra tannlegen."


def page(client, found, url=""):
    return client.get(f"{BASE}{found}/{url}").content.decode()


def test_what_makes_a_call_safe_stands_before_the_number(client, at_work):
    found = at_work.assigned(replace(SOMEBODY, safe_contact=SAFE), interpreter=True, language="so")
    as_(client, at_work, "contact-person")
    shown = page(client, found)
    assert shown.index("tannlegen") < shown.index("Bestill kvalifisert tolk") < shown.index("tel:+4700001234")
    assert shown.index("Jeg har lest dette") < shown.index("tel:+4700001234")
    assert "somali" in shown


def test_where_a_person_is_and_with_whom_stands_before_the_number(client, at_work):
    child = at_work.assigned(
        Identity(
            first="Nora", last="Lie", birth="2019", phones=("00 00 12 34",), now_at="Rådhuset, rom 3",
            together_with="Mormor Berit Lie", needs="Bruker rullestol", school_or_work="Fjellskolen",
        )
    )  # fmt: skip
    as_(client, at_work, "contact-person")
    page = client.get(f"{BASE}{child}/").content.decode()
    for told in ("Rådhuset, rom 3", "Mormor Berit Lie", "Bruker rullestol"):
        assert page.index(told) < page.index("tel:+4700001234")
    assert "Fjellskolen" in page


def test_who_must_not_be_contacted_has_the_leaders_act_first_and_the_attempt_put_away(client, at_work):
    found = at_work.assigned(SOMEBODY, part=Part.BEREAVED)
    as_(client, at_work, "team-leader")
    page = client.get(f"{BASE}{found}/").content.decode()
    act, put_away = page.index(f"{found}/dodsbudskap/"), page.index("Har noen likevel vært i kontakt?")
    assert page.index("ds-alert") < act < put_away < page.index("Hvordan gikk det?")
    as_(client, at_work, "contact-person")
    assert "/dodsbudskap/" not in client.get(f"{BASE}{found}/").content.decode()


def test_every_outcome_says_what_follows_before_it_is_saved(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "contact-person")
    shown = page(client, found)
    assert shown.index("acute-danger") < shown.index("accepts")
    for words in (
        "113 medisinsk nødtelefon",
        "112 politi",
        "116 117 legevakt",
        "Neste kontakt:",
        "Ingen tar kontakt mer",
    ):
        assert words in shown
    assert "Kilde:" in shown


@pytest.mark.parametrize("facts", [{"part": Part.BEREAVED}, {}])
def test_who_must_not_be_contacted_has_no_number_on_the_page(client, at_work, facts):
    found = at_work.assigned(**facts)
    if not facts:
        at_work.attempt(found, Outcome.NEVER_AGAIN, NOW)
    as_(client, at_work, "team-leader")
    shown = page(client, found)
    assert "Ikke ta kontakt" in shown
    assert "00001234" not in shown


def test_somebody_is_edited_and_two_at_once_do_not_overwrite(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "contact-person")
    told = {"protection": "none", "first": "Ida", "last": "Solbakken", "birth": "1991", "phones": "00 00 55 55",
            "language": "pl", "interpreter": "on", "version": "1", "avoid": "Eksmannen", "guardian": "Verge: Per Moe"}  # fmt: skip
    assert client.post(f"{BASE}{found}/endre/", told).status_code == 302
    shown = page(client, found)
    for word in ("Eksmannen", "Per Moe", "polsk", "00005555"):
        assert word in shown
    late = client.post(f"{BASE}{found}/endre/", {**told, "first": "Anne"})
    assert late.status_code == 422
    assert "Noen andre har endret" in late.content.decode()
    with opened(at_work.leader) as scope:
        row = Journal.objects.visible_to(scope).get(code="followup.person.edited")
        assert "Solbakken" not in str(row.payload)


def test_a_wish_for_fewer_contacts_or_letters_only_changes_the_plan_and_back(client, at_work):
    found = at_work.assigned()
    before = [step.code for step in at_work.steps(found, state="open")]
    as_(client, at_work, "contact-person")
    assert client.post(f"{BASE}{found}/onsker/", {"fewer": "on", "only": "letter"}).status_code == 302
    left = at_work.steps(found, state="open")
    assert {"first", "mapping-1", "year-1"} <= {step.code for step in left}
    assert "day-3" not in {step.code for step in left}
    assert {step.channel for step in left} == {"letter"}
    shown = page(client, found)
    assert "Bare brev" in shown
    assert "tel:" not in shown.replace("tel:11", "")
    assert "Personen ønsker færre kontakter." in shown
    client.post(f"{BASE}{found}/onsker/", {"only": ""})
    assert sorted(step.code for step in at_work.steps(found, state="open")) == sorted(before)
    assert at_work.steps(found, code="day-7")[0].channel == "meeting"


steps = st.lists(
    st.tuples(st.sampled_from(["first", "day-3", "month-3", "year-1"]), st.integers(0, 900), st.booleans()),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_fewer_is_never_none_and_keeps_what_must_be_kept(told):
    planned = [
        Ahead(UUID(int=number), code, NOW + days * DAY, health)
        for number, (code, days, health) in enumerate(told)
    ]
    out = set(left_out(planned, NOW))
    assert not planned or len(out) < len(planned)
    assert not any(step.id in out for step in planned if step.health or step.code in ALWAYS)
    free = sorted(
        step.aim for step in planned if step.id not in out and not step.health and step.code not in ALWAYS
    )
    assert all(later - earlier >= 60 * DAY for earlier, later in pairwise(free))


def test_consents_are_kept_per_purpose_and_recipient_and_the_newest_counts(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "contact-person")
    told = {
        "purpose": "share",
        "recipient": "school",
        "given_by": "self",
        "how": "oral",
        "said_on": "2026-11-20",
    }
    url = f"{BASE}{found}/samtykker/"
    for state in ("given", "withdrawn"):
        day = "2026-11-20" if state == "given" else "2026-11-21"
        assert client.post(url, {**told, "state": state, "said_on": day}).status_code == 302
    client.post(url, {**told, "state": "objected", "recipient": "employer"})
    shown = page(client, found, "samtykker/")
    now = shown[: shown.index("Før noe nytt")]
    assert "Trekker samtykket tilbake" in now
    assert "Samtykker</span>" not in now
    assert client.post(url, {**told, "state": "given", "said_on": "2099-01-01"}).status_code == 422
    with opened(at_work.leader) as scope:
        assert Consent.objects.visible_to(scope).count() == 3
    assert "Skole eller barnehage" in page(client, found)


def two(at_work, **facts):
    child = at_work.assigned(Identity(first="Nora", last="Solbakken", birth="2014"))
    mother = at_work.assigned(Identity(first="Ida Marie", last="Solbakken", birth="1985"), **facts)
    return child, mother


def tie(client, at_work, one, other, **told):
    name = {"gjor": "sok", "name": "Ida Marie Solbakken"}
    assert "Ida Marie Solbakken, 1985" in client.post(f"{BASE}{one}/familie/", name).content.decode()
    given = {"gjor": "knytt", "other": at_work.row(other).person_id, "kind": "parent", **told}
    return client.post(f"{BASE}{one}/familie/", given)


def test_each_parent_is_a_person_of_their_own_tied_to_the_child(client, at_work):
    child, mother = two(at_work)
    as_(client, at_work, "contact-person")
    assert tie(client, at_work, child, mother, custody="on", household="on").status_code == 302
    shown = page(client, child, "familie/")
    assert "Forelder:" in shown
    assert "Foreldreansvar" in shown
    assert "Barn:" in page(client, mother, "familie/")
    assert at_work.row(child).household_id == at_work.row(mother).household_id is not None
    client.post(f"{BASE}{child}/familie/", {"gjor": "lukk"})
    for one, name in ((child, "Ida Marie"), (mother, "Nora")):
        closed = page(client, one, "familie/")
        assert "Familiebildet er lukket" in closed
        assert name not in closed


def test_who_must_be_kept_apart_loses_the_shared_contact_person_at_once(client, at_work):
    child, mother = two(at_work)
    as_(client, at_work, "team-leader")
    wrong = tie(client, at_work, child, mother, apart="on", household="on")
    assert wrong.status_code == 422
    assert tie(client, at_work, child, mother, apart="on").status_code == 302
    assert at_work.row(child).queued_since
    assert at_work.row(mother).contact_id
    with opened(at_work.leader) as scope:
        relation = Relation.objects.visible_to(scope).get()
    client.post(f"{BASE}{child}/familie/", {"gjor": "fjern", "kobling": relation.id})
    assert "Ida Marie" not in page(client, child, "familie/")


def test_a_visit_to_a_household_is_written_on_one_screen(client, at_work):
    child, mother = two(at_work)
    as_(client, at_work, "contact-person")
    tie(client, at_work, child, mother, household="on")
    url = f"{BASE}{child}/husstand/"
    assert "Ida Marie Solbakken" in client.get(url).content.decode()
    told = {"channel": "visit", f"{child}-outcome": "accepts", f"{mother}-outcome": "acute-danger"}
    assert client.post(url, told).status_code == 422
    assert client.post(url, {"channel": "visit"}).status_code == 422
    told |= {f"{mother}-done_what": "Ringte 113, Kari Lunde"}
    assert client.post(url, told).status_code == 302
    for one in (child, mother):
        assert at_work.steps(one, code="first")[0].state == "done"


def test_the_plan_by_hand_is_sealed_and_shown(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "team-leader")
    trial = {"code": "trial", "aim": "2099-03-01T10:00", "reason": "Saken mot naboen Ola"}
    assert client.post(f"{BASE}{found}/nytt-steg/", trial).status_code == 302
    step = at_work.steps(found, code="day-3")[0]
    assert client.post(f"{BASE}{found}/steg/{step.id}/hopp-over/", {"reason": "Er på tur"}).status_code == 302
    assert client.post(f"{BASE}{found}/pause/", {"until": "2099-01-01", "reason": "Ferie"}).status_code == 422
    shown = page(client, found)
    assert shown.count("Saken mot naboen Ola") == 2
    assert "Er på tur" in shown
    with opened(system_scope("prøve")) as scope:
        kept = str(list(Followup.objects.visible_to(scope).values())) + str(
            [(one.reason, one.settled_because) for one in at_work.steps(found)]
        )
    assert "naboen" not in kept
    assert "tur" not in kept


def test_a_lacking_journal_note_is_filled_in_by_the_one_who_made_the_attempt(client, at_work):
    found = at_work.assigned()
    mapping = at_work.steps(found, code="mapping-1")[0]
    done = actions.record_attempt(
        at_work.contact, found, at_work_tried(), now=NOW + 38 * DAY, step_id=mapping.id
    )
    as_(client, at_work, "contact-person")
    url = f"{BASE}{found}/journalfort/{done.attempt}/"
    assert url in page(client, found)
    for who in ("team-leader", "health-professional", "contact-person"):
        listed = as_(client, at_work, who).get(f"{BASE}journalforing/").content.decode()
        assert url in listed
        assert "Solbakken" not in listed
    assert client.post(url, {"system": "CosDoc", "on": "2099-01-01"}).status_code == 422
    assert client.post(url, {"system": "CosDoc", "on": "2026-11-20"}).status_code == 302
    assert client.post(url, {"system": "Annet", "on": "2026-11-20"}).status_code == 422
    assert "journalført i CosDoc 20.11.2026" in page(client, found)
    assert url not in client.get(f"{BASE}journalforing/").content.decode()
    with opened(at_work.leader) as scope:
        assert not Journalled.objects.visible_to(scope).filter(on__isnull=True).exists()


def at_work_tried():
    return Tried("meeting", Outcome.ACCEPTS)


def test_who_has_looked_is_told_in_words_to_the_leader_and_those_who_review(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "contact-person").get(f"{BASE}{found}/")
    assert client.get(f"{BASE}{found}/hvem-har-sett/").status_code == 403
    for who in ("team-leader", "reviewer", "privacy-officer"):
        shown = as_(client, at_work, who).get(f"{BASE}{found}/hvem-har-sett/").content.decode()
        assert "Kari Lunde" in shown
        assert "åpnet saken" in shown
        assert "Solbakken" not in shown


def test_the_sheet_for_the_way_back_names_nobody_and_nothing(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "contact-person")
    shown = page(client, found, "vei-tilbake/")
    assert "Kari Lunde" in shown
    assert "116 117" in shown
    for word in ("Solbakken", "Hendelse i sentrum"):
        assert word not in shown


OWN = (
    "",
    "endre/",
    "onsker/",
    "samtykker/",
    "familie/",
    "husstand/",
    "nytt-steg/",
    "vei-tilbake/",
    "ansatte/",
)


@pytest.mark.parametrize(
    "who", ["registrar", "editor", "reviewer", "governor", "outsider", "team-leader@oslo"]
)
def test_others_open_nothing_of_it(client, at_work, who):
    found = at_work.assigned()
    as_(client, at_work, who)
    for url in OWN:
        assert client.get(f"{BASE}{found}/{url}").status_code in {403, 404}
        assert client.get(f"/arbeid/0301/oppfolging/{found}/{url}").status_code in {403, 404}


def test_another_contact_person_opens_nothing_of_it(client, at_work):
    found = at_work.register().followup
    staff = at_work.member("health-professional"), at_work.member("team-leader")
    actions.assign(at_work.leader, HALDEN, [found], *staff, now=NOW)
    as_(client, at_work, "contact-person")
    for url in (*OWN, "kjenner-du/"):
        assert client.get(f"{BASE}{found}/{url}").status_code == 404
    assert (
        client.post(f"{BASE}{found}/forsok/", {"outcome": "accepts", "channel": "phone"}).status_code == 404
    )


def test_a_shielded_persons_number_is_shown_when_asked_for_and_that_is_logged(client, at_work):
    found = at_work.assigned(protection=Protection.STRICTLY_CONFIDENTIAL)
    as_(client, at_work, "contact-person")
    assert "00001234" not in page(client, found)
    assert "tel:+4700001234" in client.post(f"{BASE}{found}/ring/").content.decode()
    as_(client, at_work, "team-leader")
    assert "viste telefonnummeret" in page(client, found, "hvem-har-sett/")


def test_what_stands_in_the_way_of_an_ending_is_shown_before_the_form(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "team-leader")
    shown = page(client, found, "avslutt/")
    form = shown.index("<form", shown.index("Dette kan du velge"))
    assert shown.index("mindre enn tolv måneder") < form
    assert shown.index("Personen har ikke bedt om å avslutte") < form


def test_after_a_year_the_leader_signs_and_the_long_tail_goes_on(client, at_work):
    long_ago = NOW - 380 * DAY
    found = at_work.assigned(known_at=long_ago)
    at_work.attempt(found, Outcome.ACCEPTS, NOW)
    as_(client, at_work, "team-leader")
    told = {"ending": "long-tail", "reason": "Enige om det", "way_back_told": "on"}
    assert client.post(f"{BASE}{found}/avslutt/", {**told, "way_back_told": ""}).status_code == 422
    assert client.post(f"{BASE}{found}/avslutt/", told).status_code == 302
    assert [step.code for step in at_work.steps(found, state="open")] == ["month-18", "year-2", "year-3"]
    assert at_work.row(found).state == "active"
    assert "Enige om det" in page(client, found)


def test_a_person_who_asked_may_end_but_a_child_only_after_the_leaders_review(client, at_work):
    adult = at_work.assigned()
    child = at_work.assigned(Identity(first="Nora", last="Lie", birth="2016"))
    as_(client, at_work, "team-leader")
    told = {"ending": "own-wish", "reason": "Sa det selv", "way_back_told": "on", "asked": "on"}
    assert client.post(f"{BASE}{adult}/avslutt/", {**told, "asked": ""}).status_code == 422
    assert client.post(f"{BASE}{adult}/avslutt/", told).status_code == 302
    refused = client.post(f"{BASE}{child}/avslutt/", told)
    assert refused.status_code == 422
    assert "vurdere barnet for seg" in refused.content.decode()
    assert client.post(f"{BASE}{child}/avslutt/", {**told, "child_reviewed": "on"}).status_code == 302


def test_a_parents_never_again_does_not_close_a_child_without_the_leaders_review(client, at_work):
    child = at_work.assigned(Identity(first="Nora", last="Lie", birth="2016"))
    at_work.attempt(child, Outcome.NEVER_AGAIN, NOW)
    as_(client, at_work, "team-leader")
    url = f"{BASE}{child}/bekreft-stopp/"
    assert "Sa at de aldri vil høre fra oss igjen." in client.get(url).content.decode(), (
        "decided from the note"
    )
    assert client.post(url, {"reason": "Mor ringte"}).status_code == 422
    assert at_work.row(child).state == "active"
    assert client.post(url, {"reason": "Har snakket med barnet", "child_reviewed": "on"}).status_code == 302


@pytest.mark.parametrize("who", ["contact-person", "health-professional"])
def test_only_the_leader_closes(client, at_work, who):
    found = at_work.assigned()
    as_(client, at_work, who)
    for url in ("avslutt/", "bekreft-stopp/", "gjenoppta/", "pause/"):
        assert client.post(f"{BASE}{found}/{url}", {"reason": "x"}).status_code == 403
