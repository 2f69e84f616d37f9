"""What the worklist shows: tabs with counts, lines with what to do, and colleagues' lines that say nothing of who it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from samvirke.access import keys, sealed
from samvirke.access.log import note_read
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.accounts.queries import member_names, memberships
from samvirke.followup import identity, queries, words
from samvirke.followup.identity import Identity
from samvirke.followup.lists import list_words, worklists
from samvirke.followup.lists.queries import at_once
from samvirke.followup.lists.worklists import Chosen, Who
from samvirke.followup.models import Followup, SavedFilter
from samvirke.followup.rules.interpreting import Booking
from samvirke.followup.rules.lists import GROUPS_IN_ORDER, Group, group_of, reference
from samvirke.followup.rules.people import REFERENCE, Part, Protection
from samvirke.followup.rules.plan import Owner
from samvirke.incidents.queries import newest

FIRST = "today"
URLS = {
    "today": "i-dag", "ahead": "framover", "deputy": "stedfortreder", "overdue": "over-fristen",
    "waiting": "venter", "team": "teamet", "uncovered": "ingen-pa-jobb", "queue": "ko",
}  # fmt: skip
FOLLOWED = {one.value for one in Part if one not in REFERENCE}
NAMES = {url: name for name, url in URLS.items()}


@dataclass(frozen=True)
class Line:
    """One person on a list: what to do, by when, through which channel, and what to read first.

    `url` empty: a colleague's person, of whom only reference, step and deadline are told.
    """

    id: UUID
    reference: str
    group: Group
    do: object
    step: object
    by: str
    closes: datetime
    late: bool
    url: str = ""
    name: str = ""
    part: object = ""
    contact: str = ""
    gone: date | None = None
    not_before: str = ""
    stop: object = ""
    safe: bool = False
    protection: object = ""
    interpreter: bool = False
    interpreting: list_words.Interpreting | None = None
    leaders: object = ""


@dataclass(frozen=True)
class Asked:
    """What an address asks for: which list, filtered by what, after which row."""

    name: str
    by: Chosen
    after: worklists.Key | None
    given: Mapping[str, str]


@dataclass(frozen=True)
class Listed:
    """A page of a list with all that stands around it. `choice`: what is filtered by, as in the address."""

    name: str
    names: bool
    groups: Sequence[tuple[object, Sequence[Line]]]
    tabs: Sequence[Mapping[str, Any]]
    incidents: Sequence[tuple[str, str]]
    filters: Sequence[Mapping[str, Any]]
    choice: Mapping[str, str]
    further: str
    beginning: str
    first: str


def asked(given: Mapping[str, str]) -> Asked:
    """Return what an address asks for. What cannot be read is left out."""
    by = Chosen(
        part=given.get("rolle", "") if given.get("rolle") in FOLLOWED else "",
        incident=_uuid(given.get("hendelse", "")),
        language=given.get("sprak", "") if given.get("sprak") in list_words.FILTERED_BY_LANGUAGE else "",
        interpreter=given.get("tolk") == "1",
        overdue=given.get("forsinket") == "1",
    )
    return Asked(
        NAMES.get(given.get("vis", ""), FIRST), by, worklists.read_key(given.get("etter", "")), in_address(by)
    )


def in_address(by: Chosen) -> dict[str, str]:
    """Return a choice as it stands in an address, and as it is kept."""
    told = {
        "rolle": by.part, "hendelse": str(by.incident or ""), "sprak": by.language,
        "tolk": "1" if by.interpreter else "", "forsinket": "1" if by.overdue else "",
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def listed(scope: Scope, given: Mapping[str, str], now: datetime) -> Listed:
    """Return the page of a worklist that an address asks for, and note whom it names. Eight queries at most."""
    municipality = scope.municipality or ""
    who = Who(scope, tuple(memberships(scope, scope.account)) if scope.account else (), now)
    lists = worklists.lists(who)
    wish = asked(given)
    name = wish.name if wish.name in lists and wish.name != "queue" else FIRST
    named = name != "team" or who.leads
    by = wish.by if named else Chosen(overdue=wish.by.overdue)  # a role or a language would tell who it is
    found = worklists.chosen_from(lists[name], by, now)
    rows = worklists.page(scope, found, now, after=wish.after, named=named, size=worklists.PAGE + 1)
    page = rows[: worklists.PAGE]
    told = at_once(lists, _beside(scope), worklists.MOST)
    lines = (
        named_lines(scope, page, now, who.own, why=f"worklist:{name}")
        if named
        else colleagues_lines(who, page)
    )
    here = {"vis": URLS[name], **in_address(by)}
    base = reverse("followup-worklist", args=[municipality])
    last = page[-1] if len(rows) > len(page) else None
    ending = {"etter": worklists.write_key(last, now, wish.after, named=named)} if last else {}
    return Listed(
        name,
        named,
        in_groups(lines),
        _tabs(scope, base, lists, told, name),
        [(one["id"], one["reference"]) for one in told["incidents"]],
        [
            {**one, "url": f"{base}?{urlencode({'vis': URLS[name], **one['choices']})}"}
            for one in told["filters"]
        ],
        choice=in_address(by),
        further=f"{base}?{urlencode({**here, **ending})}" if ending else "",
        beginning=f"{base}?{urlencode(here)}" if wish.after else "",
        first=next((line.url for line in lines if line.url and not line.stop and not line.not_before), ""),
    )


def following(scope: Scope, but: UUID, now: datetime) -> UUID | None:
    """Return whom to contact after `but`: the first on one's list of today whose contact may be made now; three queries."""
    who = Who(scope, tuple(memberships(scope, scope.account)) if scope.account else (), now)
    found = worklists.lists(who)[FIRST].filter(next_opens__lte=now).exclude(id=but)
    return next((row.id for row in worklists.page(scope, found, now, size=1)), None)


def _beside(scope: Scope) -> dict[str, Any]:
    """Return the short tables that the tabs' query brings along: incidents to choose from, and one's own filters."""
    incidents = newest(scope).values("id", "reference")[:50]
    own = SavedFilter.objects.visible_to(scope).filter(account=scope.account or UUID(int=0))
    return {"incidents": incidents, "filters": own.order_by("name").values("id", "name", "choices")}


def _tabs(
    scope: Scope, base: str, lists: Mapping[str, Any], told: Mapping[str, int], name: str
) -> list[dict[str, Any]]:
    """Return the lists as links with their counts. A list for what should not be is shown when there is something."""
    queue = reverse("followup-queue", args=[scope.municipality]) if scope.may(Need.FOLLOWUP_ASSIGN) else ""
    return [
        {
            "name": list_words.LISTS[one],
            "url": queue if one == "queue" else f"{base}?vis={URLS[one]}",
            "current": one == name,
            "count": told[one] if told[one] < worklists.MOST else f"{worklists.MOST - 1}+",
        }
        for one in list_words.LISTS
        if one in lists and (one != "uncovered" or told[one] or name == one)
    ]


def said(found: Listed) -> dict[str, object]:
    """Return what a list says of itself: what stands in it, and what to do when it is empty."""
    title, text = list_words.EMPTY[found.name]
    means = list_words.MEANS[found.name] if found.names else list_words.COLLEAGUES
    return {"title": title, "text": text, "means": means, "url": URLS[found.name]}


def in_groups(lines: Sequence[Line]) -> list[tuple[object, list[Line]]]:
    """Return lines under what their deadline means, groups without lines left out."""
    found = [(group, [line for line in lines if line.group is group]) for group in GROUPS_IN_ORDER]
    return [(list_words.GROUPS[group], some) for group, some in found if some]


def named_lines(
    scope: Scope, rows: Sequence[Followup], now: datetime, own: Collection[UUID], *, why: str
) -> list[Line]:
    """Return lines with names, and note in the access log who was shown. Three queries however many rows."""
    who = opened(scope, rows, now, own, why=why)
    staff = member_names(scope, {row.contact_id for row in rows if row.contact_id})
    return [line(row, who.get(row.id), staff, now) for row in rows]


def _may_open(scope: Scope, row: Followup, own: Collection[UUID]) -> bool:
    shielded = row.person.protection == Protection.STRICTLY_CONFIDENTIAL
    mine = bool({row.contact_id, row.deputy_id} & set(own))
    return not shielded or mine or bool(row.named) or scope.account is None  # type: ignore[attr-defined]


def opened(
    scope: Scope, rows: Sequence[Followup], now: datetime, own: Collection[UUID], *, why: str
) -> dict[UUID, Identity]:
    """Unseal the persons of rows that came with their keys (worklists.page), and note who read them.

    Whom the asking person may not open (followup.opening) is left out: they see that somebody stands there, no more.
    """
    rows = [row for row in rows if _may_open(scope, row, own)]
    places = {row.municipality_id for row in rows}
    under = {code: keys.municipality_key(scope, code, now) for code in places}
    found = {}
    for row in rows:
        key = sealed.unwrap(bytes(row.wrapped), under[row.municipality_id], str(row.person_id))  # type: ignore[attr-defined]
        found[row.id] = identity.open_identity(bytes(row.person.sealed), key, row.person_id)
    for code in places:
        ids = [row.person_id for row in rows if row.municipality_id == code]
        note_read(scope, code, queries.KIND, ids, why=why, now=now)
    return found


def line(row: Followup, who: Identity | None, staff: Mapping[UUID, str], now: datetime) -> Line:
    """Return a person's line; `who` None: shielded from the one who asks."""
    closes = row.next_closes or now
    waits = row.next_opens is not None and row.next_opens > now and row.next_owner == Owner.CONTACT
    stop: object = ""
    if row.stopped:
        stop = gettext("Ikke ta kontakt. Personen vil ikke kontaktes.")
    elif row.waits_for_message:
        stop = gettext("Ikke ta kontakt. Dødsbudskapet er ikke levert.")
    return Line(
        row.id, reference(row.id), group_of(closes, now), _do(row), _step(row), list_words.moment(closes, now), closes,
        closes < now,
        url=reverse("followup-person", args=[row.municipality_id, row.id]),
        name=who.name if who else str(words.SHIELDED),
        part=words.PARTS[Part(row.part)],
        contact=staff.get(row.contact_id, "") if row.contact_id else "",
        gone=row.gone,  # type: ignore[attr-defined]
        not_before=list_words.moment(row.next_opens, now) if waits and row.next_opens else "",
        stop=stop,
        safe=bool(who and who.safe_contact),
        protection=words.PROTECTIONS[Protection(row.person.protection)] if row.person.protection != "none" else "",
        interpreter=row.person.interpreter,
        leaders=words.step_name(row.leaders) if row.leaders and row.next_owner != Owner.LEADER else "",  # type: ignore[attr-defined]
        interpreting=_interpreting(row, now) if row.next_owner == Owner.CONTACT and not stop else None,
    )  # fmt: skip


def _interpreting(row: Followup, now: datetime) -> list_words.Interpreting | None:
    told: Mapping[str, Any] = row.step or {}  # type: ignore[attr-defined]
    at = told.get("interpreter_at")
    booking = (
        Booking(told["interpreter_language"], datetime.fromisoformat(at), told["interpreter_gone"])
        if at
        else None
    )
    return list_words.interpreting(row.person, booking, now, kind=told.get("interpreter", ""))


def colleagues_lines(who: Who, rows: Sequence[Followup]) -> list[Line]:
    """Return lines that say nothing of who it is: reference, step and deadline. One's own lead to the person.

    Steps that tell of a child, a death or a danger are all called an agreed contact.
    """
    found = []
    for row in rows:
        closes = row.next_closes or who.now
        mine = {row.contact_id, row.deputy_id} & set(who.own)
        step = list_words.LEADER_DECIDES if row.next_owner == Owner.LEADER else _plain_step(row)
        found.append(
            Line(
                row.id, reference(row.id), group_of(closes, who.now), "", step,
                list_words.moment(closes, who.now), closes, closes < who.now,
                url=reverse("followup-person", args=[row.municipality_id, row.id]) if mine else "",
            )
        )  # fmt: skip
    return found


def _do(row: Followup) -> object:
    if row.next_owner == Owner.LEADER:
        return list_words.LEADER_DECIDES
    return list_words.DO.get((row.step or {}).get("channel", ""), list_words.DO["other"])  # type: ignore[attr-defined]


def _plain_step(row: Followup) -> object:
    told: Mapping[str, str] = row.step or {}  # type: ignore[attr-defined]
    return words.step_name(told["code"] if told.get("code") in words.TELL_NOTHING else "agreed")


def _step(row: Followup) -> object:
    return words.step_name((row.step or {}).get("code", ""))  # type: ignore[attr-defined]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
