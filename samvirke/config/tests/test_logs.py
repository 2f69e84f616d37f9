"""The log tells what went wrong and where, and neither whom it was about nor the keys that stand in addresses."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from samvirke.accounts.models import Account

SECRET = "3Aq7vUkey"
EMAIL = "kari@halden.kommune.no"
ID = "11111111-1111-4111-8111-111111111111"


def _twice(_request: HttpRequest, **_ids: str) -> HttpResponse:
    for _ in range(2):
        Account.objects.create(email=EMAIL, name="Kari", created_at=timezone.now())
    return HttpResponse()


def _wrapped(_request: HttpRequest, **_ids: str) -> HttpResponse:
    try:
        int(EMAIL)
    except ValueError as error:
        raise KeyError(SECRET) from error
    return HttpResponse()


def _bug(_request: HttpRequest, **_ids: str) -> HttpResponse:
    return HttpResponse(_request.no_such_thing)  # type: ignore[attr-defined]


urlpatterns = [
    path("arbeid/<uuid:person>/to/", _twice),
    path("arbeid/<uuid:person>/feil/", _wrapped),
    path("arbeid/<uuid:person>/bug/", _bug),
    path("arbeid/konto/invitasjon/<str:token>/", _bug),
]


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What the console's handler writes, as the settings have it."""
    handler = logging.StreamHandler(text := io.StringIO())
    for one in next(one for one in logging.getLogger().handlers if one.name == "console").filters:
        handler.addFilter(one)
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


@pytest.mark.urls(__name__)
@pytest.mark.django_db
@pytest.mark.parametrize("part", ["to", "feil", "bug"])
def test_an_error_is_told_without_whom_it_was_about(told, part):
    answer = Client(raise_request_exception=False).get(f"/arbeid/{ID}/{part}/")
    assert answer.status_code == 500
    log = told.getvalue()
    assert "Internal Server Error: /arbeid/<uuid:person>/" in log
    assert f"{__file__}" in log
    for secret in (EMAIL, SECRET, ID, "Kari"):
        assert secret not in log.replace('name="Kari"', "")
    assert {"to": "UniqueViolation", "feil": "KeyError", "bug": "has no attribute 'no_such_thing'"}[
        part
    ] in log


@pytest.mark.urls(__name__)
def test_a_form_without_its_token_does_not_write_the_address_down(told):
    for origin in ("", f"https://evil.example/{SECRET}"):
        more = {"HTTP_ORIGIN": origin} if origin else {}
        answer = Client(enforce_csrf_checks=True).post(f"/arbeid/konto/invitasjon/{SECRET}/", **more)
        assert answer.status_code == 403
    assert told.getvalue().count("Forbidden (CSRF): /arbeid/konto/invitasjon/<str:token>/") == 2
    assert SECRET not in told.getvalue()


def test_a_strange_host_is_one_line(told):
    Client(raise_request_exception=False).get("/arbeid/", HTTP_HOST="evil.example")
    assert len(told.getvalue().splitlines()) == 1
