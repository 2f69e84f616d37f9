"""What the catalogue's tests share: a moment, a municipality that has joined, and a whole service."""

from datetime import UTC, datetime
from typing import Any

import pytest

from samvirke.access.scope import opened, system_scope
from samvirke.catalogue import actions
from samvirke.catalogue.inputs import PhoneInput, ServiceInput, TextInput

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HALDEN = "3101"
SYSTEM = system_scope("prøve")


def every(model: Any, **wanted: Any) -> list[Any]:
    """Return rows of all municipalities, drafts too."""
    with opened(SYSTEM):
        return list(model.objects.filter(**wanted).visible_to(SYSTEM))


def whole(
    kind: str = "psykisk-helse-rus", name: str = "Psykisk helse og rus", **changes: Any
) -> ServiceInput:
    """Return a service that tells everything the letter asks for."""
    fields: dict[str, Any] = {
        "kind": kind,
        "texts": {"nb": TextInput(name, description="Samtaler for deg som har det vanskelig.", who="Voksne")},
        "groups": ["adults"],
        "age_min": 18,
        "street_address": "Storgata 1",
        "postal_code": "1771",
        "opening_hours": "Mo-Fr 08:00-15:30; PH off",
        "phones": (PhoneInput("69 17 45 00", "Mo-Fr 08:00-15:00; PH off"),),
    }
    return ServiceInput(**(fields | changes))


@pytest.fixture
def halden(db: None) -> str:
    """Halden, which has joined."""
    actions.join_municipality(SYSTEM, HALDEN, now=NOW, error_email="feil@example.no")
    return HALDEN
