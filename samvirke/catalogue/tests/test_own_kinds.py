"""A municipality adds kinds of services that the guideline lacks; they are its own, and not part of the 48."""

import pytest

from samvirke.access.scope import Denied, NotYours, opened
from samvirke.catalogue import actions, importing, pages, queries, rules
from samvirke.catalogue.models import OwnKind, Service
from samvirke.catalogue.sheet_queries import import_facts
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.catalogue.tests.people import EDITOR, NEIGHBOUR, SARPSBORG, TEAM_LEADER, journal
from samvirke.kit.errors import BadInput
from samvirke.reference.queries import actors

NAMES = {"nb": "Senter for ungdom", "en": "Youth centre"}


@pytest.fixture
def kind(halden):
    return actions.add_own_kind(EDITOR, halden, NAMES, "kommune", now=NOW).target


def test_a_service_can_be_of_a_kind_of_ones_own(kind):
    assert kind == "senter-for-ungdom"
    made = actions.create_service(EDITOR, HALDEN, whole(kind), now=NOW, confirmed_by="Leder").service
    (service,) = every(Service, id=made)
    assert (service.kind, service.own_kind, service.actor_id, service.level) == (kind, kind, None, "kommune")
    assert pages.load([HALDEN])[0].services[0].actor == kind
    actions.edit_service(EDITOR, made, {"age_min": 20}, now=NOW, confirmed_by="Leder")
    actions.save_draft(EDITOR, made, whole(kind), version=2, now=NOW)
    assert journal()[1].payload["fields"]["names"] == [None, NAMES]


def test_the_guidelines_kinds_are_as_many_as_before(kind):
    assert len(actors()) == 48
    assert kind not in rules.EXTRA_KINDS
    with opened(EDITOR):
        own = queries.own_kinds(EDITOR, HALDEN)
    assert dict(queries.kind_names(own))[kind] == "Senter for ungdom"
    assert len(queries.kind_names(own)) == len(queries.kind_names()) + 1


def test_the_neighbour_has_its_own_and_not_ours(kind):
    actions.join_municipality(SYSTEM, SARPSBORG, now=NOW)
    with pytest.raises(BadInput) as refused:
        actions.create_service(NEIGHBOUR, SARPSBORG, whole(kind), now=NOW)
    assert refused.value.field == "kind"
    with pytest.raises(NotYours):
        actions.add_own_kind(NEIGHBOUR, HALDEN, {"nb": "Noe"}, "kommune", now=NOW)
    with pytest.raises(NotYours):
        actions.remove_own_kind(NEIGHBOUR, HALDEN, kind, now=NOW)
    with pytest.raises(Denied):
        actions.add_own_kind(TEAM_LEADER, HALDEN, {"nb": "Noe"}, "kommune", now=NOW)
    with opened(NEIGHBOUR):
        assert queries.own_kinds(NEIGHBOUR, HALDEN) == []
    assert actions.add_own_kind(NEIGHBOUR, SARPSBORG, NAMES, "frivillig", now=NOW).target == kind


@pytest.mark.parametrize(
    ("names", "level", "field"),
    [
        ({"nb": "senter for UNGDOM"}, "kommune", "names"),
        ({"nb": "Nav-kontor"}, "kommune", "names"),
        ({"nb": "legevakt"}, "kommune", "names"),
        ({"nb": " "}, "kommune", "names"),
        ({"nb": "!!"}, "kommune", "names"),
        ({"de": "Zentrum"}, "kommune", "texts"),
        ({"nb": "<b>Senter</b>"}, "kommune", "texts"),
        ({"nb": "Noe annet"}, "bydel", "level"),
    ],
)
def test_what_cannot_be_a_kind_is_refused(kind, names, level, field):
    with pytest.raises(BadInput) as refused:
        actions.add_own_kind(EDITOR, HALDEN, names, level, now=NOW)
    assert refused.value.field == field
    assert len(every(OwnKind)) == 1


def test_it_goes_away_when_nothing_is_of_it(kind):
    made = actions.create_service(EDITOR, HALDEN, whole("nav"), now=NOW, confirmed_by="Leder").service
    actions.save_draft(EDITOR, made, whole(kind), version=1, now=NOW)
    with pytest.raises(BadInput, match="i bruk"):
        actions.remove_own_kind(EDITOR, HALDEN, kind, now=NOW)
    actions.drop_draft(EDITOR, made, now=NOW)
    actions.edit_service(EDITOR, made, {"kind": kind}, now=NOW)
    with pytest.raises(BadInput, match="i bruk"):
        actions.remove_own_kind(EDITOR, HALDEN, kind, now=NOW)
    actions.edit_service(EDITOR, made, {"kind": "nav"}, now=NOW)
    actions.remove_own_kind(EDITOR, HALDEN, kind, now=NOW)
    assert every(OwnKind) == []
    with pytest.raises(NotYours):
        actions.remove_own_kind(EDITOR, HALDEN, kind, now=NOW)


def test_one_cannot_go_through_a_kind_of_ones_own(kind):
    for through in (kind, "barnevernvakt"):
        with pytest.raises(BadInput) as refused:
            actions.create_service(EDITOR, HALDEN, whole(access="through", through=through), now=NOW)
        assert refused.value.field == "through"


def test_a_sheet_may_say_it_by_name(kind, tmp_path):
    path = tmp_path / "tjenester.csv"
    path.write_text("external_id;name;actor\na;Ungdomssenteret;Senter for ungdom\n")
    with opened(EDITOR):
        sheet = importing.read(importing.load(path), import_facts(HALDEN, NOW, EDITOR))
    done = actions.import_rows(EDITOR, HALDEN, sheet.rows, now=NOW)
    assert (done.created, done.rejected) == (1, [])
    (service,) = every(Service)
    assert service.own_kind == kind
