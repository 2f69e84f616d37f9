"""What a curious colleague in the same municipality tries: by search, list, filter, household and by posting ids."""

from dataclasses import replace

import pytest

from samvirke.access.models import AccessLog
from samvirke.access.scope import NotYours, opened, system_scope
from samvirke.catalogue.importing import File
from samvirke.followup import actions
from samvirke.followup.actions.registering import Ties
from samvirke.followup.identity import Identity
from samvirke.followup.importing import reading
from samvirke.followup.models import Followup, Step
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.tests.conftest import HALDEN, NOW, SOMEBODY
from samvirke.followup.tests.test_screens import BASE, as_, client

__all__ = ["client"]
STRICT = Protection.STRICTLY_CONFIDENTIAL
LIST = "fornavn;etternavn;rolle;fødselsdato;telefon\nIda Marie;Solbaken;vitne;1991;90000005\n"
TOLD = {
    "protection": "none", "first": "Ida", "last": "Solbaken", "birth": "1991", "part": "witness",
    "source": "eps",
}  # fmt: skip


@pytest.fixture
def kept_away(at_work):
    """Somebody who wants nothing to do with the leader of the team, and stands on the list twice."""
    found = at_work.assigned()
    actions.bar(at_work.contact, found, at_work.player("team-leader").id, now=NOW)
    at_work.register(replace(SOMEBODY, phones=("00 00 12 35",), last="Solbaken"))
    return found


def test_a_leader_who_is_kept_away_is_not_shown_the_person_by_a_registration(client, at_work, kept_away):  # noqa: ARG001
    page = as_(client, at_work, "team-leader").post(f"{BASE}ny/{at_work.incident}/", TOLD).content.decode()
    assert "kan være samme person" in page
    assert "Solbakken" not in page
    assert "slutter på 34" not in page


def test_nor_by_the_search_for_doubles_or_a_list(client, at_work, kept_away):  # noqa: ARG001
    as_(client, at_work, "team-leader")
    page = client.get(f"{BASE}dobbelt/{at_work.incident}/").content.decode()
    sheet = reading.read(File("liste.csv", LIST.encode()), reading.Defaults(), NOW)
    made = actions.prepare_list(at_work.leader, at_work.incident, HALDEN, sheet, now=NOW)
    page += client.get(f"{BASE}liste/{made.target}/").content.decode()
    assert "Solbakken" not in page
    assert "+4700001234" not in page


def test_who_is_kept_away_neither_merges_nor_completes_the_person(at_work, kept_away):
    person = at_work.row(kept_away).person_id
    other = at_work.register(replace(SOMEBODY, first="Ida")).person
    assert other
    for kept, gone in ((person, other), (other, person)):
        with pytest.raises(NotYours):
            actions.merge(at_work.leader, kept, gone, now=NOW)
    with pytest.raises(NotYours):
        at_work.register(ties=Ties(same_as=person))


def test_an_inhabil_colleague_is_not_shown_whom_they_know(client, at_work):
    found = at_work.assigned()
    actions.declare(at_work.leader, found, inhabil=True, now=NOW)
    page = as_(client, at_work, "team-leader").post(f"{BASE}ny/{at_work.incident}/", TOLD).content.decode()
    assert "Solbakken" not in page


def test_nobody_is_told_that_an_address_is_strengt_fortrolig(client, at_work):
    """A search that tells it apart from other reasons would say who has one."""
    at_work.register(protection=Protection.STRICTLY_CONFIDENTIAL)
    page = as_(client, at_work, "team-leader").post(f"{BASE}ny/{at_work.incident}/", TOLD).content.decode()
    assert "kan være samme person" in page
    assert "med strengt fortrolig" not in page
    assert "Solbakken" not in page


@pytest.mark.parametrize(
    "asked", ["rolle=bereaved", "sprak=so", "tolk=1", "hendelse=00000000-0000-4000-8000-000000000000"]
)
def test_the_teams_list_cannot_be_asked_who_has_a_role_or_a_language(client, at_work, asked):
    at_work.assigned(part=Part.BEREAVED, message_is_delivered=True, language="so", interpreter=True)
    at_work.assigned(Identity("Ola", "Nes", "1980"))
    found = as_(client, at_work, "contact-person").get(f"{BASE}?vis=teamet&{asked}").context["found"]
    assert sum(len(lines) for _, lines in found.groups) == 2
    assert not found.choice
    assert as_(client, at_work, "team-leader").get(f"{BASE}?vis=teamet&{asked}").context["found"].choice


@pytest.mark.parametrize("code", ["child-talk", "school", "autopsy", "after-danger", "trial", "offer-2"])
def test_a_step_on_the_teams_list_tells_nothing_of_whom_it_is_for(client, at_work, code):
    found = at_work.assigned()
    with opened(system_scope("prøve")) as scope:
        step = Followup.objects.visible_to(scope).get(id=found).next_step_id
        Step.objects.visible_to(scope).filter(id=step).update(code=code)
    page = as_(client, at_work, "contact-person").get(f"{BASE}?vis=teamet")
    assert [str(line.step) for _, lines in page.context["found"].groups for line in lines] == [
        "Avtalt kontakt"
    ]
    mine = as_(client, at_work, "contact-person").get(BASE)
    assert "Avtalt kontakt" not in mine.content.decode()


def test_the_next_page_of_the_teams_list_tells_no_priority(client, at_work, monkeypatch):
    monkeypatch.setattr("samvirke.followup.lists.worklists.PAGE", 1)
    for first in ("Ola", "Kari"):
        at_work.assigned(Identity(first, "Nes", "2015"))  # a child: first priority
    page = as_(client, at_work, "contact-person").get(f"{BASE}?vis=teamet").context["found"]
    assert page.further.partition("etter=")[2].split("_")[1] == "0"
    assert sum(len(lines) for _, lines in client.get(page.further).context["found"].groups) == 1


def test_a_closed_family_is_not_shown_together_by_a_visit_either(client, at_work):
    one, other = at_work.assigned(), at_work.assigned(Identity("Ola", "Nes", "1980"))
    person = at_work.row(other).person_id
    actions.relate(at_work.contact, one, person, "spouse", household=True, now=NOW)
    as_(client, at_work, "contact-person")
    assert "Ola Nes" in client.get(f"{BASE}{one}/husstand/").content.decode()
    actions.close_family(at_work.contact, one, closed=True, now=NOW)
    for screen in ("husstand", "familie"):
        assert "Ola Nes" not in client.get(f"{BASE}{one}/{screen}/").content.decode(), screen


def test_the_rows_of_a_list_are_not_read_without_a_trace(client, at_work):
    """Two rows of the file that may be one person: nobody of them is registered, and both are shown."""
    sheet = reading.read(
        File("liste.csv", (LIST + LIST.partition("\n")[2]).encode()), reading.Defaults(), NOW
    )
    made = actions.prepare_list(at_work.leader, at_work.incident, HALDEN, sheet, now=NOW)
    page = as_(client, at_work, "team-leader").get(f"{BASE}liste/{made.target}/").content.decode()
    assert page.count("Solbaken") == 2
    with opened(at_work.leader) as scope:
        row = AccessLog.objects.visible_to(scope).get(code="followup.list-row:read")
        assert len(row.payload["ids"]) == 2


def test_a_leader_without_named_access_ties_nobody_to_somebody_shielded(at_work):
    one, hidden = (
        at_work.assigned(),
        at_work.register(replace(SOMEBODY, first="Ola"), protection=STRICT).person,
    )
    assert hidden
    for who in (at_work.leader, at_work.contact):
        with pytest.raises(NotYours):
            actions.relate(who, one, hidden, "spouse", household=True, now=NOW)
    assert at_work.row(one).household_id is None


def test_the_second_of_two_who_press_at_once_is_told_so(client, at_work):
    found, nobody = at_work.assigned(), str(at_work.player("editor").id)
    as_(client, at_work, "team-leader")
    for screen, button in (("ansatte", "godta"), ("tilgang", "avslutt")):
        answer = client.post(f"{BASE}{found}/{screen}/", {button: nobody}, follow=True)
        assert answer.status_code == 200
        assert (
            "Personen har ikke sagt nei" in answer.content.decode()
            or "ikke tilgang" in answer.content.decode()
        )
