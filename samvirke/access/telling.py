"""How a row of the journal is told: each room says in words what its acts were about and what they changed.

A room registers with `tells` under the first word of its acts' codes. Without, names and values stand as they were written.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samvirke.access.acts import Said
from samvirke.access.scope import Scope

DAY = len("2026-12-24")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d|$)", re.ASCII)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Change:
    """One field, before and after, in words; "" where it was or is empty."""

    field: str
    before: str
    after: str


def plain(value: object) -> str:
    """Say a value that no room has words for. Ids say nothing to a reader."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, list):
        return ", ".join(filter(None, map(plain, value)))
    text = str(value)
    if _ID.fullmatch(text):
        return ""
    return _when(text) if _DAY.match(text) else text


def _when(text: str) -> str:
    """Say a day, or a moment as the journal keeps it; any other text as it is."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    if len(text) == DAY:
        return date_format(when, "DATE_FORMAT")
    return date_format(localtime(when), "DATETIME_FORMAT") if when.tzinfo else text


Tell = Callable[[str, str, object, object], Change]
"""Code of the act, name of the field, before, after → the change in words."""


def as_written(_code: str, name: str, before: object, after: object) -> Change:
    """Tell a change that no room has words for."""
    return Change(name, plain(before), plain(after))


def worded(fields: Mapping[str, Said], values: Mapping[str, Mapping[Any, Said]]) -> Tell:
    """Return what tells changes by tables: names of fields, and of the values of those that hold codes."""

    def tell(_code: str, name: str, before: object, after: object) -> Change:
        known = {str(code): str(said) for code, said in values.get(name, {}).items()}
        return Change(
            str(fields.get(name, name)), *(known.get(str(one)) or plain(one) for one in (before, after))
        )

    return tell


def nobody(_scope: Scope, _targets: Collection[str]) -> Mapping[str, str]:
    """Name nothing."""
    return {}


@dataclass(frozen=True)
class Teller:
    """`change`: one field in words. `names`: what rows were about, by the target they were written with."""

    change: Tell = as_written
    names: Callable[[Scope, Collection[str]], Mapping[str, str]] = nobody


TELLERS: dict[str, Teller] = {}
PLAIN = Teller()


def tells(room: str, teller: Teller) -> None:
    """Let a room tell the rows of its acts."""
    TELLERS[room] = teller


def room_of(code: str) -> str:
    """Return the room of an act: the first word of its code."""
    return code.partition(".")[0]


def teller_of(code: str) -> Teller:
    """Return who tells a row with this code."""
    return TELLERS.get(room_of(code), PLAIN)
