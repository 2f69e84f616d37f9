"""Files in and out through HTTP: nothing before the button, everything taken back, nobody else's file."""

import json
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samvirke.catalogue import actions, tasks
from samvirke.catalogue.actions import import_preview, import_steps
from samvirke.catalogue.models import Draft, ImportRun, Service
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM, every, whole
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/import/"
EXPORT = f"/arbeid/{HALDEN}/eksport/"
HEAD = "external_id;name;actor;phone;description"


@pytest.fixture
def joined(db) -> str:
    actions.join_municipality(SYSTEM, HALDEN, now=timezone.now(), error_email="feil@example.no")
    return HALDEN


@pytest.fixture
def editor(client, cast) -> Client:
    return login(client, cast["editor"])


def text(response, status=200) -> str:
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def send(
    client: Client, *rows: str, head: str = HEAD, name: str = "tjenester.csv", data: bytes | None = None
):
    content = "\n".join([head, *rows]).encode() if data is None else data
    return client.post(BASE, {"file": SimpleUploadedFile(name, content)})


def preview(client: Client, *rows: str) -> str:
    response = send(client, *rows)
    assert response.status_code == 302, response.content.decode()[:3000]
    return response.url


def published(**changes) -> UUID:
    given = whole(external_id="a", name="Nav", kind="nav", **changes)
    return actions.create_service(SYSTEM, HALDEN, given, now=timezone.now(), confirmed_by="Lederen").service


def state() -> str:
    (run,) = every(ImportRun)
    return run.state


def carry(client: Client, url: str, **more: str):
    return client.post(url, {"gjor": "alt", "how": "utkast", **more})


def test_from_file_to_services_and_back_again(editor, joined):
    assert "Se hva filen endrer" in text(editor.get(BASE))
    url = preview(editor, "a;Nav Halden;nav;69174500;Hjelp med penger", "b;Kriseteamet;kriseteam;69174501;")
    page = text(editor.get(url))
    assert "Ingen tjenester er endret ennå" in page
    assert "Nav Halden" in page
    assert every(Service) == []
    assert carry(editor, url, rad=["2", "3"], **{"ta-med": ["2"]}).status_code == 302
    done = text(editor.get(url))
    assert "1 ny" in done
    assert [(one.external_id, one.state) for one in every(Service)] == [("a", "draft")]
    asked = text(editor.get(f"{url}angre/"))
    assert "Angre hele importen?" in asked
    editor.post(f"{url}angre/")
    assert "Importen er angret" in text(editor.get(url))
    assert [one.state for one in every(Service)] == ["withdrawn"]
    editor.post(f"{url}gjenta/")
    assert [one.state for one in every(Service)] == ["draft"]
    assert "tjenester.csv" in text(editor.get(BASE))


def test_a_change_is_shown_field_by_field(editor, joined):
    published()
    url = preview(editor, "a;Nav Halden;nav;69174599;Samtaler for deg som har det vanskelig.")
    page = text(editor.get(url))
    assert "Endres" in page
    for was, becomes in (("Nav", "Nav Halden"), ("69 17 45 00", "69 17 45 99")):
        assert was in page
        assert becomes in page
    assert "Samtaler for deg" not in page
    carry(editor, url, rad="2", **{"ta-med": "2"})
    assert len(every(Draft)) == 1
    assert "1 som utkast" in text(editor.get(url))


def test_somebody_stands_for_it_or_the_form_asks_who(editor, joined):
    url = preview(editor, "a;Nav;nav;69174500;")
    refused = text(carry(editor, url, how="bekreftet", by=" ", rad="2", **{"ta-med": "2"}))
    assert "Skriv hvem som bekrefter" in refused
    assert every(Service) == []
    carry(editor, url, how="bekreftet", by="Kommuneoverlegen", rad="2", **{"ta-med": "2"})
    assert [one.state for one in every(Service)] == ["confirmed"]
    assert "Bekreftet av Kommuneoverlegen" in text(editor.get(url))


def test_nothing_chosen_is_said_at_the_top(editor, joined):
    url = preview(editor, "a;Nav;nav;69174500;")
    assert "Velg minst én rad." in text(carry(editor, url, rad="2"))
    assert state() == "preview"


def test_rows_that_cannot_be_used_say_what_to_do(editor, joined):
    url = preview(editor, "a;;nav;113;", "b;Team;heksedoktor;;")
    page = text(editor.get(f"{url}?vis=rejected"))
    assert "Telefon (phone)" in page
    assert "nasjonalt nummer" in page
    kinds = text(editor.get(f"{url}?vis=kindless"))
    assert "Hvilken type er «heksedoktor»?" in kinds
    editor.post(f"{url}?vis=kindless", {"gjor": "valg", "rad": "3", "type-3": "kriseteam"})
    carry(editor, url)
    assert [one.actor_id for one in every(Service)] == ["kriseteam"]


def test_pages_of_rows_keep_their_ticks(editor, joined, monkeypatch):
    monkeypatch.setattr("samvirke.catalogue.views.sheets.A_PAGE", 2)
    url = preview(editor, *(f"s{number};Tjeneste {number};nav;;" for number in range(5)))
    first = text(editor.get(url))
    assert "Tjeneste 1" in first
    assert "Tjeneste 2" not in first
    editor.post(f"{url}?vis=new", {"gjor": "valg", "rad": ["2", "3"], "ta-med": "3"})
    assert "Tjeneste 4" in text(editor.get(f"{url}?vis=new&etter=5"))
    carry(editor, f"{url}?vis=new&etter=5", rad="6")
    assert {one.external_id for one in every(Service)} == {"s1", "s2", "s3"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Filen er tom."),
        (b"external_id;name;actor;telfon\n", "Rad 1, telfon: Kolonnen er ukjent"),
        (b"PK\x03\x04 nei", "Regnearket kan ikke leses"),
        (b"[" * 100_000, "Filen er ikke gyldig JSON"),
        (b"x" * (import_preview.LARGEST_UPLOAD + 1), "større enn 5 MB"),
        (b"external_id;name;actor\n" + b"a;b;nav\n" * 2001, "Filen har 2001 rader"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_at_the_field(editor, joined, data, said):
    page = text(send(editor, data=data))
    assert said in page
    assert 'aria-describedby="id_file_helptext id_file_error"' in page or "id_file_error" in page
    assert every(ImportRun) == []


def test_no_file_at_all(editor, joined):
    assert "Velg en fil." in text(editor.post(BASE, {}))


def test_a_strange_file_name_is_shown_as_text(editor, joined):
    response = send(editor, "a;Nav;nav;;", name="<img src=x>\u202e.csv")
    assert "&lt;img src=x&gt;" in text(editor.get(response.url))


def test_a_long_import_shows_how_far_it_has_come(editor, joined, monkeypatch):
    monkeypatch.setattr(import_steps, "AT_ONCE", 1)
    monkeypatch.setattr(import_steps, "AT_A_TIME", 2)
    url = preview(editor, *(f"s{number};Tjeneste {number};nav;;" for number in range(3)))
    carry(editor, url)
    page = text(editor.get(url))
    assert "0 av 3 rader er ferdige" in page
    assert 'http-equiv="refresh"' in page
    assert f'hx-get="{url}fremdrift/"' in page
    editor.post(f"{url}fortsett/")
    part = text(editor.get(f"{url}fremdrift/"))
    assert "<html" not in part
    assert "Importen er gjort" in part or "av 3 rader" in part


def test_what_was_changed_meanwhile_is_listed(editor, joined):
    one = published()
    url = preview(editor, "a;Nav Halden;nav;69174599;")
    actions.edit_service(SYSTEM, one, {"owner": "Staten"}, now=timezone.now(), confirmed_by="Lederen")
    assert "Noen har endret tjenesten etter at filen ble lastet opp" in text(editor.get(url))
    carry(editor, url, rad="2", **{"ta-med": "2"})
    page = text(editor.get(url))
    assert "Én rad ble hoppet over" in page
    assert "Noen har endret tjenesten siden forhåndsvisningen." in page


def test_a_preview_can_be_thrown_away(editor, joined):
    url = preview(editor, "a;Nav;nav;;")
    assert "Forkaste filen?" in text(editor.get(f"{url}forkast/"))
    editor.post(f"{url}forkast/")
    assert every(ImportRun) == []
    assert editor.get(url).status_code == 404


def test_the_template(editor, joined):
    sheet = editor.get(f"{BASE}mal/")
    assert sheet.content[:2] == b"PK"
    assert sheet["Content-Disposition"] == 'attachment; filename="tjenester-mal.xlsx"'
    plain = editor.get(f"{BASE}mal/", {"form": "csv"})
    assert plain.content.decode("utf-8-sig").startswith("external_id;name;actor")
    assert sheet["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("form", "ending"), [("csv", "csv"), ("xlsx", "xlsx"), ("hsds", "json")])
def test_an_export_comes_back_as_unchanged(editor, joined, form, ending):
    published()
    actions.create_service(SYSTEM, HALDEN, whole(name="Et utkast"), now=timezone.now())
    file = editor.get(EXPORT, {"form": form, "utkast": "on"})
    assert file["Content-Disposition"].endswith(f'.{ending}"')
    url = send(editor, name=f"fil.{ending}", data=file.content).url
    page = text(editor.get(url))
    assert "Uendret" in page
    assert "Nye" not in page
    assert b"Et utkast" not in editor.get(EXPORT, {"form": "csv"}).content


def test_choosing_an_export(editor, joined):
    assert "HSDS 3.1" in text(editor.get(EXPORT))
    assert "Velg en av mulighetene." in text(editor.get(EXPORT, {"form": "pdf"}), 400)


def test_hsds_of_another_system_through_the_screens(editor, joined):
    service = {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Legevakt",
        "status": "active",
        "licenses": "x",
    }
    url = send(editor, name="hsds.json", data=json.dumps({"services": [service]}).encode()).url
    page = text(editor.get(url))
    assert "Tas ikke med: licenses." in page
    assert "Tjeneste 1 i filen" in page


def test_only_those_who_may_import_see_it_and_nobody_of_another_municipality(client, cast, joined, editor):
    url = preview(editor, "a;Nav;nav;;")
    names = ("fremdrift/", "fortsett/", "angre/", "gjenta/", "forkast/", "")
    for name in ("contact-person", "administrator"):
        other = login(Client(), cast[name])
        for path in (BASE, f"{BASE}mal/", *(url + part for part in names)):
            assert other.get(path).status_code in {403, 405}, path
            assert other.post(path).status_code in {403, 405}, path
    assert login(Client(), cast["contact-person"]).get(EXPORT).status_code == 200
    for name in ("editor@oslo", "outsider"):
        other = login(Client(), cast[name])
        for path in (BASE, EXPORT, f"{BASE}mal/", *(url + part for part in names)):
            assert other.get(path).status_code == 404, path
            assert other.post(path).status_code == 404, path
        mine = url.replace(HALDEN, "0301")
        for part in names:
            assert other.get(mine + part).status_code in {404, 405}, part
            assert other.post(mine + part).status_code in {404, 405}, part
    anybody = Client().get(BASE)
    assert anybody.status_code == 302
    assert state() == "preview"


def test_ids_that_nobody_has(editor, joined):
    url = reverse("catalogue-import", args=[HALDEN, UUID(int=1)])
    assert editor.get(url).status_code == 404
    assert editor.post(f"{url}angre/").status_code == 404


def test_the_list_asks_few_questions(editor, joined, django_assert_max_num_queries):
    for number in range(3):
        preview(editor, f"a{number};Nav {number};nav;;")
    with django_assert_max_num_queries(20):
        editor.get(BASE)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_in_other_languages(editor, joined, cast, language):
    cast["editor"].account.__class__.objects.filter(pk=cast["editor"].id).update(language=language)
    url = preview(editor, "a;Nav;nav;;")
    page = text(editor.get(url))
    assert f'lang="{language}"' in page
    assert {"nn": "Gjer endringane", "en": "Make the changes"}[language] in page


def reads_english(person) -> None:
    account = person.account
    account.language = "en"
    account.save()


def test_whoever_reads_english_is_told_in_english_what_is_wrong_with_a_row(editor, cast, joined):
    reads_english(cast["editor"])
    page = text(editor.get(preview(editor, "a;Nav Halden;nav;12;", "b;;nav;69174501;<b>x</b>")))
    assert "“12” is not a valid phone number. Write eight digits." in page
    assert "The text has HTML in it. Write plain text." in page
    assert "telefonnummer. Skriv" not in page


def test_whoever_reads_english_is_told_in_english_what_is_wrong_with_hours(editor, cast, joined):
    reads_english(cast["editor"])
    head = "external_id;name;actor;phone;opening_hours"
    night = "Mo-Fr 15:30-08:00; Sa,Su 00:00-24:00"
    rows = ("a;Nav;nav;69174500;man-fre 8-15", f'b;Nav;nav;69174501;"{night}"')
    page = text(editor.get(send(editor, *rows, head=head).url))
    assert "“Mo” instead of “man”" in page
    assert "“Su 00:00-24:00” ends at midnight" in page


def test_whoever_reads_english_is_told_in_english_that_a_file_cannot_be_read(editor, cast, joined):
    reads_english(cast["editor"])
    page = text(send(editor, data=b"\xd0\xcf\x11\xe0" + b"x" * 100))
    assert "The file is in the old Excel format. Save it as .xlsx or .csv." in page


def test_a_job_says_in_the_language_of_whoever_asked_why_a_row_was_left(editor, cast, joined, monkeypatch):
    monkeypatch.setattr(import_steps, "AT_ONCE", 0)
    reads_english(cast["editor"])
    queued: list[dict] = []
    monkeypatch.setattr(import_steps.jobs, "later", lambda _name, **about: queued.append(about))
    one = published()
    url = preview(editor, "a;Nav Halden;nav;69174599;")
    actions.edit_service(SYSTEM, one, {"owner": "Staten"}, now=timezone.now(), confirmed_by="Lederen")
    carry(editor, url, rad="2", **{"ta-med": "2"})
    (job,) = [about for about in queued if "run" in about]
    tasks.carry_import(**job)
    assert "Somebody has changed the service since the preview." in text(editor.get(url))
