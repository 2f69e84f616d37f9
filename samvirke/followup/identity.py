"""Who somebody is, and how they are reached: the one thing that stands sealed at a person.

identity → JSON → AES-256-GCM under the person's key → Person.sealed
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from samvirke.access import sealed
from samvirke.access.sealed import Key
from samvirke.followup.rules import names
from samvirke.followup.rules.people import Birth

NAME, PHONE, NIN = "name", "phone", "nin"
FEW_BYTES = 3
"""Length of a name's token: some names share one, so that counting tokens tells nobody which name is common."""


@dataclass(frozen=True)
class Identity:
    """What is sealed. `birth`: ISO date or the year alone. `phones`: E.164, the best first.

    `safe_contact` is read before every call: when, how, and what must not be said to whom.
    """

    first: str = ""
    last: str = ""
    birth: str = ""
    nin: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    street: str = ""
    postal_code: str = ""
    home: str = ""  # home municipality, its number
    safe_contact: str = ""
    best_time: str = ""
    school_or_work: str = ""
    gp: str = ""
    needs: str = ""
    wristband: str = ""
    avoid: str = ""  # whom we must not contact about this person
    guardian: str = ""  # who has parental responsibility, a guardian (verge) or barnevern: name and phone
    now_at: str = ""  # where the person is now
    together_with: str = ""  # who is with them, or whom they left with; of a child above all

    @property
    def name(self) -> str:
        """Return the whole name, or the wristband where nobody knows it yet."""
        return " ".join(filter(None, (self.first, self.last))) or self.wristband

    @property
    def born(self) -> Birth | None:
        """Return the birth as the rules want it."""
        if len(self.birth) == 10:
            day = date.fromisoformat(self.birth)
            return Birth(day.year, day)
        return Birth(int(self.birth)) if self.birth else None

    @property
    def known(self) -> names.Known:
        """Return what two registrations are compared by."""
        return names.Known(self.first, self.last, self.birth, frozenset(self.phones), self.nin)

    @cached_property
    def tokens(self) -> frozenset[tuple[str, bytes]]:
        """Return the blind tokens of somebody, (kind, token). Reckoned once: a list asks for them again and again."""
        found = {(PHONE, sealed.blind(PHONE, phone)) for phone in self.phones}
        if self.nin:
            found.add((NIN, sealed.blind(NIN, self.nin)))
        heard = names.keys(self.first, self.last, self.birth)
        return frozenset(found | {(NAME, sealed.blind(NAME, key, FEW_BYTES)) for key in heard})


FIELDS = tuple(one.name for one in fields(Identity))


def close(identity: Identity, key: Key, person: UUID) -> bytes:
    """Return the identity sealed under the person's key."""
    told = {name: getattr(identity, name) for name in FIELDS}
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return sealed.seal_under(key, plain, about_person(person))


def open_identity(closed: bytes, key: Key, person: UUID) -> Identity:
    """Return what was sealed. Raises sealed.SealBroken."""
    told: Mapping[str, Any] = json.loads(sealed.unseal_under(key, closed, about_person(person)))
    lines: dict[str, Any] = {name: told[name] for name in FIELDS if name in told and name != "phones"}
    return Identity(**lines, phones=tuple(told.get("phones", ())))


def close_text(text: str, key: Key, table: str, row: UUID) -> bytes | None:
    """Return a free text sealed under the person's key; None for an empty one."""
    return sealed.seal_under(key, text.encode(), f"followup.{table}:{row}") if text else None


def open_text(closed: bytes | memoryview | None, key: Key, table: str, row: UUID) -> str:
    """Return a sealed free text, "" when there was none."""
    return sealed.unseal_under(key, bytes(closed), f"followup.{table}:{row}").decode() if closed else ""


def about_person(person: UUID) -> str:
    """Return what a person's identity is bound to."""
    return f"followup.person:{person}"


def exact(found: Iterable[tuple[str, bytes]]) -> set[bytes]:
    """Return the tokens that point at one person alone: phones and identity numbers."""
    return {token for kind, token in found if kind != NAME}


@dataclass(frozen=True)
class Seen:
    """A person as somebody who may sees them."""

    id: UUID
    identity: Identity
    key: Key = field(repr=False)
