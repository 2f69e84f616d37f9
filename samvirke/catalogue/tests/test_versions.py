"""Every change of a service is kept whole, can be read field by field, and can be taken up again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from samvirke.access.scope import Denied, NotYours, opened
from samvirke.catalogue import actions, contents, pages, queries, sites
from samvirke.catalogue.actions import EditConflict
from samvirke.catalogue.importing import ImportRow
from samvirke.catalogue.inputs import PhoneInput, TextInput
from samvirke.catalogue.merging import three_way
from samvirke.catalogue.models import Service, ServiceVersion
from samvirke.catalogue.stored import snapshot
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.catalogue.tests.people import (
    ANOTHER_EDITOR,
    EDITOR,
    KARI,
    NEIGHBOUR,
    OLA,
    TEAM_LEADER,
    journal,
)
from samvirke.kit.errors import BadInput

BY = "Redaktøren i Halden"
DAY = timedelta(days=1)


@pytest.fixture
def service(halden):
    return actions.create_service(EDITOR, halden, whole(), now=NOW, confirmed_by=BY).service


def row(service) -> Service:
    return every(Service, id=service)[0]


def newest(service):
    return max(every(ServiceVersion, service=service), key=lambda one: one.number)


def history(service, scope=EDITOR):
    with opened(scope):
        return queries.history(scope, service)


def test_each_change_has_a_number_a_person_a_moment_and_its_fields(service):
    actions.edit_service(
        ANOTHER_EDITOR, service, {"street_address": "Storgata 2"}, now=NOW + DAY, confirmed_by=BY
    )
    actions.confirm(EDITOR, service, "Leder", now=NOW + 2 * DAY, pieces=["phone"])
    last, edited, made = history(service)
    assert [(one.number, one.account, one.at, one.code) for one in (made, edited, last)] == [
        (1, KARI, NOW, "catalogue.service.created"),
        (2, OLA, NOW + DAY, "catalogue.service.edited"),
        (3, KARI, NOW + 2 * DAY, "catalogue.service.confirmed"),
    ]
    assert edited.changes["street_address"] == ("Storgata 1", "Storgata 2")
    assert set(edited.changes) == {"street_address", "answers.address"}
    assert set(last.changes) == {"answers.phone"}
    assert last.changes["answers.phone"][1]["by"] == "Leder"
    assert made.changes["texts.nb.name"] == (None, "Psykisk helse og rus")
    assert made.state == "confirmed"
    assert made.given.street_address == "Storgata 1"
    assert row(service).version == 3


def test_every_kind_of_change_makes_one_version_and_one_journal_row(service):
    english = TextInput("Mental health")
    changes = [
        lambda: actions.set_translation(EDITOR, service, "en", english, now=NOW),
        lambda: actions.edit_service(EDITOR, service, {"channels": ()}, now=NOW),
        lambda: actions.edit_service(EDITOR, service, {"age_max": 99}, now=NOW),
        lambda: actions.confirm(EDITOR, service, "Leder", now=NOW),
        lambda: actions.edit_service(EDITOR, service, {"street_address": "", "postal_code": ""}, now=NOW),
        lambda: actions.answer_not_applicable(EDITOR, service, "address", {"nb": "Nei"}, BY, now=NOW),
        lambda: actions.add_notice(
            EDITOR, {"nb": "Stengt"}, NOW.date(), NOW.date(), now=NOW, service_id=service
        ),
        lambda: actions.withdraw(EDITOR, service, now=NOW),
        lambda: actions.bring_back(EDITOR, service, now=NOW),
    ]
    for change in changes:
        versions, acts = row(service).version, len(journal())
        done = change()
        new = 0 if done.nothing else 1
        assert row(service).version == versions + new
        assert len(journal()) == acts + new
        assert history(service)[0].number == versions + new
    assert [one.nothing for one in [actions.edit_service(EDITOR, service, {"channels": ()}, now=NOW)]] == [
        True
    ]


def test_the_kept_version_is_what_is_stored(service):
    actions.edit_service(EDITOR, service, {"phones": (PhoneInput("69174501", "24/7"),)}, now=NOW)
    with opened(SYSTEM):
        stored = queries.service_for(SYSTEM, service)
    assert newest(service).content == snapshot(stored)
    assert history(service)[0].given == contents.from_json(contents.to_json(queries.as_input(stored)))


def test_an_import_keeps_what_each_service_became(halden, service, django_assert_max_num_queries):
    rows = [
        ImportRow(number, key, {"external_id": key, "kind": "nav", "age_min": 18}, {"name": f"Nav {key}"})
        for number, key in enumerate("abcdefghij", start=2)
    ]
    actions.import_rows(SYSTEM, halden, rows, now=NOW, confirmed_by=BY)
    with django_assert_max_num_queries(45):
        done = actions.import_rows(
            SYSTEM,
            halden,
            [replace(one, fields={**one.fields, "age_min": 20}) for one in rows],
            now=NOW + DAY,
        )
    for row_ in rows:
        (stored,) = every(Service, external_id=row_.external_id)
        last, first = history(stored.id)
        assert last.changes["age_min"] == (18, 20)
        assert (last.number, last.run, first.number, stored.version) == (2, done.target, 1, 2)
        with opened(SYSTEM):
            whole_ = queries.service_for(SYSTEM, stored.id)
        assert newest(stored.id).content == snapshot(whole_)
    codes = [one.code for one in journal()]
    assert codes.count("catalogue.services.imported") == 2
    assert codes.count("catalogue.service.imported") == 20


def test_what_was_there_before_versions_were_kept_is_kept_at_the_first_change(service):
    with opened(SYSTEM):
        ServiceVersion.objects.visible_to(SYSTEM).delete()
    actions.edit_service(EDITOR, service, {"age_min": 20}, now=NOW)
    last, first = history(service)
    assert (first.number, first.account, first.code) == (1, None, "catalogue.service.before")
    assert last.changes["age_min"] == (18, 20)


def test_a_version_cannot_be_rewritten(service):
    with opened(SYSTEM), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ServiceVersion.objects.visible_to(SYSTEM).update(number=7)


def test_an_older_version_becomes_a_draft_and_nothing_else_changes(service):
    actions.edit_service(EDITOR, service, {"street_address": "Storgata 2"}, now=NOW, confirmed_by=BY)
    actions.restore(EDITOR, service, 1, now=NOW)
    with opened(EDITOR):
        draft = queries.draft_of(EDITOR, service)
    assert draft.given.street_address == "Storgata 1"
    assert draft.now.street_address == "Storgata 2"
    assert draft.base_version == 2
    (site,) = pages.load([HALDEN])
    assert sites.at(site, NOW).services[0].address == "Storgata 2, 1771 Halden"
    with pytest.raises(BadInput, match="har et utkast"):
        actions.restore(EDITOR, service, 1, now=NOW)
    with pytest.raises(NotYours):
        actions.drop_draft(EDITOR, service, now=NOW)
        actions.restore(EDITOR, service, 99, now=NOW)


def test_the_second_of_two_editors_is_told_what_changed_and_loses_nothing(service):
    with opened(EDITOR):
        opened_on = queries.as_input(queries.service_for(EDITOR, service))
    actions.edit_service(
        ANOTHER_EDITOR,
        service,
        {"street_address": "Storgata 2", "age_min": 20},
        now=NOW,
        confirmed_by=BY,
        version=1,
    )
    mine = replace(opened_on, street_address="Storgata 3", opening_hours="Mo 10:00-12:00")
    with pytest.raises(EditConflict) as conflict:
        actions.publish(EDITOR, service, mine, version=1, revision=0, confirmed_by=BY, now=NOW)
    told = conflict.value
    assert told.version == 2
    assert [(one.number, one.account, set(one.fields)) for one in told.since] == [
        (2, OLA, {"street_address", "age_min"})
    ]
    merged = three_way(told.base, told.theirs, mine)
    assert dict(merged.conflicts) == {"street_address": ("Storgata 1", "Storgata 2", "Storgata 3")}
    assert (merged.content.age_min, merged.content.opening_hours) == (20, "Mo 10:00-12:00")
    actions.publish(
        EDITOR,
        service,
        merged.content,
        version=told.version,
        revision=told.revision,
        confirmed_by=BY,
        now=NOW,
    )
    assert row(service).age_min == 20
    assert row(service).street_address == "Storgata 3"


def test_that_somebody_confirmed_meanwhile_is_no_conflict(service):
    actions.confirm(ANOTHER_EDITOR, service, "Leder", now=NOW + DAY)
    actions.edit_service(EDITOR, service, {"age_min": 20}, now=NOW, version=1)
    assert row(service).version == 3


def test_a_version_that_never_was_is_refused(service):
    with pytest.raises(BadInput, match="Last"):
        actions.edit_service(EDITOR, service, {"age_min": 20}, now=NOW, version=17)


def test_history_and_its_acts_are_the_municipalitys_own(service):
    with opened(NEIGHBOUR):
        for ask in (queries.history, queries.draft_of, queries.service_for):
            with pytest.raises(NotYours):
                ask(NEIGHBOUR, service)
        assert queries.services_of(NEIGHBOUR, HALDEN) == []
    with pytest.raises(NotYours):
        actions.restore(NEIGHBOUR, service, 1, now=NOW)
    with pytest.raises(NotYours):
        actions.confirm_many(NEIGHBOUR, [(service, None)], BY, now=NOW)
    with pytest.raises(Denied):
        actions.restore(TEAM_LEADER, service, 1, now=NOW)


def test_several_are_confirmed_at_once_or_none(halden, service):
    other = actions.create_service(EDITOR, halden, whole("nav", "Nav"), now=NOW).service
    done = actions.confirm_many(EDITOR, [(service, ["phone"]), (other, None)], BY, now=NOW + DAY)
    assert {one.service for one in done} == {service, other}
    assert row(other).state == "confirmed"
    assert [one.code for one in journal()[-2:]] == ["catalogue.service.confirmed"] * 2
    before = len(journal())
    with pytest.raises(BadInput):
        actions.confirm_many(EDITOR, [(service, ["phone"]), (other, ["channels"])], BY, now=NOW + 2 * DAY)
    assert len(journal()) == before
    assert row(service).version == 2


def test_what_is_brought_back_is_a_draft_with_nothing_confirmed(service):
    with pytest.raises(BadInput, match="ikke trukket"):
        actions.bring_back(EDITOR, service, now=NOW)
    actions.withdraw(EDITOR, service, now=NOW)
    actions.bring_back(EDITOR, service, now=NOW)
    assert row(service).state == "draft"
    with opened(EDITOR):
        assert not queries.service_for(EDITOR, service).verifications.all()


def test_a_confirmation_counts_as_long_as_the_municipality_says(halden, service):
    actions.configure_municipality(SYSTEM, halden, now=NOW, check_days=30)
    actions.confirm(EDITOR, service, BY, now=NOW + DAY)
    with opened(EDITOR):
        answers = queries.service_for(EDITOR, service).verifications.all()
    assert {one.due_at for one in answers} == {NOW + 31 * DAY}
    with pytest.raises(BadInput, match="antall dager"):
        actions.configure_municipality(SYSTEM, halden, now=NOW, check_days=3)
