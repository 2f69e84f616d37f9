"""The service form without script: drafts, publishing, rows that come and go, errors where they belong."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.scope import opened
from samvirke.catalogue import actions, pages, queries
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, TextInput
from samvirke.catalogue.models import Draft, Service
from samvirke.catalogue.sites import load
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM, every, whole
from samvirke.catalogue.tests.desk import BASE, DESK, address, editing, join, serve, text
from samvirke.catalogue.tests.web import form, press
from samvirke.publishing.render import body_of
from tests.cast import login


@pytest.fixture
def editor(client, cast) -> Client:
    join(timezone.now())
    return login(client, cast["editor"])


def told(service):
    with opened(SYSTEM):
        return queries.as_input(queries.service_for(SYSTEM, service))


def reads(person, language: str) -> str:
    """Let a person read a language; return the button that saves a draft in it."""
    account = person.account
    account.language = language
    account.save()
    return {"nn": "Lagre utkast", "en": "Save draft"}[language]


def published() -> dict[str, str]:
    [site] = load([HALDEN])
    return {page.path: body_of(page).decode() for page in pages.pages(site, timezone.now()) if page.template}


def test_the_form_that_nobody_touched_changes_nothing(editor):
    service = serve(
        channels=[
            ChannelInput("chat", "https://nav.no/chat", "Mo-Fr 09:00-15:00", {"nb": "Nav-chat", "en": "Chat"})
        ],
        phones=(PhoneInput("69 17 45 00", "Mo-Fr 08:00-15:00; PH off", {"nb": "Vakt", "en": "Duty"}),),
        languages=["no", "en", "uk"],
        interpreter=True,
        texts={
            "nb": TextInput("Nav Halden", "Penger og bolig.", price="Gratis"),
            "en": TextInput("Nav", "Money."),
        },
    )
    before = told(service)
    answer = press(editor, address(service), editing(editor, service), "Lagre utkast")
    assert "Ingenting er endret" in text(answer)
    assert not every(Draft)
    assert told(service) == before


def test_a_draft_leaves_the_page_alone_and_publishing_shows_it(editor):
    service = serve()
    changed = editing(editor, service).put(description="Hjelp med penger, bolig og arbeid.")
    press(editor, address(service), changed, "Lagre utkast")
    assert "Samtaler for deg" in published()["tjeneste/nav-halden/index.html"]
    page = editor.get(address(service))
    assert "Ett felt er annerledes enn på siden" in text(page)
    assert "<ins>" in text(page)
    answer = press(editor, address(service), form(page, "Bekreft og publiser"), "Bekreft og publiser")
    assert "er bekreftet og står på siden" in text(answer)
    assert "Hjelp med penger, bolig og arbeid." in published()["tjeneste/nav-halden/index.html"]
    assert not every(Draft)


def test_a_new_service_from_nothing_to_the_page(editor):
    path = f"{BASE}tjenester/ny/"
    given = form(editor.get(path), "Bekreft og publiser").put(
        kind="nav", name="Nav Halden", description="Hjelp med penger.", groups=["adults"],
        phones__0__number="69 17 45 00", street_address="Storgata 8", postal_code="1771", by="Nav-lederen",
    )  # fmt: skip
    for day in range(5):
        given.set(f"opening_hours-d{day}-from1", "8").set(f"opening_hours-d{day}-to1", "15.30")
        given.set(f"phones-0-hours-d{day}-from1", "9").set(f"phones-0-hours-d{day}-to1", "14")
    assert "Du kan ta kontakt selv" not in text(editor.get(f"{BASE}forhandsvis/"))
    answer = press(editor, path, given, "Bekreft og publiser")
    assert text(answer).count("Helligdager: Velg hva som gjelder.") == 4
    assert "Velg hvordan folk får kontakt." in text(answer)
    given = form(answer, "Bekreft og publiser").set("opening_hours-holidays", "closed")
    given.set("phones-0-hours-holidays", "closed").set("access", "self")
    answer = press(editor, path, given, "Bekreft og publiser")
    assert "er bekreftet og står på siden" in text(answer)
    page = published()["tjeneste/nav-halden/index.html"]
    for words in ("69 17 45 00", "Storgata 8, 1771 HALDEN".title(), "Hjelp med penger."):
        assert words.casefold() in re.sub("<[^>]+>", "", page).casefold()
    [row] = every(Service)
    assert (row.state, row.opening_hours) == ("confirmed", "Mo-Fr 08:00-15:30; PH off")


def test_everything_wrong_is_said_at_its_field_and_everything_typed_is_kept(editor):
    service = serve("krisesenter", "Krisesenteret")
    given = editing(editor, service).put(
        name="", description="<b>Ikke slik</b>", phones__0__number="113", postal_code="0000", age_min="40",
        age_max="12", languages="norsk, klingonsk", access="through", through="", how="",
    )  # fmt: skip
    given.set("opening_hours-d0-from1", "kvart over")
    answer = press(editor, address(service), given, "Bekreft og publiser")
    page = text(answer)
    for sentence in (
        "Skriv hva tjenesten heter.", "113 er et nasjonalt nummer", "er ikke et klokkeslett", "klingonsk",
        "Velg tjenesten man må gå gjennom",
    ):  # fmt: skip
        assert sentence in page, sentence
    for typed in (
        "&lt;b&gt;Ikke slik&lt;/b&gt;",
        'value="113"',
        'value="kvart over"',
        'value="norsk, klingonsk"',
    ):
        assert typed in page, typed
    again = form(answer, "Bekreft og publiser").put(
        name="Krisesenteret", phones__0__number="69 17 45 01", languages="norsk", access="self"
    )
    again.set("opening_hours-d0-from1", "8")
    page = text(press(editor, address(service), again, "Bekreft og publiser"))
    for sentence in ("Teksten inneholder HTML", "Postnummeret 0000 finnes ikke", "er høyere enn alderen til"):
        assert sentence in page, sentence
    assert told(service).texts["nb"].name == "Krisesenteret"


def test_phones_come_and_go_without_script(editor):
    service = serve()
    path = address(service)
    more = press(editor, path, editing(editor, service).put(name="Nytt navn"), "Legg til en telefon")
    page = text(more)
    assert 'value="Nytt navn"' in page
    assert "Skriv nummeret" not in page
    given = form(more, "Legg til en telefon").put(
        phones__1__number="69 17 45 99", phones__1__for_residents="no"
    )
    copied = press(editor, path, given, "Samme telefontid som åpningstid")
    third = press(editor, path, form(copied, "Legg til en telefon"), "Legg til en telefon")
    fewer = press(editor, path, form(third, "Fjern Telefon 1"), "Fjern Telefon 1")
    press(editor, path, form(fewer, "Lagre utkast"), "Lagre utkast")
    with opened(SYSTEM):
        phones = queries.draft_of(SYSTEM, service).given.phones
    assert [(one.number, one.for_residents) for one in phones] == [("+4769174599", False)]


def test_phone_hours_can_be_those_of_the_opening_hours(editor):
    service = serve(phones=(PhoneInput("69 17 45 00"),))
    copied = press(editor, address(service), editing(editor, service), "Samme telefontid som åpningstid")
    press(editor, address(service), form(copied, "Bekreft og publiser"), "Bekreft og publiser")
    assert told(service).phones[0].hours == told(service).opening_hours == "Mo-Fr 08:00-15:30; PH off"


def test_the_same_number_twice_is_said_at_the_second(editor):
    service = serve()
    more = press(editor, address(service), editing(editor, service), "Legg til en telefon")
    given = form(more, "Lagre utkast").put(phones__1__number="69174500")
    page = text(press(editor, address(service), given, "Lagre utkast"))
    assert 'id="id_phones-1-number_error"' in page
    assert "Telefon 2: nummer:" in page


def test_labels_and_texts_in_other_languages_stay(editor):
    service = serve(
        phones=(PhoneInput("69 17 45 00", "", {"nb": "Vakt", "en": "Duty phone"}),),
        texts={"nb": TextInput("Nav Halden"), "en": TextInput("Nav in English")},
    )
    given = editing(editor, service).put(name="Nav", phones__0__number="69 17 45 01")
    press(editor, address(service), given, "Bekreft og publiser")
    after = told(service)
    assert after.phones[0].label == {"nb": "Vakt", "en": "Duty phone"}
    assert after.texts["en"].name == "Nav in English"


def test_what_does_not_apply_is_answered_in_the_form(editor):
    service = serve(street_address="", postal_code="", by="")
    given = editing(editor, service).put(na__address="Teamet har ikke egne lokaler.")
    assert "Mangler ennå" in text(editor.get(address(service)))
    press(editor, address(service), given, "Bekreft og publiser")
    assert "Teamet har ikke egne lokaler." in published()["tjeneste/nav-halden/index.html"]
    assert "Alt Helsedirektoratet har bedt om, er med." in text(editor.get(address(service)))


def test_a_reason_in_a_draft_waits_with_the_draft(editor):
    service = serve()
    given = editing(editor, service).put(
        street_address="", postal_code="", na__address="Vi kommer hjem til deg."
    )
    press(editor, address(service), given, "Lagre utkast")
    assert "Vi kommer hjem til deg." not in published()["tjeneste/nav-halden/index.html"]
    again = editing(editor, service)
    assert again.data["na-address"] == ["Vi kommer hjem til deg."]
    press(editor, address(service), again, "Bekreft og publiser")
    page = published()["tjeneste/nav-halden/index.html"]
    assert "Vi kommer hjem til deg." in page
    assert "Storgata" not in page


def test_to_publish_confirms_what_is_new_and_all_when_asked(editor):
    long_ago = timezone.now() - timezone.timedelta(days=30)
    service = serve(at=long_ago)
    given = editing(editor, service).put(street_address="Storgata 9")
    press(editor, address(service), given, "Bekreft og publiser")
    with opened(SYSTEM):
        rows = {row.piece: row for row in queries.service_for(SYSTEM, service).verifications.all()}
    assert rows["phone"].verified_at == long_ago
    assert rows["address"].verified_at > long_ago
    given = editing(editor, service).put(everything="1")
    press(editor, address(service), given, "Bekreft og publiser")
    with opened(SYSTEM):
        rows = {row.piece: row for row in queries.service_for(SYSTEM, service).verifications.all()}
    assert rows["phone"].verified_at > long_ago


def test_next_leads_to_the_next_draft_and_at_last_to_the_desk(editor):
    first, second = serve("nav", "Nav", by=""), serve("ppt", "PPT", by="")
    answer = press(editor, address(second), editing(editor, second), "Publiser, og gå til neste utkast")
    assert answer.redirect_chain[-1][0] == f"{address(first)}#lagre"
    answer = press(editor, address(first), editing(editor, first), "Publiser, og gå til neste utkast")
    assert answer.redirect_chain[-1][0] == DESK


def test_the_preview_is_the_page(editor):
    service = serve(street_address="Storgata 1", phones=(PhoneInput("69 17 45 00", "Mo-Fr 08:00-15:00"),))
    preview = text(editor.get(address(service, "forhandsvis/")))
    front, page = published()["index.html"], published()["tjeneste/nav-halden/index.html"]
    start = front.index('<li class="ds-card"')
    card = front[start : front.index("</li>", start)]
    assert re.sub(r'href="[^"]*"', "", card) in re.sub(r'href="[^"]*"', "", preview)
    article = page[page.index("<h1") : page.index("</article>")]
    assert "".join(article.split()) in "".join(preview.split())


def test_the_preview_follows_what_is_typed_and_stores_nothing(editor):
    service = serve()
    given = editing(editor, service).put(name="Et helt nytt navn", phones__0__number="feil")
    answer = editor.post(address(service, "forhandsvis/"), given.data)
    assert "Et helt nytt navn" in text(answer)
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    live = editor.post(address(service, "forhandsvis/"), given.data, headers={"HX-Request": "true"})
    assert "<template" in text(live)
    assert "Telefonnummer" in text(live)
    assert told(service).texts["nb"].name == "Nav Halden"
    assert not every(Draft)


def test_plain_language_advises_and_does_not_block(editor):
    service = serve(by="")
    long = "Tjenesten blir utført av kommunen i forbindelse med " + "lange setninger som aldri slutter " * 5
    given = editing(editor, service).put(description=long)
    live = text(editor.post(address(service, "forhandsvis/"), given.data, headers={"HX-Request": "true"}))
    assert "Del den i to." in live
    answer = press(editor, address(service), given, "Bekreft og publiser")
    assert "er bekreftet" in text(answer)


def test_what_will_it_say_at_a_moment(editor):
    service = serve()
    given = editing(editor, service)
    data = {
        **given.data,
        "_hours": ["opening_hours"],
        "opening_hours-ask-day": ["24.12"],
        "opening_hours-ask-clock": ["19"],
    }
    assert "Stengt – åpner" in text(editor.post(f"{BASE}timer/", data, headers={"HX-Request": "true"}))


@pytest.mark.parametrize(
    ("language", "grid", "twice"),
    [
        (
            "nn",
            "Måndag: «kvart over» er ikkje eit klokkeslett.",
            "Skjertorsdag står to gonger: fjern den eine.",
        ),
        (
            "en",
            "Monday: “kvart over” is not a time of day.",
            "Maundy Thursday is listed twice: remove one of them.",
        ),
    ],
)
def test_what_is_wrong_in_the_week_is_said_in_the_language_of_the_screen(editor, cast, language, grid, twice):
    button = reads(cast["editor"], language)
    service = serve()
    given = form(editor.get(address(service)), button).set("opening_hours-d0-from1", "kvart over")
    assert grid in text(press(editor, address(service), given, button))
    for name, value in {"d0-from1": "8", "s0-first": "skjærtorsdag", "s1-first": "Maundy Thursday"}.items():
        given.set(f"opening_hours-{name}", value)
    given.set("opening_hours-s0-times", "9-10").set("opening_hours-s1-times", "11-12")
    asked = {**given.data, "_hours": ["opening_hours"]}
    assert twice in text(editor.post(f"{BASE}timer/", asked, headers={"HX-Request": "true"}))


@pytest.mark.parametrize(
    ("language", "said"),
    [("nn", "Skriv semikolon framfor «PH off»."), ("en", "Write a semicolon before “PH off”.")],
)
def test_what_is_wrong_in_hours_as_text_is_said_in_the_language_of_the_screen(editor, cast, language, said):
    button = reads(cast["editor"], language)
    service = serve(opening_hours="Mo-Fr 09:00-11:00; Dec 24 10:00-12:00, Dec 24 13:00-14:00")
    given = form(editor.get(address(service)), button).set("opening_hours-text", "Mo-Fr 08:00-15:30 PH off")
    assert said in text(press(editor, address(service), given, button))


def test_national_numbers_are_shown_and_cannot_be_edited(editor):
    page = text(editor.get(address(serve())))
    assert "kan ikke endres her" in page
    assert "116 117" in page


def test_others_services_are_read_only(editor):
    given = whole("akuttmottak", "Akuttmottaket Kalnes", level="spesialist")
    made = actions.create_service(
        SYSTEM, None, given, now=timezone.now(), areas=[("county", "31")], confirmed_by="Sykehuset"
    )
    page = text(editor.get(address(made.service)))
    assert "Den som eier den, endrer den." in page
    assert "<form" not in page[page.index("<main") : page.index("</main")]
    assert editor.post(address(made.service), {"name": "Kapret"}).status_code == 200
    with opened(SYSTEM):
        assert queries.service_for(SYSTEM, made.service).state == "confirmed"
    assert told(made.service).texts["nb"].name == "Akuttmottaket Kalnes"
