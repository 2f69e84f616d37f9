"""The journal and the access log as people read them: who did what, in whole sentences, newest first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy, ngettext

from samvirke.access import telling
from samvirke.access.acts import ACTS
from samvirke.access.models import AccessLog, Journal, LogRow
from samvirke.access.permissions import Role
from samvirke.access.readiness import NAMES as DOCUMENT_NAMES
from samvirke.access.scope import Scope
from samvirke.access.telling import Change
from samvirke.access.tenancy import TenantQuerySet
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts import queries
from samvirke.accounts.models import Membership
from samvirke.accounts.words import SECURITY, WAYS
from samvirke.kit.hours import OSLO

RECORDED = {
    "reference": gettext_lazy("Saksnummer eller adresse"),
    "decided": gettext_lazy("Vedtatt dato"),
    "valid_until": gettext_lazy("Gjelder til"),
}
PAGE = 50
LONGEST = 200  # signs of a value before and after
Row = TypeVar("Row", bound=LogRow)


@dataclass(frozen=True)
class Sought:
    """What is looked for. `after`: the last entry of the page before."""

    code: str = ""
    account: UUID | None = None
    since: date | None = None
    until: date | None = None
    after: str = ""


@dataclass(frozen=True)
class Entry:
    """One row: when, who, what they did, and the particulars. `name`: what it was done with."""

    at: datetime
    who: str
    did: str
    name: str = ""
    about: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Page:
    """Some entries, and where the next page begins ("" on the last)."""

    entries: list[Entry]
    next: str


def journal(scope: Scope, municipality: str, sought: Sought) -> Page:
    """Return what was changed in a municipality."""
    rows, following = _page(Journal.objects.visible_to(scope), municipality, sought)
    told = [_payload(row) for row in rows]
    names = _names({row.account for row in rows} | {_uuid(one["about"].get("member")) for one in told})
    subjects = _subjects(scope, rows)
    entries = [
        Entry(
            row.at,
            _who(row, one, names),
            _did(row),
            subjects.get((telling.room_of(row.code), row.target), ""),
            _about(one["about"], names),
            _changes(row.code, one["fields"]),
        )
        for row, one in zip(rows, told, strict=True)
    ]
    return Page(entries, following)


def _documents(_scope: Scope, codes: Collection[str]) -> Mapping[str, str]:
    return {code: str(DOCUMENT_NAMES[code]) for code in codes if code in DOCUMENT_NAMES}


telling.tells("access", telling.Teller(telling.worded(RECORDED, {}), _documents))


def _subjects(scope: Scope, rows: Sequence[Journal]) -> Mapping[tuple[str, str], str]:
    """Return what rows were about, by room and target: one question to each room."""
    targets: dict[str, set[str]] = {}
    for row in rows:
        if row.target:
            targets.setdefault(telling.room_of(row.code), set()).add(row.target)
    return {
        (room, target): name
        for room, wanted in targets.items()
        for target, name in telling.teller_of(room).names(scope, wanted).items()
    }


def access_log(scope: Scope, municipality: str, sought: Sought) -> Page:
    """Return who has read personal data in a municipality: how many persons', and why."""
    rows, following = _page(AccessLog.objects.visible_to(scope), municipality, sought)
    names = _names({row.account for row in rows})
    entries = []
    for row in rows:
        payload = row.payload or {}
        number = len(payload.get("ids", ()))
        did = ngettext("leste opplysninger om {n} person", "leste opplysninger om {n} personer", number)
        why = (str(payload["why"]),) if payload.get("why") else ()
        entries.append(Entry(row.at, _who(row, {"why": ""}, names), did.format(n=number), about=why))
    return Page(entries, following)


def acts() -> list[tuple[str, Any]]:
    """Return every kind of act with its words, for a filter."""
    return sorted(((act.code, act.says) for act in ACTS.values()), key=lambda one: str(one[1]))


def people(scope: Scope, municipality: str) -> list[tuple[str, str]]:
    """Return those who have, or have had, a role in a municipality, for a filter."""
    rows = Membership.objects.visible_to(scope).filter(municipality=municipality)
    found = queries.people(set(rows.values_list("account", flat=True)))
    return sorted(((str(one.id), one.name) for one in found.values()), key=lambda one: one[1].casefold())


def _page(rows: TenantQuerySet[Row], municipality: str, sought: Sought) -> tuple[list[Row], str]:
    found = rows.filter(municipality=municipality).order_by("-at", "-id")
    if sought.code:
        found = found.filter(code=sought.code)
    if sought.account:
        found = found.filter(account=sought.account)
    if sought.since:
        found = found.filter(at__gte=_midnight(sought.since))
    if sought.until and sought.until < date.max - timedelta(days=1):  # there is no day after the last one
        found = found.filter(at__lt=_midnight(sought.until + timedelta(days=1)))
    if place := _place(sought.after):
        at, id_ = place
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=id_))
    page = list(found[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    return page[:PAGE], f"{last.at.astimezone(UTC).isoformat()}_{last.pk}" if last else ""


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OSLO)


def _place(after: str) -> tuple[datetime, UUID] | None:
    at, _, id_ = after.partition("_")
    try:
        return datetime.fromisoformat(at), UUID(id_)
    except ValueError:
        return None


def _payload(row: LogRow) -> dict[str, Any]:
    payload = row.payload or {}
    return {
        "fields": payload.get("fields", {}),
        "about": payload.get("about", {}),
        "why": payload.get("why", ""),
    }


def _names(ids: set[UUID | None]) -> Mapping[UUID, str]:
    return {id_: one.name for id_, one in queries.people(ids - {None}).items()}  # type: ignore[arg-type]


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _who(row: LogRow, told: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    if row.account:
        return names.get(row.account, gettext("en konto som ikke finnes lenger"))
    why = told["why"]
    return gettext("Systemet ({why})").format(why=why) if why else gettext("Systemet")


def _did(row: LogRow) -> str:
    act = ACTS.get(row.code)
    return str(act.says) if act else row.code


def _about(about: Mapping[str, Any], names: Mapping[UUID, str]) -> tuple[str, ...]:
    """Return the particulars that can be said in words; ids say nothing to a reader."""
    member = _uuid(about.get("member"))
    roles: Sequence[str] = about.get("roles") or ([about["role"]] if about.get("role") else [])
    said = [
        names.get(member, "") if member else "",
        ", ".join(str(ROLE_NAMES[Role(one)]) for one in roles if one in set(Role)),
        str(SECURITY.get(str(about.get("what")), "")),
        ", ".join(str(WAYS.get(one, one)) for one in str(about.get("how", "")).split("+") if one),
    ]
    return tuple(one for one in said if one)


def _changes(code: str, fields: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the changes that say something to a reader."""
    say = telling.teller_of(code).change
    told = [
        say(code, name, *pair) for name, pair in fields.items() if isinstance(pair, list) and len(pair) == 2
    ]
    return tuple(
        Change(one.field, _short(one.before), _short(one.after)) for one in told if one.before != one.after
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
