"""Services are created, confirmed, changed and withdrawn; nothing is shown that nobody has confirmed."""

import pickle
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from samvirke.access.scope import opened
from samvirke.catalogue import actions, pages, rules, sites
from samvirke.catalogue.finnhjelp.site import ServiceView
from samvirke.catalogue.inputs import PhoneInput, TextInput
from samvirke.catalogue.models import Notice, Service, Verification
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Helpline

EDITOR = "Redaktøren i Halden"


def shown(code: str = HALDEN) -> tuple[ServiceView, ...]:
    (site,) = pages.load([code])
    return sites.at(site, NOW).services


def builds() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'municipality' FROM procrastinate_jobs WHERE task_name = 'publishing.build'"
        )
        return sorted(row[0] for row in cursor.fetchall())


def test_a_draft_is_not_shown_and_asks_for_no_build(halden):
    before = builds()
    actions.create_service(SYSTEM, halden, whole(), now=NOW)
    assert shown() == ()
    assert builds() == before


def test_a_confirmed_service_is_shown_whole_and_its_pages_are_built(halden):
    before = builds()
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    (service,) = shown()
    assert service.id == str(change.service)
    assert service.slug == "psykisk-helse-og-rus"
    assert service.address == "Storgata 1, 1771 Halden"
    assert service.opening_hours == "Mo-Fr 08:00-15:30; PH off"
    assert [(phone.e164, phone.hours) for phone in service.phones] == [
        ("+4769174500", "Mo-Fr 08:00-15:00; PH off")
    ]
    assert service.checked == date(2026, 11, 20)
    assert service.checked_by == EDITOR
    assert service.access_verified
    assert set(service.states.values()) == {"present"}
    assert builds() == sorted([*before, halden])


def test_what_is_changed_without_confirmation_is_not_shown(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    actions.edit_service(SYSTEM, change.service, {"phones": (PhoneInput("69174501", "24/7"),)}, now=NOW)
    (service,) = shown()
    assert service.phones == ()
    assert service.opening_hours
    assert service.states["phone"] == "missing"
    actions.confirm(SYSTEM, change.service, EDITOR, now=NOW, pieces=["phone"])
    (service,) = shown()
    assert [(phone.e164, phone.hours) for phone in service.phones] == [("+4769174501", None)]


def test_a_new_name_without_confirmation_takes_the_service_off_the_pages(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    actions.edit_service(SYSTEM, change.service, {"texts": {"nb": TextInput("Et nytt navn")}}, now=NOW)
    assert shown() == ()
    actions.confirm(SYSTEM, change.service, EDITOR, now=NOW)
    (service,) = shown()
    assert service.name == {"nb": "Et nytt navn"}
    assert service.slug == "psykisk-helse-og-rus"


def test_an_edit_by_somebody_who_answers_for_it_is_shown_at_once(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    later = NOW + timedelta(days=3)
    done = actions.edit_service(
        SYSTEM, change.service, {"street_address": "Storgata 2"}, now=later, confirmed_by="Resepsjonen"
    )
    assert set(done.fields) == {"street_address", "answers.address"}
    assert done.fields["street_address"] == ("Storgata 1", "Storgata 2")
    assert done.pieces == ("address",)
    (service,) = shown()
    assert service.address == "Storgata 2, 1771 Halden"
    assert [row.verified_by for row in every(Verification, service=change.service, piece="address")] == [
        "Resepsjonen"
    ]


def test_an_edit_that_changes_nothing_writes_nothing(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    before = builds()
    assert not actions.edit_service(SYSTEM, change.service, {"age_min": 18}, now=NOW).fields
    assert builds() == before


def test_a_withdrawn_service_is_gone_and_cannot_be_confirmed(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    actions.withdraw(SYSTEM, change.service, now=NOW)
    assert shown() == ()
    with pytest.raises(BadInput, match="trukket tilbake"):
        actions.confirm(SYSTEM, change.service, EDITOR, now=NOW)


def test_not_applicable_needs_a_reason_and_an_empty_piece(halden):
    change = actions.create_service(
        SYSTEM, halden, whole(street_address="", postal_code=""), now=NOW, confirmed_by=EDITOR
    )
    with pytest.raises(BadInput, match="hvorfor"):
        actions.answer_not_applicable(SYSTEM, change.service, "address", {"nb": " "}, EDITOR, now=NOW)
    with pytest.raises(BadInput, match="fylt ut"):
        actions.answer_not_applicable(SYSTEM, change.service, "phone", {"nb": "Nei"}, EDITOR, now=NOW)
    with pytest.raises(BadInput, match="kan ikke"):
        actions.answer_not_applicable(SYSTEM, change.service, "services", {"nb": "Nei"}, EDITOR, now=NOW)
    actions.answer_not_applicable(
        SYSTEM, change.service, "address", {"nb": "Teamet kommer til deg."}, EDITOR, now=NOW
    )
    (service,) = shown()
    assert service.not_applicable == {"address": {"nb": "Teamet kommer til deg."}}
    assert service.states["address"] == "not-applicable"


def test_a_piece_filled_in_later_replaces_the_answer_that_it_did_not_apply(halden):
    change = actions.create_service(
        SYSTEM, halden, whole(street_address="", postal_code=""), now=NOW, confirmed_by=EDITOR
    )
    actions.answer_not_applicable(
        SYSTEM, change.service, "address", {"nb": "Ingen lokaler."}, EDITOR, now=NOW
    )
    actions.edit_service(
        SYSTEM, change.service, {"street_address": "Storgata 9"}, now=NOW, confirmed_by=EDITOR
    )
    (service,) = shown()
    assert service.address == "Storgata 9"
    assert service.not_applicable == {}


def test_nobody_cannot_confirm(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW)
    with pytest.raises(BadInput, match="hvem"):
        actions.confirm(SYSTEM, change.service, "  ", now=NOW)
    with pytest.raises(BadInput, match="ikke fylt ut"):
        actions.confirm(SYSTEM, change.service, EDITOR, now=NOW, pieces=["channels"])


def test_a_translation_is_out_of_date_when_the_source_has_changed(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    english = TextInput("Mental health and addiction")
    actions.set_translation(SYSTEM, change.service, "en", english, now=NOW)
    assert shown()[0].outdated_languages == ()
    source = TextInput("Psykisk helse og rus", description="Nytt tilbud.")
    actions.edit_service(
        SYSTEM, change.service, {"texts": {"nb": source, "en": english}}, now=NOW, confirmed_by=EDITOR
    )
    (service,) = shown()
    assert service.outdated_languages == ("en",)
    assert service.name == {"nb": "Psykisk helse og rus", "en": "Mental health and addiction"}
    actions.set_translation(SYSTEM, change.service, "en", english, now=NOW)  # looked at again, the words stay
    assert shown()[0].outdated_languages == ()


def test_a_shared_service_stands_where_its_area_is(halden):
    actions.create_service(
        SYSTEM,
        None,
        whole("krisesenter", "Krisesenteret"),
        now=NOW,
        areas=[("county", "31")],
        confirmed_by="Fylket",
    )
    by_place = {site.key: site.services for site in pages.load(["3101", "0301"])}
    assert [service.by_area for service in by_place["3101"]] == [True]
    assert by_place["0301"] == ()
    assert len([code for code in builds() if code.startswith("31")]) >= 12


def test_two_services_of_one_name_get_two_addresses(halden):
    actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    actions.create_service(
        SYSTEM, None, whole(), now=NOW, areas=[("municipality", halden)], confirmed_by=EDITOR
    )
    slugs = [service.slug for service in shown()]
    assert sorted(slugs) == ["psykisk-helse-og-rus", "psykisk-helse-og-rus-2", "psykisk-helse-og-rus-3"]


def test_a_municipality_that_has_not_joined_shows_nothing_of_its_own(db):
    actions.create_service(SYSTEM, "1101", whole(), now=NOW, confirmed_by=EDITOR)
    (site,) = pages.load(["1101"])
    assert not site.joined
    assert site.services == ()
    assert site.languages == ("nb", "nn", "en")


def test_a_nynorsk_municipality_opens_in_nynorsk(db):
    actions.join_municipality(SYSTEM, "4602", now=NOW, languages=["en"])  # Kinn
    (site,) = pages.load(["4602"])
    assert site.default_language == "nn"
    assert site.languages == ("nn", "en")


def test_a_notice_has_an_end_and_a_service_has_one_notice(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    day = date(2026, 12, 20)
    with pytest.raises(BadInput, match="slutter før"):
        actions.add_notice(
            SYSTEM, {"nb": "Stengt"}, day, day - timedelta(days=1), now=NOW, service_id=change.service
        )
    actions.add_notice(
        SYSTEM, {"nb": "Stengt i jula"}, day, day + timedelta(days=9), now=NOW, service_id=change.service
    )
    actions.add_notice(
        SYSTEM, {"nb": "Stengt i romjula"}, day, day + timedelta(days=9), now=NOW, service_id=change.service
    )
    (service,) = shown()
    assert service.notice.text == {"nb": "Stengt i romjula"}
    assert service.notice.until == date(2026, 12, 29)
    actions.add_notice(SYSTEM, {"nb": "Strømbrudd"}, day, day, now=NOW, municipality=halden)
    (site,) = pages.load([halden])
    assert [notice.text["nb"] for notice in site.notices] == ["Strømbrudd"]
    actions.remove_notice(SYSTEM, every(Notice, municipality=halden)[0].id, now=NOW)
    assert pages.load([halden])[0].notices == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phones": (PhoneInput("116117"),)}, "phone"),
        ({"phones": (PhoneInput("113"),)}, "phone"),
        ({"phones": (PhoneInput("00 00 00 01"),)}, "phone"),
        ({"phones": (PhoneInput("123"),)}, "phone"),
        ({"phones": (PhoneInput("69174500", "hverdager 8-15"),)}, "phone_hours"),
        ({"opening_hours": "8-16"}, "opening_hours"),
        ({"postal_code": "0000"}, "postal_code"),
        ({"age_min": 20, "age_max": 10}, "age_min"),
        ({"groups": ["folk"]}, "groups"),
        ({"access": "ring"}, "access"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"kind": "trollmann"}, "kind"),
        ({"texts": {"nb": TextInput("")}}, "name"),
        ({"texts": {"nb": TextInput("Team", description="<script>alert(1)</script>")}}, "description"),
        ({"texts": {"en": TextInput("Team")}}, "texts"),
    ],
)
def test_what_cannot_be_used_is_refused_by_field_in_a_sentence(halden, changes, field):
    with pytest.raises(BadInput) as refused:
        actions.create_service(SYSTEM, halden, whole(**changes), now=NOW)
    assert refused.value.field == field
    assert refused.value.text.endswith(".")
    assert not every(Service, municipality=halden)


def test_the_database_holds_its_ground(halden):
    change = actions.create_service(SYSTEM, halden, whole(), now=NOW, confirmed_by=EDITOR)
    for values in (
        {"age_min": 40, "age_max": 10},
        {"state": "published"},
        {"groups": ["x"]},
        {"own_kind": "begge"},
    ):
        with pytest.raises(IntegrityError), opened(SYSTEM):
            Service.objects.filter(id=change.service).visible_to(SYSTEM).update(**values)
    with pytest.raises(IntegrityError), opened(SYSTEM):
        found = Verification.objects.filter(service=change.service).visible_to(SYSTEM)
        found.update(state=rules.NOT_APPLICABLE)


def test_loading_the_whole_country_takes_a_fixed_number_of_queries(halden, django_assert_max_num_queries):
    for number in range(5):
        actions.create_service(SYSTEM, halden, whole(name=f"Tjeneste {number}"), now=NOW, confirmed_by=EDITOR)
    with django_assert_max_num_queries(22):
        found = pages.load()
    assert len(found) == 358
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (our own bytes)
    national = found[0]
    assert national.key == "national"
    assert len(national.places) == 357
    assert [place.code for place in national.places if place.joined] == [halden]
    assert len(national.finder["municipalities"]) == 357


def test_gaps_say_openly_what_is_not_told(halden):
    change = actions.create_service(
        SYSTEM, halden, whole("kriseteam", "Kriseteamet", opening_hours=""), now=NOW, confirmed_by=EDITOR
    )
    (site,) = pages.load([halden])
    gaps = {(gap.rule, gap.service.get("nb"), gap.state) for gap in sites.at(site, NOW).gaps}
    assert ("opening-hours", "Kriseteamet", "missing") in gaps
    assert ("gp-same-day", None, "missing") in gaps
    lacking = {name for rule, name, _state in gaps if rule == "services"}
    assert "Nav-kontor" in lacking
    assert len(lacking) == 9
    assert not [gap for gap in gaps if gap[0] == "phone" and gap[1] == "Kriseteamet"]
    much_later = sites.at(site, NOW + timedelta(days=91))
    states = next(service.states for service in much_later.services if service.id == str(change.service))
    assert states["phone"] == "overdue"


def test_the_municipality_confirms_the_gps_duty(halden):
    actions.confirm_duty(SYSTEM, halden, "gp-same-day", EDITOR, now=NOW)
    (site,) = pages.load([halden])
    assert "gp-same-day" not in {gap.rule for gap in sites.at(site, NOW).gaps}
    with pytest.raises(BadInput):
        actions.confirm_duty(SYSTEM, halden, "acute-specialist", EDITOR, now=NOW)
    with pytest.raises(BadInput, match="ikke med"):
        actions.confirm_duty(SYSTEM, "0301", "gp-same-day", EDITOR, now=NOW)


def test_a_helpline_of_unknown_holiday_hours_gets_no_badge_around_them(db):
    (site,) = pages.load(["national"])
    unsure = set(Helpline.objects.filter(holidays="unknown").values_list("key", flat=True))
    assert unsure
    for day, quiet in (
        (datetime(2026, 5, 17, 12, tzinfo=UTC), {"05-17"}),
        (datetime(2026, 5, 16, 12, tzinfo=UTC), {"05-17"}),
        (datetime(2026, 4, 2, 12, tzinfo=UTC), {"04-02", "04-03"}),  # Maundy Thursday and Good Friday
        (datetime(2026, 12, 24, 12, tzinfo=UTC), {"12-24", "12-25"}),
        (datetime(2026, 11, 20, 12, tzinfo=UTC), set()),
    ):
        before = {line.key: set(line.no_badge) for line in site.helplines}
        for line in sites.at(site, day).helplines:
            added = {first for first, _last in set(line.no_badge) - before[line.key]}
            assert added == (quiet if line.key in unsure else set())
