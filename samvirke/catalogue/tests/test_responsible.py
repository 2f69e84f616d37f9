"""Who answers for a service: chosen among those who may confirm, handed back when they leave, seen on the desk."""

from datetime import timedelta
from uuid import UUID

import pytest

from samvirke.access.models import Journal
from samvirke.access.permissions import Role
from samvirke.access.scope import Denied, NotYours, opened
from samvirke.accounts.actions.members import end_membership, take_role
from samvirke.catalogue import actions, queries_verification, rules
from samvirke.catalogue.models import Joined, Service
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.kit.errors import BadInput
from tests.cast import CAST, OSLO, move_in

EDITOR, APPROVER, BOTH = CAST["editor"].id, CAST["approver"].id, CAST["both"].id
HERE = CAST["editor"].scope(HALDEN)
MANAGER = CAST["administrator"].scope(HALDEN)


@pytest.fixture
def cast(halden: str) -> None:
    move_in()


def made(name: str = "Kriseteamet", kind: str = "kriseteam") -> UUID:
    return actions.create_service(
        SYSTEM, HALDEN, whole(kind, name), now=NOW, confirmed_by="Redaktøren"
    ).service


def verifier(service: UUID) -> UUID | None:
    return every(Service, id=service)[0].verifier_id


def responsible() -> dict[UUID, str | None]:
    with opened(HERE):
        found = queries_verification.responsible_for(HERE, HALDEN)
        return {service: person.name if person else None for service, person in found.items()}


def test_a_service_has_somebody_responsible(cast):
    service = made()
    assert responsible() == {service: None}
    change = actions.set_verifier(HERE, service, BOTH, now=NOW)
    assert change.fields == {"verifier": (None, BOTH)}
    assert responsible() == {service: "Bente Toverud"}
    actions.set_verifier(HERE, service, BOTH, now=NOW)  # the journal says it once
    assert len(every(Journal, code="catalogue.service.verifier-set")) == 1


def test_without_one_of_its_own_the_municipalitys_answers(cast):
    service = made()
    actions.set_default_verifier(MANAGER, HALDEN, EDITOR, now=NOW)
    assert responsible() == {service: "Eli Rud"}
    actions.set_default_verifier(MANAGER, HALDEN, None, now=NOW)
    assert responsible() == {service: None}


def test_many_at_once_or_none(cast):
    first, second = made(), made("PPT", "ppt")
    actions.set_verifiers(HERE, [first, second], APPROVER, now=NOW)
    assert responsible() == {first: "Gunnar Moe", second: "Gunnar Moe"}
    with pytest.raises(NotYours):
        actions.set_verifiers(HERE, [first, UUID(int=7)], BOTH, now=NOW)
    assert verifier(first) == APPROVER


@pytest.mark.parametrize("who", ["contact-person", "editor@oslo", "administrator", "outsider", "directorate"])
def test_only_those_who_may_confirm_here_can_be_responsible(cast, who):
    service = made()
    with pytest.raises(BadInput, match="redaktør eller godkjenner"):
        actions.set_verifier(HERE, service, CAST[who].id, now=NOW)
    with pytest.raises(BadInput, match="redaktør eller godkjenner"):
        actions.set_default_verifier(MANAGER, HALDEN, CAST[who].id, now=NOW)
    with opened(HERE):
        able = {person.id for person in queries_verification.may_be_responsible(HERE, HALDEN)}
    assert able == {EDITOR, BOTH, APPROVER}


def test_another_municipalitys_services_do_not_exist(cast):
    service = made()
    with pytest.raises(NotYours):
        actions.set_verifier(CAST["editor@oslo"].scope(OSLO), service, CAST["editor@oslo"].id, now=NOW)
    with pytest.raises(NotYours):
        actions.set_default_verifier(CAST["administrator@oslo"].scope(OSLO), HALDEN, None, now=NOW)
    with pytest.raises(Denied):
        actions.set_verifier(CAST["contact-person"].scope(HALDEN), service, EDITOR, now=NOW)


def test_a_shared_service_has_nobody_in_a_municipality(cast):
    shared = actions.create_service(SYSTEM, None, whole(), now=NOW, areas=[("country", "")]).service
    with pytest.raises(BadInput, match="Felles tjenester"):
        actions.set_verifier(SYSTEM, shared, EDITOR, now=NOW)


def test_whoever_leaves_hands_their_services_to_the_municipalitys_own(cast):
    theirs, others = made(), made("PPT", "ppt")
    actions.set_verifier(HERE, theirs, BOTH, now=NOW)
    actions.set_verifier(HERE, others, APPROVER, now=NOW)
    actions.set_default_verifier(MANAGER, HALDEN, EDITOR, now=NOW)
    end_membership(MANAGER, HALDEN, BOTH, now=NOW)
    assert (verifier(theirs), verifier(others)) == (EDITOR, APPROVER)
    (row,) = every(Journal, code="catalogue.verifier.left")
    assert (row.target, row.account) == (str(theirs), CAST["administrator"].id)
    assert row.payload["fields"] == {"verifier": [str(BOTH), str(EDITOR)]}


def test_without_the_municipalitys_own_they_stand_without_anybody(cast):
    service = made()
    actions.set_verifier(HERE, service, BOTH, now=NOW)
    end_membership(MANAGER, HALDEN, BOTH, now=NOW)
    assert responsible() == {service: None}
    with opened(HERE):
        assert queries_verification.without_responsible(HERE, HALDEN) == [service]
        assert queries_verification.due_counts(HERE, HALDEN, NOW).without_responsible == 1


def test_when_the_municipalitys_own_leaves_so_does_the_choice(cast):
    service = made()
    actions.set_default_verifier(MANAGER, HALDEN, EDITOR, now=NOW)
    actions.set_verifier(HERE, service, EDITOR, now=NOW)
    end_membership(MANAGER, HALDEN, EDITOR, now=NOW)
    assert (every(Joined)[0].verifier_id, verifier(service)) == (None, None)


def test_somebody_who_keeps_a_role_that_may_confirm_keeps_their_services(cast):
    service = made()
    actions.set_verifier(HERE, service, BOTH, now=NOW)
    end_membership(CAST["administrator@oslo"].scope(OSLO), OSLO, BOTH, now=NOW)  # elsewhere
    assert verifier(service) == BOTH
    take_role(MANAGER, HALDEN, BOTH, Role.EDITOR, now=NOW)
    assert verifier(service) is None


def test_the_desk_sees_what_is_due_and_who_answers(cast):
    service = made()
    actions.set_verifier(HERE, service, BOTH, now=NOW)
    actions.confirm(SYSTEM, service, "Redaktøren", now=NOW + timedelta(days=20), pieces=[rules.PHONE])
    with opened(HERE):
        items = queries_verification.due_items(HERE, HALDEN, NOW + timedelta(days=96))
        counts = queries_verification.due_counts(HERE, HALDEN, NOW + timedelta(days=96))
    assert {item.responsible.name for item in items if item.responsible} == {"Bente Toverud"}
    assert [(item.piece, item.state) for item in items if item.state == "soon"] == [("phone", "soon")]
    assert {item.due for item in items if item.state == "overdue"} == {NOW + timedelta(days=90)}
    assert {(item.service, item.name) for item in items} == {(service, "Kriseteamet")}
    assert (counts.overdue, counts.soon, counts.without_responsible) == (6, 1, 0)


def test_the_desk_of_another_municipality_sees_nothing(cast):
    made()
    there = CAST["editor@oslo"].scope(OSLO)
    with opened(there):
        assert queries_verification.due_items(there, HALDEN, NOW + timedelta(days=96)) == []
        assert queries_verification.responsible_for(there, HALDEN) == {}
