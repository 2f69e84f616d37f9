"""An interpreter for one contact at a time: the warning stands until one is booked, and nothing waits for it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samvirke.access.scope import NotYours, opened, system_scope
from samvirke.followup import actions, queries
from samvirke.followup.models import Person, Step
from samvirke.followup.rules.interpreting import Booking, Kind, State, state
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW, promise
from samvirke.kit.errors import BadInput
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/oppfolging/"
NEEDED, GONE = "Tolk trengs – ikke bestilt", "Tolken kan ikke komme"
NEVER = "Barn og slektninger skal aldri tolke"


@given(
    needs=st.booleans(), same=st.booleans(), hours=st.integers(-60, 60), gone=st.booleans(), there=st.booleans()
)  # fmt: skip
def test_what_is_booked_counts_for_the_language_and_until_a_day_after(needs, same, hours, gone, there):
    booking = Booking("ar" if same else "so", NOW + timedelta(hours=hours), gone) if there else None
    found = state(needs=needs, language="ar", booking=booking, now=NOW)
    counts = there and same and hours > -24
    wanted = (State.CANNOT_COME if gone else State.BOOKED) if counts else State.NEEDED
    assert found is (wanted if needs else State.NOT_NEEDED)


@pytest.fixture
def one(at_work):
    return at_work.assigned(language="ar", interpreter=True, now=timezone.now() - timedelta(hours=1))


def page(at_work, path: str, who: str = "contact-person") -> str:
    return login(Client(), at_work.people[who]).get(f"{BASE}{path}").content.decode()


def test_the_warning_stands_until_an_interpreter_is_booked_and_again_when_they_cannot_come(at_work, one):
    now, step = timezone.now(), at_work.row(one).next_step_id
    for path in (f"{one}/", ""):
        assert NEEDED in page(at_work, path)
    assert NEVER in page(at_work, f"{one}/")
    client = login(Client(), at_work.people["contact-person"])
    at = (timezone.localtime(now) + DAY).strftime("%Y-%m-%dT10:00")
    url = f"{BASE}{one}/steg/{step}/tolk/"
    asked = client.get(url).content.decode()
    assert NEVER in asked
    assert "Språk: arabisk." in asked
    told = {"kind": "screen", "at": at, "agency": "Tolketjenesten, nr. 4412"}
    assert client.post(url, told).status_code == 302
    shown = page(at_work, f"{one}/")
    assert NEEDED not in shown.split("Kontaktplan")[0]
    assert "Skjermtolk er bestilt til i morgen kl. 10.00, Tolketjenesten, nr. 4412" in shown
    assert "Skjermtolk er bestilt til i morgen kl. 10.00" in page(at_work, "")
    client.post(f"{BASE}{one}/steg/{step}/tolk-kan-ikke/")
    for path in (f"{one}/", ""):
        assert GONE in page(at_work, path)
    assert not promise()


def test_contact_never_waits_for_an_interpreter_and_the_next_one_needs_their_own(at_work, one):
    now = timezone.now()
    actions.book_interpreter(
        at_work.contact, at_work.row(one).next_step_id, Kind.PHONE, now + DAY, "", now=now
    )
    at_work.attempt(one, Outcome.ACCEPTS, now)
    assert at_work.steps(one, code="first")[0].state == "done"
    assert NEEDED in page(at_work, f"{one}/")


def test_what_was_booked_stands_sealed_and_in_the_persons_language(at_work, one):
    step = at_work.row(one).next_step_id
    actions.book_interpreter(at_work.contact, step, Kind.ON_SITE, NOW + DAY, "Noricom 77", now=NOW)
    with opened(system_scope("prøve")) as scope:
        row = Step.objects.visible_to(scope).get(id=step)
        assert b"Noricom" not in bytes(row.own_interpreter)
        assert (row.interpreter, row.interpreter_language) == ("on-site", "ar")
        Person.objects.visible_to(scope).update(language="so")
        assert queries.next_of(scope, at_work.row(one)).id == step
    assert NEEDED in page(at_work, f"{one}/")


def test_what_makes_no_sense_is_refused(at_work, one):
    step = at_work.row(one).next_step_id
    with pytest.raises(BadInput, match="passert"):
        actions.book_interpreter(at_work.contact, step, Kind.PHONE, NOW - 2 * DAY, "", now=NOW)
    with pytest.raises(BadInput, match="Ingen tolk er bestilt"):
        actions.interpreter_cannot_come(at_work.contact, step, now=NOW)
    with pytest.raises((NotYours, BadInput)):
        actions.book_interpreter(
            at_work.scope("contact-person@oslo", "0301"), step, Kind.PHONE, NOW + DAY, "", now=NOW
        )
    with opened(system_scope("prøve")) as scope:
        Person.objects.visible_to(scope).update(interpreter=False)
    with pytest.raises(BadInput, match="behov for tolk"):
        actions.book_interpreter(at_work.contact, step, Kind.PHONE, NOW + DAY, "", now=NOW)


def test_who_turns_out_to_need_an_interpreter_is_marked_so_at_once(at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.NEEDS_INTERPRETER, NOW)
    with opened(system_scope("prøve")) as scope:
        assert Person.objects.visible_to(scope).get().interpreter
    assert NEEDED in page(at_work, f"{found}/")


def test_colleagues_lists_tell_nothing_of_an_interpreter(at_work, one):
    assert "olk" not in page(at_work, "?vis=teamet", "contact-person").split("fu-lines")[1].split("</ul>")[0]
