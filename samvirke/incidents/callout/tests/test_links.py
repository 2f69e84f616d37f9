"""The links: a look answers nothing, a press does; nobody else is named; whatever is wrong gets the same answer."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.scope import opened, system_scope
from samvirke.incidents.callout import actions, links, running
from samvirke.incidents.callout.rules import Function
from samvirke.incidents.callout.tests.conftest import PEOPLE
from samvirke.incidents.models import Call, TeamMember
from tests.cast import HALDEN


@pytest.fixture
def phone(settings) -> Client:
    settings.ALLOWED_HOSTS = ["localhost"]
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)


def begun(team, *functions, **more):
    return team.begin(*functions, now=timezone.now() - timedelta(seconds=30), **more)


def test_a_look_changes_nothing_and_a_press_answers(crew, phone):
    callout = begun(crew, place="Rådhuset")
    link = crew.link(callout, "lege")
    for _ in range(3):  # as a mail scanner does
        page = phone.get(link)
        assert phone.head(link).status_code == 200
    assert page.status_code == 200
    assert crew.calls(callout)["lege"].answer == ""
    assert "Rådhuset" in page.content.decode()
    assert phone.post(link, {"answer": "coming", "minutes": "20"}).status_code == 302
    call = crew.calls(callout)["lege"]
    assert (call.answer, call.minutes, call.answered_how) == ("coming", 20, "link")
    assert "Du har svart at du kommer" in phone.get(link).content.decode()


def test_the_page_needs_no_script_sets_no_cookie_and_names_nobody(crew, phone):
    page = phone.get(crew.link(begun(crew), "lege"))
    text = page.content.decode()
    assert "<script" not in text
    assert not page.cookies
    assert page.headers["Cache-Control"] == "no-store"
    assert not [name for _function, name, _phone in PEOPLE.values() if name in text]
    assert len(re.findall("<form", text)) == 3


def test_an_answer_may_be_changed_and_a_no_calls_the_next(crew, phone):
    callout = begun(crew, Function.DOCTOR)
    link = crew.link(callout, "lege")
    phone.post(link, {"answer": "coming", "minutes": "10"})
    phone.post(link, {"answer": "cannot"})
    calls = crew.calls(callout)
    assert (calls["lege"].answer, calls["lege"].minutes) == ("cannot", None)
    assert set(calls) == {"lege", "lege2"}


@pytest.mark.parametrize("typed", ["mange", "-1", "601"])
def test_a_number_that_cannot_be_used_is_said(crew, phone, typed):
    callout = begun(crew)
    page = phone.post(crew.link(callout, "lege"), {"answer": "coming", "minutes": typed})
    assert page.status_code == 422
    assert "Skriv minutter som et tall" in page.content.decode()
    assert crew.calls(callout)["lege"].answer == ""


def test_guessed_old_over_and_foreign_links_get_the_same_answer(crew, phone):
    callout, other = begun(crew), crew.happen()
    good = crew.link(callout, "lege")
    right = phone.get(good).content
    over = begun(crew, incident=other)
    ended = crew.link(over, "lege")
    actions.end(crew.leader, HALDEN, over, now=timezone.now())
    old = crew.link(callout, "prest")
    with opened(system_scope("prøve")) as scope:
        Call.objects.visible_to(scope).filter(id=crew.calls(callout)["prest"].id).update(
            link_expires_at=timezone.now() - timedelta(seconds=1)
        )
    call = crew.calls(callout)["lege"].id
    wrong = [
        f"/arbeid/svar/{'A' * 22}/", "/arbeid/svar/kort/", f"/arbeid/svar/{links.token(links.MEMBER, call)}/",
        f"/arbeid/stemmer/{links.token(links.CALL, call)}/", f"/arbeid/svar/{call}/", ended, old,
    ]  # fmt: skip
    answers = {(page.status_code, page.content) for link in wrong for page in (phone.get(link),)}
    answers |= {
        (page.status_code, page.content)
        for link in wrong
        for page in (phone.post(link, {"answer": "coming", "minutes": "5"}),)
    }
    assert len(answers) == 1
    ((status, body),) = answers
    assert status == 404
    assert body != right
    assert {one.answer for one in (*crew.calls(callout).values(), *crew.calls(over).values())} == {""}


def test_the_link_of_somebody_who_is_taken_out_of_the_team_opens_nothing(crew, phone):
    callout = begun(crew, place="Rådhuset")
    link, member = crew.link(callout, "lege"), crew.calls(callout)["lege"].member_id
    assert "Rådhuset" in phone.get(link).content.decode()
    actions.leave(crew.leader, HALDEN, member, now=timezone.now())
    for page in (phone.get(link), phone.post(link, {"answer": "coming", "minutes": "5"})):
        assert page.status_code == 404
        assert "Rådhuset" not in page.content.decode()
    with opened(system_scope("prøve")) as scope:
        assert {one.answer for one in Call.objects.visible_to(scope).filter(member=member)} == {""}


def test_the_database_has_only_the_digest(crew):
    callout = begun(crew)
    for one in crew.calls(callout).values():
        token = links.token(links.CALL, one.id)
        assert bytes(one.link_hash) == links.digest(token)
        assert len(token) == 22


def test_a_member_confirms_their_numbers_by_their_own_link(crew, phone):
    now = timezone.now()
    actions.ask(crew.leader, HALDEN, crew.ids["lege"], now=now)
    link = f"/arbeid/stemmer/{links.token(links.MEMBER, crew.member('lege').ask)}/"
    page = phone.get(link).content.decode()
    assert "slutter på 03" in page
    assert "1103" not in page.replace(" ", "")
    before = crew.member("lege").verified_at
    assert before < now
    assert phone.post(link, {"answer": "right"}).status_code == 200
    row = crew.member("lege")
    assert (row.verified_at > before, row.verified_by, row.verified_how) == (True, None, "link")
    assert phone.get(link).status_code == 404


def test_a_member_says_that_something_is_wrong(crew, phone):
    actions.ask(crew.leader, HALDEN, crew.ids["lege"], now=timezone.now())
    before = crew.member("lege").verified_at
    phone.post(f"/arbeid/stemmer/{links.token(links.MEMBER, crew.member('lege').ask)}/", {"answer": "wrong"})
    row = crew.member("lege")
    assert row.says_wrong_at
    assert row.verified_at == before


def test_numbers_that_nobody_has_confirmed_are_asked_for_once_in_two_weeks(crew):
    now = timezone.now()
    with opened(system_scope("prøve")) as scope:
        TeamMember.objects.visible_to(scope).update(verified_at=now, added_at=now - timedelta(days=200))
        TeamMember.objects.visible_to(scope).filter(id=crew.ids["prest"]).update(
            verified_at=now - timedelta(days=91)
        )
    for later in (0, 1, 13, 14, 15):
        running.ask_due(now + timedelta(days=later))
        running.ask_due(now + timedelta(days=later))
    assert crew.sent("incidents.team-ask").count(("prest", "sms")) == 2
    assert {key for key, _ in crew.sent("incidents.team-ask")} == {"prest"}
