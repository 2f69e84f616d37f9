"""The editor's desk through HTTP: every screen opens, does what its buttons say, and keeps what is typed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.catalogue import actions
from samvirke.catalogue.models import Verification
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM, every, whole
from tests.cast import login

DESK = f"/arbeid/{HALDEN}/"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def joined(db, now) -> str:
    actions.join_municipality(SYSTEM, HALDEN, now=now, error_email="feil@example.no")
    return HALDEN


@pytest.fixture
def editor(client, cast) -> Client:
    return login(client, cast["editor"])


def service(now, kind="nav", name="Nav Halden", by="", **changes):
    return actions.create_service(
        SYSTEM, HALDEN, whole(kind, name, **changes), now=now, confirmed_by=by
    ).service


def text(response, status=200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def test_every_screen_opens(editor, joined, now):
    one = service(now, by="Nav")
    draft = service(now, "ppt", "PPT")
    for path in (
        "arbeidsbord/", "tjenester/", "tjenester/ny/", "maler/", "har-ikke/krisesenter/", "bekreft/", "godkjenning/",
        "meldinger-pa-siden/", "forhandsvis/", *(
            f"tjenester/{id_}/{part}" for id_ in (one, draft)
            for part in ("", "forhandsvis/", "svar/", "trekk/", "melding/", "oversett/nn/", "historie/")
        ),
    ):  # fmt: skip
        page = text(editor.get(DESK + path))
        assert "Traceback" not in page, path


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("<b>Redaktøren</b>", "inneholder HTML"),
        ("Redaktøren\u202e", "styretegn"),
        ("Redak\0tøren", "styretegn"),
        ("x" * 201, "plass til 200"),
        ("=1+1", "formel"),
    ],
)
@pytest.mark.parametrize("address", ["tjenester/{service}/bekreft/", "bekreft/fastlege/"])
def test_who_confirms_stands_on_the_page_so_it_must_be_plain_text(  # noqa: PLR0917
    editor, joined, now, address, by, why
):
    one = service(now, by="Lederen")
    answer = editor.post(DESK + address.format(service=one), {"by": by, "pieces": ["phone"]}, follow=True)
    assert why in text(answer)
    assert {row.verified_by for row in every(Verification)} == {"Lederen"}


@pytest.mark.parametrize("odd", ["\0", "²", "x" * 5000, "null", "-1", "../..", "9999-12-31"])
def test_no_field_of_any_form_makes_a_screen_fail(editor, joined, now, odd):
    one = service(now, by="Lederen")
    for path in ("tjenester/ny/?type=nav", f"tjenester/{one}/"):
        names = set(re.findall(r' name="([^"]+)"', text(editor.get(DESK + path))))
        told = dict.fromkeys(names - {"csrfmiddlewaretoken", "rad"}, odd)
        assert editor.post(DESK + path, told).status_code < 500
    for path in ("typer/", "meldinger-pa-siden/", "ansvarlige/"):
        assert editor.post(DESK + path, {"fjern": odd, "services": odd, "person": odd}).status_code < 500


def test_hours_on_the_desk_are_said_in_the_language_of_whoever_reads(editor, cast, joined, now):
    service(now - timedelta(days=95), by="Nav")
    account = cast["editor"].account
    account.language = "en"
    account.save()
    page = text(editor.get(f"{DESK}arbeidsbord/"))
    assert "Monday–Friday" in page
    assert "mandag–fredag" not in page
