"""The desk through HTTP: from empty to complete, one click to mend, and who may press what."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.scope import opened
from samvirke.catalogue import actions, queries, rules, starters
from samvirke.catalogue.models import Joined, Service, Verification
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM, every, whole
from samvirke.catalogue.tests.desk import BASE, BY, DESK, address, join, serve, text
from samvirke.catalogue.tests.web import form, forms, press
from tests.cast import login

LONG_AGO = timedelta(days=120)


@pytest.fixture
def editor(client, cast) -> Client:
    return login(client, cast["editor"])


def state(kind: str) -> set[str]:
    return {
        item.state
        for item in queries.completeness([HALDEN], timezone.now())[HALDEN].items
        if item.kind == kind
    }


def test_an_empty_municipality_is_led_by_the_hand(editor, cast):
    administrator = login(Client(), cast["administrator"])
    page = text(editor.get(DESK))
    assert "Dette gjør administratoren i kommunen." in page
    assert "Kommunen må bli med først" in text(editor.get(f"{BASE}maler/"))
    assert "oppsett/" in text(administrator.get(DESK))
    settings = administrator.get(f"{BASE}oppsett/")
    wrong = press(
        administrator, f"{BASE}oppsett/", form(settings, "Bli med").put(error_email="feil"), "Bli med"
    )
    assert "er ikke en e-postadresse" in text(wrong)
    answer = press(
        administrator,
        f"{BASE}oppsett/",
        form(wrong, "Bli med").put(error_email="post@halden.no", check_days="60"),
        "Bli med",
    )
    assert "Kommunen er med" in text(answer)
    [joined] = every(Joined)
    assert (joined.error_email, joined.check_days, joined.languages) == ("post@halden.no", 60, ["nb"])

    templates = form(editor.get(f"{BASE}maler/"), "Lag utkast av dem som er krysset av")
    answer = press(
        editor, f"{BASE}maler/", templates.put(kinds=["nav", "ppt"]), "Lag utkast av dem som er krysset av"
    )
    assert "2 utkast er laget" in text(answer)
    assert sorted(one.kind for one in every(Service)) == ["nav", "ppt"]
    page = text(editor.get(DESK))
    assert "2 av 10" in page
    assert "Fyll ut den neste" in page
    rest = form(editor.get(f"{BASE}maler/"), "Lag utkast av dem som er krysset av")
    press(editor, f"{BASE}maler/", rest, "Lag utkast av dem som er krysset av")
    wanted = {need.kind for need in rules.REQUIRED} | {rules.ACUTE_WARD}
    assert {one.kind for one in every(Service)} == wanted
    nothing = press(
        editor,
        f"{BASE}maler/",
        form(editor.get(f"{BASE}maler/"), "Lag utkast av dem som er krysset av").put(kinds=None),
        "Lag utkast av dem som er krysset av",
    )
    assert "Velg minst én mal." in text(nothing)
    assert len(starters.templates()) > len(wanted)


def test_one_click_says_that_it_is_still_right(editor):
    join(timezone.now() - LONG_AGO)
    service = serve(at=timezone.now() - LONG_AGO)
    page = editor.get(DESK)
    assert "Må bekreftes på nytt" in text(page)
    assert "69 17 45 00" in text(page)
    assert state("nav") == {rules.OVERDUE}
    answer = press(editor, DESK, form(page, "Stemmer fortsatt: Nav Halden"), "Stemmer fortsatt: Nav Halden")
    assert "er bekreftet" in text(answer)
    assert state("nav") == {rules.PRESENT}
    with opened(SYSTEM):
        assert queries.service_for(SYSTEM, service).verifications.first().verified_by == BY


def test_an_answer_that_does_not_apply_is_renewed_by_the_same_click(editor):
    then = timezone.now() - LONG_AGO
    join(then)
    service = serve("kriseteam", "Kriseteamet", at=then, street_address="", postal_code="")
    actions.answer_not_applicable(
        SYSTEM, service, "address", {"nb": "Uten lokaler", "en": "No premises"}, BY, now=then
    )
    page = editor.get(DESK)
    assert "gjelder ikke: Uten lokaler" in text(page)
    press(editor, DESK, form(page, "Stemmer fortsatt: Kriseteamet"), "Stemmer fortsatt: Kriseteamet")
    assert state("kriseteam") == {rules.PRESENT, rules.NOT_APPLICABLE}
    [row] = every(Verification, piece="address")
    assert row.reason == {"nb": "Uten lokaler", "en": "No premises"}
    assert row.verified_at > then


def test_many_are_confirmed_at_once_and_only_those_that_are_ticked(editor):
    then = timezone.now() - LONG_AGO
    join(then)
    nav, _ppt = serve(at=then), serve("ppt", "PPT", at=then)
    path = f"{BASE}bekreft/"
    empty = press(editor, path, form(editor.get(path), "Stemmer fortsatt"), "Stemmer fortsatt")
    assert "Kryss av for minst én tjeneste." in text(empty)
    given = form(empty, "Stemmer fortsatt").put(services=[str(nav)], by="Kommuneoverlegen")
    assert "1 tjeneste er bekreftet." in text(press(editor, path, given, "Stemmer fortsatt"))
    assert (state("nav"), state("ppt")) == ({rules.PRESENT}, {rules.OVERDUE})
    ticked = forms(editor.get(f"{path}?velg=alle"))
    assert len(next(one for one in ticked if "Stemmer fortsatt" in one.buttons).data["services"]) == 1


def test_the_gps_duty_is_confirmed_with_one_click(editor):
    join(timezone.now())
    serve()
    page = editor.get(DESK)
    button = "Stemmer: Fastlegen skal gi øyeblikkelig hjelp på dagtid"
    press(editor, DESK, form(page, button), button)
    verdict = {i.rule: i.state for i in queries.completeness([HALDEN], timezone.now())[HALDEN].items}
    assert verdict[rules.GP_SAME_DAY] == rules.PRESENT


def test_a_missing_piece_leads_to_its_field(editor):
    join(timezone.now())
    service = serve(street_address="", postal_code="")
    page = text(editor.get(DESK))
    assert f'{address(service)}#id_street_address"' in page
    form_page = text(editor.get(address(service)))
    for target in (
        "id_street_address",
        "id_phones-0-number",
        "id_opening_hours_d0-from1",
        "id_groups_0",
        "kanaler",
    ):
        assert f'id="{target}"' in form_page, target


def test_we_do_not_have_this(editor):
    join(timezone.now())
    serve()
    assert "har-ikke/krisesenter/" in text(editor.get(DESK))
    path = f"{BASE}har-ikke/krisesenter/"
    empty = press(editor, path, form(editor.get(path), "Lagre svaret"), "Lagre svaret")
    assert "Skriv hvorfor dere ikke har tjenesten" in text(empty)
    given = form(empty, "Lagre svaret").put(nb="Krisesenteret i Sarpsborg tar imot alle.")
    assert "Om siden" in text(press(editor, path, given, "Lagre svaret"))
    assert state("krisesenter") == {rules.NOT_APPLICABLE}
    old = actions.answer_lacking(
        SYSTEM, HALDEN, "krisesenter", {"nb": "Sarpsborg."}, BY, now=timezone.now() - LONG_AGO
    )
    assert old
    assert state("krisesenter") == {rules.OVERDUE}
    page = editor.get(DESK)
    press(editor, DESK, form(page, "Stemmer fortsatt: Krisesenter"), "Stemmer fortsatt: Krisesenter")
    assert state("krisesenter") == {rules.NOT_APPLICABLE}
    press(editor, path, form(editor.get(path), "Ta bort svaret"), "Ta bort svaret")
    assert state("krisesenter") == {rules.MISSING}
    must = text(editor.get(f"{BASE}har-ikke/fastlege/"))
    assert "Alle kommuner skal ha dette" in must
    assert "Lagre svaret" not in must


def test_a_template_can_be_fetched_from_the_line_that_misses_it(editor):
    join(timezone.now())
    serve()
    page = editor.get(DESK)
    answer = press(editor, DESK, form(page, "Hent malen: Krisesenter"), "Hent malen: Krisesenter")
    assert "Ett utkast er laget" in text(answer)
    assert {one.kind for one in every(Service)} == {"nav", "krisesenter"}


def test_those_who_only_read_see_the_desk_without_buttons(cast):
    join(timezone.now() - LONG_AGO)
    service = serve(at=timezone.now() - LONG_AGO)
    reader = login(Client(), cast["contact-person"])
    assert "Stemmer fortsatt" not in text(reader.get(DESK))
    assert "Lagre utkast" not in text(reader.get(address(service)))
    for part in ("bekreft/", "svar/", "trekk/", "melding/", "oversett/en/", "gjenopprett/", "utkast/"):
        assert reader.post(address(service, part)).status_code == 403, part
    assert reader.post(address(service), {"name": "Kapret", "act": "publish"}).status_code == 200
    assert "Kapret" not in text(reader.get(address(service)))


def test_another_municipalitys_services_do_not_exist(cast):
    join(timezone.now())
    service = serve()
    draft = serve("ppt", "PPT", by="")
    stranger = login(Client(), cast["editor@oslo"])
    for part in ("", "forhandsvis/", "svar/", "trekk/", "melding/", "oversett/en/", "historie/"):
        assert stranger.get(address(service, part)).status_code == 404, part
        for other in (service, draft):
            assert stranger.get(f"/arbeid/0301/tjenester/{other}/{part}").status_code == 404, part
            assert stranger.post(f"/arbeid/0301/tjenester/{other}/{part}", {"name": "x"}).status_code == 404
    for part in ("bekreft/", "gjenopprett/", "utkast/"):
        assert (
            stranger.post(
                f"/arbeid/0301/tjenester/{service}/{part}", {"pieces": "phone", "by": "x"}
            ).status_code
            == 404
        )
    assert every(Verification)


def test_the_desk_asks_a_fixed_number_of_questions(editor, django_assert_max_num_queries):
    join(timezone.now())
    for number in range(3):
        serve("skole", f"Skole {number}")
    with django_assert_max_num_queries(45) as few:
        editor.get(DESK)
    for number in range(12):
        serve("skole", f"Enda en skole {number}")
        actions.create_service(SYSTEM, HALDEN, whole("barnehage", f"Barnehage {number}"), now=timezone.now())
    with django_assert_max_num_queries(len(few)) as many:
        editor.get(DESK)
    assert len(many) <= len(few)


def test_the_list_pages_by_name_with_a_fixed_number_of_questions(editor, django_assert_max_num_queries):
    join(timezone.now())
    names = ["Ærfuglen", "Åsen", "Østgård", "Alfa", *(f"Skole {number:02}" for number in range(30))]
    for name in names:
        serve("skole", name)
    serve("ppt", "PPT-utkast", by="")
    with django_assert_max_num_queries(40):
        first = editor.get(f"{BASE}tjenester/")
    page = text(first)
    assert page.index("Alfa") < page.index("PPT-utkast") < page.index("Skole 00")
    assert "Åsen" not in page
    following = page[page.rindex("etter=") + 6 :].split('"')[0]
    rest = text(editor.get(f"{BASE}tjenester/?etter={following}"))
    assert rest.index("Skole 29") < rest.index("Ærfuglen") < rest.index("Østgård") < rest.index("Åsen")
    drafts = text(editor.get(f"{BASE}tjenester/?tilstand=draft"))
    assert "PPT-utkast" in drafts
    assert "Alfa" not in drafts
    assert "PPT-utkast" not in text(editor.get(f"{BASE}tjenester/?type=skole"))
    assert editor.get(f"{BASE}tjenester/?tilstand=tull&type=%00&etter=x").status_code == 200


def test_each_line_says_who_answers_for_it_and_mine_can_be_had_alone(editor, cast):
    join(timezone.now() - LONG_AGO)
    nav, _ppt = serve(at=timezone.now() - LONG_AGO), serve("ppt", "PPT", at=timezone.now() - LONG_AGO)
    path = f"{BASE}ansvarlige/"
    page = editor.get(path)
    assert "uten ansvarlig" in text(page)
    nobody = press(editor, path, form(page, "Gi ansvaret"), "Gi ansvaret")
    assert "Kryss av for minst én tjeneste." in text(nobody)
    given = form(nobody, "Gi ansvaret").put(services=[str(nav)], person_=str(cast["editor"].id))
    assert "1 tjeneste har fått ny ansvarlig." in text(press(editor, path, given, "Gi ansvaret"))
    stranger = form(nobody, "Gi ansvaret").put(services=[str(nav)], person_=str(cast["editor@oslo"].id))
    assert "har fått ny ansvarlig" not in text(press(editor, path, stranger, "Gi ansvaret"))
    desk = text(editor.get(DESK))
    assert "Ansvarlig: Eli Rud." in desk
    assert "PPT" in desk
    mine = text(editor.get(f"{DESK}?mine=1"))
    assert "Nav Halden" in mine
    assert "PPT" not in mine


def test_a_municipality_adds_kinds_of_its_own(editor):
    join(timezone.now())
    path = f"{BASE}typer/"
    empty = press(editor, path, form(editor.get(path), "Legg til typen"), "Legg til typen")
    assert "Skriv hva typen heter." in text(empty)
    given = form(empty, "Legg til typen").put(nb="Senter for ungdom", level="frivillig")
    assert "Senter for ungdom" in text(press(editor, path, given, "Legg til typen"))
    twice = press(
        editor, path, form(editor.get(path), "Legg til typen").put(nb="Senter for ungdom"), "Legg til typen"
    )
    assert "finnes fra før" in text(twice)
    new = f"{BASE}tjenester/ny/?type=senter-for-ungdom"
    filled = form(editor.get(new), "Lagre utkast").put(name="Ungdomssenteret", access="self")
    press(editor, new, filled, "Lagre utkast")
    [row] = every(Service)
    assert row.own_kind == "senter-for-ungdom"
    used = press(
        editor, path, form(editor.get(path), "Ta bort: Senter for ungdom"), "Ta bort: Senter for ungdom"
    )
    assert "Typen er i bruk." in text(used)


def test_all_limits_can_be_shorter_for_a_while(cast):
    then = timezone.now() - timedelta(days=20)
    join(then)
    serve(at=then)
    administrator, path = login(Client(), cast["administrator"]), f"{BASE}oppsett/frist/"
    wrong = form(administrator.get(path), "Sett kortere frist").put(days="0", last="1.1.2020")
    page = press(administrator, path, wrong, "Sett kortere frist")
    for sentence in (
        "Skriv et antall dager fra 1 til 365.",
        "Siste dag er allerede forbi.",
        "Skriv hvorfor.",
    ):
        assert sentence in text(page), sentence
    last = timezone.now().date() + timedelta(days=14)
    right = form(page, "Sett kortere frist").put(
        days="14", last=f"{last:%d.%m.%Y}", reason="Skredet i Storgata"
    )
    page = press(administrator, path, right, "Sett kortere frist")
    assert "Skredet i Storgata" in text(page)
    assert "Må bekreftes på nytt" in text(administrator.get(DESK))
    press(administrator, path, form(page, "Slutt nå"), "Slutt nå")
    assert "Må bekreftes på nytt" not in text(administrator.get(DESK))


def test_the_municipality_has_somebody_who_answers_for_the_rest(cast):
    join(timezone.now())
    administrator, path = login(Client(), cast["administrator"]), f"{BASE}oppsett/"
    given = form(administrator.get(path), "Lagre").put(verifier=str(cast["approver"].id))
    press(administrator, path, given, "Lagre")
    [row] = every(Joined)
    assert row.verifier_id == cast["approver"].id
