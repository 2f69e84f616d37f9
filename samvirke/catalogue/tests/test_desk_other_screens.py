"""Translations, history, notices, what does not apply, withdrawing, the set-up and the overview, through HTTP."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.scope import opened
from samvirke.accounts.models import Account
from samvirke.catalogue import actions, queries
from samvirke.catalogue.inputs import TextInput
from samvirke.catalogue.models import Draft, Joined, Notice, Service
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM, every
from samvirke.catalogue.tests.desk import BASE, DESK, address, editing, join, serve, text
from samvirke.catalogue.tests.web import form, forms, press
from tests.cast import login

TEXTS = {
    "nb": TextInput("Nav Halden", "Hjelp med penger.", price="Gratis"),
    "en": TextInput("Nav Halden", "Help with money.", price="Free"),
}


@pytest.fixture
def editor(client, cast) -> Client:
    join(timezone.now())
    return login(client, cast["editor"])


def told(service):
    with opened(SYSTEM):
        return queries.as_input(queries.service_for(SYSTEM, service))


def test_a_translation_stands_beside_its_source_and_shows_what_has_changed(editor):
    service = serve(texts=TEXTS)
    path = address(service, "oversett/en/")
    assert "<ins>" not in text(editor.get(path))
    given = editing(editor, service).put(description="Hjelp med penger og bolig.")
    press(editor, address(service), given, "Bekreft og publiser")
    assert "Oppdater engelsk" in text(editor.get(DESK))
    page = editor.get(path)
    assert "Hjelp med penger<ins> og bolig</ins>." in text(page)
    assert "Teksten er endret etter at den ble oversatt." in text(page)
    filled = form(page, "Lagre oversettelsen").put(description="Help with money and housing.")
    press(editor, path, filled, "Lagre oversettelsen")
    assert told(service).texts["en"].description == "Help with money and housing."
    assert "<ins>" not in text(editor.get(path))
    assert "Oppdater engelsk" not in text(editor.get(DESK))


def test_a_new_translation_keeps_what_is_typed_when_it_is_refused(editor):
    service = serve(texts={"nb": TEXTS["nb"]})
    path = address(service, "oversett/nn/")
    given = form(editor.get(path), "Lagre oversettelsen").put(name="", description="Hjelp med pengar.")
    page = press(editor, path, given, "Lagre oversettelsen")
    assert "Skriv hva tjenesten heter på dette språket." in text(page)
    assert "Hjelp med pengar." in text(page)
    press(editor, path, form(page, "Lagre oversettelsen").put(name="Nav"), "Lagre oversettelsen")
    assert told(service).texts["nn"].name == "Nav"
    for language in ("nb", "se", "xx"):
        assert editor.get(address(service, f"oversett/{language}/")).status_code == 404


def test_the_history_says_who_when_and_what_and_an_old_version_comes_back(editor):
    service = serve(texts=TEXTS)
    given = editing(editor, service).put(description="Helt annet.", street_address="Storgata 7")
    press(editor, address(service), given, "Bekreft og publiser")
    path = address(service, "historie/")
    page = editor.get(path)
    for words in (
        "Eli Rud",
        "publiserte en tjeneste",
        "Versjon 2",
        "Gateadresse",
        "<ins>7</ins>",
        "Bekreftet av",
    ):
        assert words in text(page), words
    compared = text(editor.get(f"{path}?fra=1&til=2"))
    assert "Fra versjon 1 til 2" in compared
    assert "<del>Hjelp med penger.</del><ins>Helt annet.</ins>" in compared
    assert editor.get(f"{path}?fra=99&til=x").status_code == 200
    press(editor, path, form(page, "Hent tilbake som utkast: 1"), "Hent tilbake som utkast: 1")
    assert told(service).street_address == "Storgata 7"
    [draft] = every(Draft)
    assert draft.content["street_address"] == "Storgata 1"
    again = press(
        editor, path, form(editor.get(path), "Hent tilbake som utkast: 1"), "Hent tilbake som utkast: 1"
    )
    assert "har et utkast" in text(again)
    press(editor, address(service), editing(editor, service), "Bekreft og publiser")
    assert told(service).street_address == "Storgata 1"


def test_a_draft_can_be_thrown_away(editor):
    service = serve()
    press(editor, address(service), editing(editor, service).put(name="Annet"), "Lagre utkast")
    page = editor.get(address(service))
    press(editor, address(service), form(page, "Forkast utkastet"), "Forkast utkastet")
    assert not every(Draft)
    assert told(service).texts["nb"].name == "Nav Halden"


def test_a_notice_has_a_last_day_and_one_text_per_language(editor):
    service = serve()
    path = address(service, "melding/")
    page = form(editor.get(path), "Lagre meldingen")
    over = press(editor, path, page.put(nb="Stengt.", starts="1.1.2020", ends="2.1.2020"), "Lagre meldingen")
    assert "Siste dag er allerede forbi." in text(over)
    backwards = press(editor, path, form(over, "Lagre meldingen").put(ends="31.12.2019"), "Lagre meldingen")
    assert "Siste dag er før første dag." in text(backwards)
    nonsense = press(editor, path, form(backwards, "Lagre meldingen").put(ends="i morgen"), "Lagre meldingen")
    assert "er ikke en dato" in text(nonsense)
    assert "Stengt." in text(nonsense)
    last = timezone.now().date() + timedelta(days=9)
    given = form(nonsense, "Lagre meldingen").put(ends=f"{last:%d.%m.%Y}", starts="1.1.2020", en="Closed.")
    press(editor, path, given, "Lagre meldingen")
    [row] = every(Notice)
    assert (row.ends, row.texts) == (last, {"nb": "Stengt.", "en": "Closed."})
    assert "Stengt." in text(editor.get(address(service, "forhandsvis/")))
    press(editor, path, form(editor.get(path), "Ta ned meldingen"), "Ta ned meldingen")
    assert not every(Notice)


def test_the_municipality_has_notices_of_its_own(editor):
    path = f"{BASE}meldinger-pa-siden/"
    last = timezone.now().date() + timedelta(days=3)
    given = form(editor.get(path), "Lagre meldingen").put(nb="Vannet er stengt.", en="No water.")
    press(editor, path, given.put(ends=f"{last:%d.%m.%Y}"), "Lagre meldingen")
    page = editor.get(path)
    assert text(page).index("Vannet er stengt.") < text(page).index("No water.")
    press(editor, path, form(page, "Ta ned"), "Ta ned")
    assert not every(Notice)


def test_what_does_not_apply_is_answered_in_every_language(editor):
    service = serve(street_address="", postal_code="")
    path = f"{address(service, 'svar/')}?opplysning=address"
    page = form(editor.get(path), "Lagre svaret")
    assert page.data["piece"] == ["address"]
    empty = press(editor, path, page, "Lagre svaret")
    assert "Skriv hvorfor." in text(empty)
    given = form(empty, "Lagre svaret").put(nb="Vi kommer hjem til deg.", en="We come to you.")
    press(editor, path, given, "Lagre svaret")
    with opened(SYSTEM):
        rows = {row.piece: row for row in queries.service_for(SYSTEM, service).verifications.all()}
    assert rows["address"].reason == {"nb": "Vi kommer hjem til deg.", "en": "We come to you."}


def test_to_withdraw_asks_once_and_can_be_undone(editor):
    service = serve()
    path = address(service, "trekk/")
    question = editor.get(path)
    assert "Vil du trekke tilbake «Nav Halden»?" in text(question)
    [row] = every(Service)
    assert row.state == "confirmed"
    press(editor, path, form(question, "Trekk tilbake"), "Trekk tilbake")
    [row] = every(Service)
    assert row.state == "withdrawn"
    page = editor.get(address(service))
    assert "står ikke på siden" in text(page)
    press(editor, address(service), form(page, "Hent tilbake som utkast"), "Hent tilbake som utkast")
    [row] = every(Service)
    assert row.state == "draft"


def test_the_set_up_can_be_changed_and_every_mistake_is_said(cast):
    join(timezone.now(), languages=["nb"])
    administrator = login(Client(), cast["administrator"])
    path = f"{BASE}oppsett/"
    given = form(administrator.get(path), "Lagre").put(
        error_email="", statement_url="ikke en adresse", check_days="3"
    )
    page = press(administrator, path, given, "Lagre")
    for sentence in (
        "Skriv hvem innbyggerne kan melde feil til.",
        "er ikke en nettadresse",
        "Skriv minst 7 dager.",
    ):
        assert sentence in text(page), sentence
    right = form(page, "Lagre").put(
        error_email="a@halden.no", statement_url="https://uustatus.no/nb/erklaringer/1", check_days="45",
        languages=["nb", "en"], needs_approval="on",
    )  # fmt: skip
    assert "Oppsettet er lagret." in text(press(administrator, path, right, "Lagre"))
    [row] = every(Joined)
    assert (row.error_email, row.check_days, row.languages, row.needs_approval) == (
        "a@halden.no",
        45,
        ["nb", "en"],
        True,
    )


def test_the_governor_sees_figures_of_the_county_and_no_others(cast, django_assert_max_num_queries):
    join(timezone.now())
    serve()
    governor = login(Client(), cast["governor"])
    with django_assert_max_num_queries(40):
        page = text(governor.get("/arbeid/oversikt/"))
    assert "Halden" in page
    assert "Oslo" not in page[page.index("<main") :]
    assert "1 av" in page
    for order in ("navn", "dekning", "ferskhet", "tull"):
        assert governor.get(f"/arbeid/oversikt/?ordne={order}&fylke=03").status_code == 200
    assert governor.get(DESK).status_code == 403


def test_the_directorate_sees_a_county_at_a_time(cast, django_assert_max_num_queries):
    directorate = login(Client(), cast["directorate"])
    with django_assert_max_num_queries(40):
        page = text(directorate.get("/arbeid/oversikt/?fylke=03"))
    assert "Oslo" in page
    assert "fylke=56" in page
    assert login(Client(), cast["operator"]).get("/arbeid/oversikt/").status_code == 403
    assert login(Client(), cast["outsider"]).get("/arbeid/oversikt/").status_code == 404


def test_everything_is_said_in_the_language_of_the_person(editor, cast):
    service = serve()
    for path in (DESK, address(service), f"{BASE}tjenester/", f"{BASE}maler/", address(service, "historie/")):
        for language, words in (("nn", "Tenester"), ("en", "Services")):
            Account.objects.filter(pk=cast["editor"].id).update(language=language)
            page = text(editor.get(path))
            assert f'lang="{language}"' in page
            assert words in page, (path, language)


def test_no_screen_has_two_inputs_with_one_id(editor):
    service = serve()
    for path in (address(service), f"{BASE}tjenester/ny/", f"{BASE}bekreft/"):
        page = text(editor.get(path))
        ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
        assert sorted(ids) == sorted(set(ids)), [one for one in ids if ids.count(one) > 1]
    assert len(forms(editor.get(address(service)))) == 1


def test_joining_says_nothing_about_services_until_they_are_confirmed(editor):
    actions.adopt_templates(SYSTEM, HALDEN, now=timezone.now())
    assert {row.state for row in every(Service)} == {"draft"}
    page = text(editor.get(DESK))
    assert "Fyll ut den neste" in page
