"""What an export is made from: plain facts, no database."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from samvirke.catalogue.inputs import ServiceInput

NAMES = UUID("5b1f8f0e-6a3c-5d43-9f0a-7f4f5b3c1d2e")
"""Where our names live: the same name gives the same id, in every export and every installation."""


@dataclass(frozen=True)
class Notice:
    """A temporary notice of a service."""

    texts: Mapping[str, str]
    starts: date
    ends: date


@dataclass(frozen=True)
class Exported:
    """One service. `assured`: the day its oldest confirmed piece was confirmed; None: not all of it is confirmed.

    `areas`: where else it counts, as (id in the registers, name).
    """

    id: UUID
    given: ServiceInput
    confirmed: bool
    assured: date | None = None
    areas: tuple[tuple[str, str], ...] = ()
    notice: Notice | None = None

    @property
    def code(self) -> str:
        """The service's own code; one that was made on the screen and has none goes by its id."""
        return self.given.external_id or str(self.id)


@dataclass(frozen=True)
class Place:
    """The municipality: its number and name, its county, and whom to write to about its services.

    `kinds`: key of a kind → its name. `postal`: postal code → place, of those that the services use.
    """

    code: str
    name: str
    county: str = ""
    email: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    postal: Mapping[str, str] = field(default_factory=dict)


def in_order(services: list[Exported]) -> list[Exported]:
    """Return services by name, those of one name by code: the same order wherever they come from."""
    return sorted(services, key=lambda one: (one.given.texts[one.given.language].name.casefold(), one.code))


def identifier(*names: str) -> str:
    """Return the id that belongs to a name."""
    return str(uuid.uuid5(NAMES, "/".join(names)))


def service_id(place: Place, code: str) -> str:
    """Return a service's id: its code when that is an id, else one made from its municipality and code."""
    try:
        found = str(UUID(code))
    except ValueError:
        return identifier(place.code, code)
    return found if found == code else identifier(place.code, code)
