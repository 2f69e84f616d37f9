"""What the tests of the desk share: logging in, a municipality with services, the form of one of them."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samvirke.catalogue import actions
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM, whole
from samvirke.catalogue.tests.web import Form, form

BASE = f"/arbeid/{HALDEN}/"
DESK = f"{BASE}arbeidsbord/"
BY = "Redaktøren i Halden kommune"


def join(now: datetime, **changes: Any) -> str:
    actions.join_municipality(SYSTEM, HALDEN, **{"now": now, "error_email": "feil@example.no", **changes})
    return HALDEN


def serve(
    kind: str = "nav", name: str = "Nav Halden", *, by: str = BY, at: datetime | None = None, **changes: Any
) -> UUID:
    """Make a service that tells everything; confirmed by `by`, or a draft."""
    given = whole(kind, name, **changes)
    made = actions.create_service(SYSTEM, HALDEN, given, now=at or timezone.now(), confirmed_by=by)
    return made.service


def address(service: UUID, part: str = "") -> str:
    return f"{BASE}tjenester/{service}/{part}"


def text(response: HttpResponse, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def editing(client: Client, service: UUID) -> Form:
    """Return the service form as it comes."""
    return form(cast(HttpResponse, client.get(address(service))), "Lagre utkast")
