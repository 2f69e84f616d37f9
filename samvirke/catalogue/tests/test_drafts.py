"""What is being written stays apart from what is published, and where it is wanted, a second person publishes it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from samvirke.access.permissions import Role
from samvirke.access.scope import Denied, NotYours, opened
from samvirke.catalogue import actions, pages, queries, sites
from samvirke.catalogue.actions import SENT, EditConflict
from samvirke.catalogue.importing import ImportRow
from samvirke.catalogue.inputs import PhoneInput, TextInput
from samvirke.catalogue.merging import three_way
from samvirke.catalogue.models import Draft, Service
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.catalogue.tests.people import (
    ADMINISTRATOR,
    ANOTHER_EDITOR,
    APPROVER,
    EDITOR,
    KARI,
    LIV,
    NEIGHBOUR,
    OLA,
    SARPSBORG,
    TEAM_LEADER,
    WRITING_APPROVER,
    as_,
    journal,
)
from samvirke.kit.errors import BadInput

BY = "Redaktøren i Halden"
DAY = timedelta(days=1)
NEW = whole(street_address="Storgata 9")


@pytest.fixture
def service(halden):
    return actions.create_service(EDITOR, halden, whole(), now=NOW, confirmed_by=BY).service


@pytest.fixture
def two_persons(service):
    """Halden wants a second person."""
    actions.configure_municipality(ADMINISTRATOR, HALDEN, now=NOW, needs_approval=True)
    return service


def shown():
    (site,) = pages.load([HALDEN])
    return sites.at(site, NOW).services


def draft(service, scope=EDITOR):
    with opened(scope):
        return queries.draft_of(scope, service)


def waiting(scope=APPROVER):
    with opened(scope):
        return queries.waiting_drafts(scope, HALDEN)


def builds():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'publishing.build'")
        return cursor.fetchone()[0]


def sent(service, scope=EDITOR, given=NEW, **more):
    return actions.publish(scope, service, given, version=1, confirmed_by=BY, now=NOW, **more)


def test_a_draft_changes_nothing_that_is_published(service):
    before, jobs = shown(), builds()
    actions.save_draft(EDITOR, service, NEW, version=1, now=NOW)
    assert shown() == before
    assert builds() == jobs
    assert draft(service).given.street_address == "Storgata 9"
    assert draft(service).writers == {KARI}
    assert every(Service, id=service)[0].version == 1
    actions.publish(EDITOR, service, NEW, version=1, revision=1, confirmed_by="Resepsjonen", now=NOW + DAY)
    assert shown()[0].address == "Storgata 9, 1771 Halden"
    assert draft(service) is None


def test_what_was_confirmed_earlier_keeps_its_date_when_something_else_is_published(service):
    actions.publish(EDITOR, service, NEW, version=1, confirmed_by="Resepsjonen", now=NOW + DAY)
    with opened(EDITOR):
        answers = {row.piece: row for row in queries.service_for(EDITOR, service).verifications.all()}
    assert (answers["address"].verified_by, answers["address"].verified_at) == ("Resepsjonen", NOW + DAY)
    assert (answers["phone"].verified_by, answers["phone"].verified_at) == (BY, NOW)


def test_a_service_nobody_has_published_is_published_whole(halden):
    made = actions.create_service(EDITOR, halden, whole(street_address="", postal_code=""), now=NOW).service
    reasons = {"address": {"nb": "Teamet kommer til deg."}}
    done = actions.publish(
        EDITOR,
        made,
        whole(street_address="", postal_code=""),
        version=1,
        confirmed_by=BY,
        now=NOW,
        reasons=reasons,
    )
    (service,) = shown()
    assert set(service.states.values()) == {"present", "not-applicable"}
    assert service.not_applicable == reasons
    assert done.fields["state"] == ("draft", "confirmed")


def test_saving_the_same_again_does_nothing(service):
    acts = len(journal())
    assert actions.save_draft(EDITOR, service, whole(), version=1, now=NOW).nothing
    assert draft(service) is None
    actions.save_draft(EDITOR, service, NEW, version=1, now=NOW)
    assert actions.save_draft(EDITOR, service, NEW, version=1, now=NOW + DAY).nothing
    assert len(journal()) == acts + 1


def test_a_draft_is_thrown_away(service):
    actions.save_draft(EDITOR, service, NEW, version=1, now=NOW)
    actions.drop_draft(EDITOR, service, now=NOW)
    assert draft(service) is None
    assert [one.code for one in journal()[-2:]] == ["catalogue.draft.saved", "catalogue.draft.dropped"]
    assert actions.drop_draft(EDITOR, service, now=NOW).nothing


def test_two_who_write_in_one_draft_lose_nothing(service):
    actions.save_draft(EDITOR, service, NEW, version=1, revision=0, now=NOW)
    with pytest.raises(EditConflict) as conflict:
        actions.save_draft(ANOTHER_EDITOR, service, whole(age_min=20), version=1, revision=0, now=NOW)
    told = conflict.value
    assert (told.since[0].account, told.since[0].fields, told.since[0].draft) == (
        KARI,
        ("street_address",),
        True,
    )
    merged = three_way(told.base, told.theirs, whole(age_min=20))
    assert not merged.conflicts
    actions.save_draft(
        ANOTHER_EDITOR, service, merged.content, version=told.version, revision=told.revision, now=NOW
    )
    assert (draft(service).given.street_address, draft(service).given.age_min) == ("Storgata 9", 20)
    with pytest.raises(EditConflict) as conflict:
        actions.save_draft(
            EDITOR, service, whole(street_address="Storgata 8"), version=1, revision=1, now=NOW
        )
    assert conflict.value.base.street_address == "Storgata 9"
    assert draft(service).writers == {KARI, OLA}


def test_ones_own_earlier_draft_is_no_conflict_and_anothers_is_when_nobody_says_which(service):
    actions.save_draft(EDITOR, service, NEW, version=1, now=NOW)
    actions.save_draft(EDITOR, service, whole(age_min=20), version=1, now=NOW)
    with pytest.raises(EditConflict):
        actions.save_draft(ANOTHER_EDITOR, service, NEW, version=1, now=NOW)


def test_what_was_published_under_a_draft_is_told(service):
    actions.save_draft(EDITOR, service, NEW, version=1, now=NOW)
    actions.edit_service(ANOTHER_EDITOR, service, {"age_min": 20}, now=NOW, confirmed_by=BY)
    with pytest.raises(EditConflict):
        actions.publish(EDITOR, service, NEW, version=1, revision=1, confirmed_by=BY, now=NOW)


def test_a_second_person_publishes_and_until_then_nothing_is_changed(two_persons):
    before = shown()
    assert sent(two_persons).code == SENT
    assert shown() == before
    (copy,) = waiting()
    assert (copy.state, copy.confirmed_by, copy.given.street_address) == ("sent", BY, "Storgata 9")
    actions.approve(APPROVER, copy.id, now=NOW + DAY)
    (service,) = shown()
    assert service.address == "Storgata 9, 1771 Halden"
    assert waiting() == []
    with opened(APPROVER):
        newest = queries.history(APPROVER, two_persons)[0]
    assert (newest.account, newest.code) == (LIV, "catalogue.draft.approved")
    assert journal()[-1].payload["about"]["writers"] == [str(KARI)]
    assert newest.changes["answers.address"][1]["by"] == BY


def test_nobody_approves_their_own(two_persons):
    sent(two_persons, WRITING_APPROVER)
    (copy,) = waiting()
    with pytest.raises(BadInput, match="selv skrevet"):
        actions.approve(WRITING_APPROVER, copy.id, now=NOW)
    assert shown()[0].address == "Storgata 1, 1771 Halden"


def test_whoever_writes_in_what_they_are_to_approve_is_a_writer(two_persons):
    sent(two_persons)
    (copy,) = waiting()
    changed = replace(copy.given, age_min=20)
    done = actions.publish(
        APPROVER, two_persons, changed, version=1, revision=copy.revision, confirmed_by=BY, now=NOW
    )
    assert done.code == SENT
    (copy,) = waiting()
    assert copy.writers == {KARI, LIV}
    for scope in (APPROVER, WRITING_APPROVER):
        with pytest.raises(BadInput, match="selv skrevet"):
            actions.approve(scope, copy.id, now=NOW)
    actions.approve(as_(Role.APPROVER, OLA), copy.id, now=NOW)
    assert shown()[0].age_min == 20


def test_whoever_saves_and_changes_back_is_still_a_writer(two_persons):
    sent(two_persons)
    actions.save_draft(APPROVER, two_persons, whole(age_min=20), version=1, revision=1, now=NOW)
    sent(two_persons, EDITOR, NEW, revision=2)
    (copy,) = waiting()
    assert copy.writers == {KARI, LIV}
    with pytest.raises(BadInput, match="selv skrevet"):
        actions.approve(APPROVER, copy.id, now=NOW)


def test_an_approver_may_publish_exactly_what_another_wrote(two_persons):
    sent(two_persons)
    (copy,) = waiting()
    done = actions.publish(
        APPROVER, two_persons, copy.given, version=1, revision=copy.revision, confirmed_by=BY, now=NOW
    )
    assert done.code == "catalogue.service.published"
    assert shown()[0].address == "Storgata 9, 1771 Halden"


def test_a_writer_who_publishes_what_they_sent_only_sends_it_again(two_persons):
    sent(two_persons, WRITING_APPROVER)
    for scope in (WRITING_APPROVER, ANOTHER_EDITOR):
        sent(two_persons, scope, revision=draft(two_persons).revision)
        assert shown()[0].address == "Storgata 1, 1771 Halden"
    assert waiting()[0].writers >= {KARI}


def test_one_may_ask_a_second_person_although_nobody_must_be(service):
    assert sent(service, EDITOR, NEW, ask=True).code == SENT
    assert shown()[0].address == "Storgata 1, 1771 Halden"
    actions.approve(APPROVER, waiting()[0].id, now=NOW)
    assert shown()[0].address == "Storgata 9, 1771 Halden"


def test_an_editor_without_the_need_cannot_approve_and_a_neighbour_sees_nothing(two_persons):
    sent(two_persons)
    (copy,) = waiting()
    with pytest.raises(Denied):
        actions.approve(ANOTHER_EDITOR, copy.id, now=NOW)
    with pytest.raises(Denied):
        actions.send_back(ANOTHER_EDITOR, copy.id, "Nei", now=NOW)
    with pytest.raises(Denied):
        actions.save_draft(TEAM_LEADER, two_persons, NEW, version=1, now=NOW)
    for act in (
        lambda: actions.approve(NEIGHBOUR, copy.id, now=NOW),
        lambda: actions.send_back(NEIGHBOUR, copy.id, "Nei", now=NOW),
        lambda: actions.save_draft(NEIGHBOUR, two_persons, NEW, version=1, now=NOW),
        lambda: actions.publish(NEIGHBOUR, two_persons, NEW, version=1, confirmed_by=BY, now=NOW),
        lambda: actions.drop_draft(NEIGHBOUR, two_persons, now=NOW),
    ):
        with pytest.raises(NotYours):
            act()
    with opened(NEIGHBOUR):
        assert queries.waiting_drafts(NEIGHBOUR, HALDEN) == []
        assert queries.drafts_of(NEIGHBOUR, SARPSBORG) == []
    assert len(waiting()) == 1


def test_it_is_sent_back_with_a_reason_and_sent_again(two_persons):
    sent(two_persons)
    (copy,) = waiting()
    with pytest.raises(BadInput, match="må endres"):
        actions.send_back(APPROVER, copy.id, " ", now=NOW)
    actions.send_back(APPROVER, copy.id, "Sjekk gatenummeret.", now=NOW)
    assert waiting() == []
    assert (draft(two_persons).state, draft(two_persons).note) == ("returned", "Sjekk gatenummeret.")
    with pytest.raises(BadInput, match="ikke sendt"):
        actions.approve(APPROVER, copy.id, now=NOW)
    sent(two_persons, EDITOR, whole(street_address="Storgata 7"), revision=1)
    assert waiting()[0].given.street_address == "Storgata 7"


def test_what_others_published_meanwhile_stays_and_the_same_field_is_a_conflict(two_persons):
    sent(two_persons)
    (copy,) = waiting()
    actions.edit_service(SYSTEM, two_persons, {"age_min": 20}, now=NOW, confirmed_by=BY)
    actions.approve(APPROVER, copy.id, now=NOW)
    (service,) = shown()
    assert (service.address, service.age_min) == ("Storgata 9, 1771 Halden", 20)
    version = every(Service, id=two_persons)[0].version
    actions.publish(EDITOR, two_persons, whole(age_min=30), version=version, confirmed_by=BY, now=NOW)
    actions.edit_service(SYSTEM, two_persons, {"age_min": 40}, now=NOW, confirmed_by=BY)
    with pytest.raises(EditConflict, match="Send utkastet tilbake"):
        actions.approve(APPROVER, waiting()[0].id, now=NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda one: actions.edit_service(EDITOR, one, {"age_min": 20}, now=NOW),
        lambda one: actions.edit_service(WRITING_APPROVER, one, {"age_min": 20}, now=NOW, confirmed_by=BY),
        lambda _: actions.create_service(EDITOR, HALDEN, whole(), now=NOW, confirmed_by=BY),
        lambda one: actions.set_translation(EDITOR, one, "en", TextInput("Help"), now=NOW),
        lambda _: actions.import_rows(EDITOR, HALDEN, [], now=NOW, confirmed_by=BY),
        lambda one: actions.answer_not_applicable(EDITOR, one, "channels", {"nb": "Nei"}, BY, now=NOW),
    ],
)
def test_there_is_no_way_around_the_second_person(two_persons, act):
    before, acts = shown(), len(journal())
    with pytest.raises(BadInput, match="en annen godkjenner"):
        act(two_persons)
    assert shown() == before
    assert len(journal()) == acts


def test_a_sheet_cannot_go_around_the_second_person(two_persons):
    actions.edit_service(SYSTEM, two_persons, {"external_id": "a"}, now=NOW, confirmed_by=BY)
    done = actions.import_rows(EDITOR, HALDEN, [ImportRow(2, "a", {"age_min": 40})], now=NOW)
    assert [one.field for one in done.rejected] == ["external_id"]
    assert shown()[0].age_min == 18


def test_nobody_confirms_for_the_first_time_what_they_wrote(two_persons):
    made = actions.create_service(WRITING_APPROVER, HALDEN, whole("nav", "Nav"), now=NOW).service
    with pytest.raises(BadInput, match="en annen"):
        actions.confirm(WRITING_APPROVER, made, BY, now=NOW)
    with pytest.raises(BadInput, match="en annen"):
        actions.confirm_many(ANOTHER_EDITOR, [(made, None)], BY, now=NOW)
    assert (
        actions.publish(WRITING_APPROVER, made, whole("nav", "Nav"), version=1, confirmed_by=BY, now=NOW).code
        == SENT
    )
    (copy,) = waiting()
    with pytest.raises(BadInput, match="selv skrevet"):
        actions.approve(WRITING_APPROVER, copy.id, now=NOW)
    actions.approve(APPROVER, copy.id, now=NOW)
    assert len(shown()) == 2
    actions.confirm(EDITOR, two_persons, BY, now=NOW + DAY)  # still right: anybody who may confirm


def test_whoever_wrote_the_service_itself_cannot_approve_a_draft_of_it(two_persons):
    made = actions.create_service(WRITING_APPROVER, HALDEN, whole("nav", "Nav"), now=NOW).service
    actions.publish(
        ANOTHER_EDITOR, made, whole("nav", "Nav", age_min=20), version=1, confirmed_by=BY, now=NOW
    )
    with pytest.raises(BadInput, match="selv skrevet"):
        actions.approve(WRITING_APPROVER, waiting()[0].id, now=NOW)


def test_a_withdrawn_service_loses_its_draft_and_takes_no_new_one(service):
    actions.save_draft(EDITOR, service, NEW, version=1, now=NOW)
    actions.withdraw(EDITOR, service, now=NOW)
    assert every(Draft) == []
    with pytest.raises(BadInput, match="trukket tilbake"):
        actions.publish(EDITOR, service, NEW, version=2, confirmed_by=BY, now=NOW)


def test_a_bad_value_in_a_draft_is_named_by_field(service):
    with pytest.raises(BadInput) as refused:
        actions.save_draft(EDITOR, service, whole(phones=(PhoneInput("113"),)), version=1, now=NOW)
    assert refused.value.field == "phone"
    assert draft(service) is None


def test_nothing_is_sent_when_nothing_is_new(two_persons):
    assert sent(two_persons, EDITOR, whole()).nothing
    assert waiting() == []


def test_the_drafts_of_a_municipality_come_in_a_fixed_number_of_queries(
    halden, django_assert_max_num_queries
):
    for number in range(5):
        made = actions.create_service(EDITOR, halden, whole(name=f"Team {number}"), now=NOW, confirmed_by=BY)
        actions.save_draft(EDITOR, made.service, NEW, version=1, now=NOW)
    with opened(EDITOR), django_assert_max_num_queries(8):
        assert len(queries.drafts_of(EDITOR, halden)) == 5
