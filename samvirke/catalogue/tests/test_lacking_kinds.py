"""A municipality without a crisis centre of its own says so, says who helps instead, and is not blamed for the gap."""

import pytest

from samvirke.access.scope import Denied, NotYours
from samvirke.catalogue import actions, pages, queries, rules
from samvirke.catalogue.sites import load
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, whole
from samvirke.kit.errors import BadInput
from samvirke.publishing.render import body_of
from tests.cast import CAST

REASON = {"nb": "Krisesenteret i Sarpsborg tar imot alle fra Halden, hele døgnet."}
BY = "Kommuneoverlegen"


def about(moment=NOW) -> str:
    [site] = load([HALDEN])
    page = next(page for page in pages.pages(site, moment) if page.path == "om-siden/index.html")
    return body_of(page).decode()


def states(kind: str, moment=NOW) -> set[str]:
    found = queries.completeness([HALDEN], moment)[HALDEN]
    return {item.state for item in found.items if item.kind == kind}


def test_the_reason_stands_on_the_page_and_the_kind_no_longer_counts(halden):
    assert states("krisesenter") == {rules.MISSING}
    actions.answer_lacking(SYSTEM, HALDEN, "krisesenter", REASON, BY, now=NOW)
    assert states("krisesenter") == {rules.NOT_APPLICABLE}
    text = about()
    assert "Dette har ikke kommunen" in text
    assert REASON["nb"] in text
    assert "Krisesenteret: at tjenesten finnes" not in text


def test_a_service_of_the_kind_takes_the_answers_place(halden):
    actions.answer_lacking(SYSTEM, HALDEN, "krisesenter", REASON, BY, now=NOW)
    actions.create_service(SYSTEM, HALDEN, whole("krisesenter", "Krisesenteret"), now=NOW, confirmed_by=BY)
    assert states("krisesenter") == {rules.PRESENT}
    assert REASON["nb"] not in about()
    with pytest.raises(BadInput, match="Trekk den tilbake først"):
        actions.answer_lacking(SYSTEM, HALDEN, "krisesenter", REASON, BY, now=NOW)


def test_the_answer_can_be_taken_back(halden):
    actions.answer_lacking(SYSTEM, HALDEN, "ppt", REASON, BY, now=NOW)
    for _twice in range(2):
        actions.forget_lacking(SYSTEM, HALDEN, "ppt", now=NOW)
    assert states("ppt") == {rules.MISSING}


@pytest.mark.parametrize("kind", [rules.GP, rules.LEGEVAKT, "skole", "tull"])
def test_what_every_municipality_has_cannot_be_answered_away(halden, kind):
    with pytest.raises(BadInput, match="Alle kommuner skal ha dette"):
        actions.answer_lacking(SYSTEM, HALDEN, kind, REASON, BY, now=NOW)


def test_the_answer_needs_a_reason_and_somebody(halden):
    with pytest.raises(BadInput, match="Skriv hvorfor"):
        actions.answer_lacking(SYSTEM, HALDEN, "ppt", {"nb": " "}, BY, now=NOW)
    with pytest.raises(BadInput, match="hvem som bekrefter"):
        actions.answer_lacking(SYSTEM, HALDEN, "ppt", REASON, " ", now=NOW)


def test_only_those_who_may_confirm_here_can_answer(halden):
    with pytest.raises(Denied):
        actions.answer_lacking(CAST["team-leader"].scope(HALDEN), HALDEN, "ppt", REASON, BY, now=NOW)
    with pytest.raises(NotYours):
        actions.answer_lacking(CAST["editor@oslo"].scope("0301"), HALDEN, "ppt", REASON, BY, now=NOW)
    with pytest.raises(NotYours):
        actions.forget_lacking(CAST["editor@oslo"].scope("0301"), HALDEN, "ppt", now=NOW)
