"""What the screens show: the register, the board of who comes, the printed list."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.scope import Scope
from samvirke.accounts.queries import members as account_members
from samvirke.accounts.queries import person
from samvirke.incidents.callout import contact, queries, rules, words
from samvirke.incidents.callout.queries import Listed
from samvirke.incidents.callout.rules import Answer, Because, Function
from samvirke.incidents.models import Call, Callout
from samvirke.messaging.queries import states

TOLD_NAMES: Mapping[Function, Promise] = {
    Function.LEGEVAKT: _("legevakten"),
    Function.CRISIS_LEADERSHIP: _("kommunens kriseledelse"),
}
FAILED = frozenset({"failed", "refused", "unsure", "cancelled"})


@dataclass(frozen=True)
class Line:
    """Somebody in the register, as the list shows them: no phone."""

    id: UUID
    name: str
    function: object
    position: int
    deputy: str
    away: bool
    away_to: object
    verified_at: datetime | None
    overdue: bool
    wrong: bool
    gone: bool  # had an account, and no role here any more


def lines(rows: Sequence[Listed], now: datetime, here: Collection[UUID]) -> list[Line]:
    """Return the register as it is shown. `here`: the accounts that have a role in the municipality."""
    known = {one.id: one.contact.name for one in rows}
    return [
        Line(
            one.id, one.contact.name, words.FUNCTIONS[one.function], one.row.position,
            known.get(one.row.deputy_id, "") if one.row.deputy_id else "", one.away, one.row.away_to, one.row.verified_at,
            rules.verification_is_due(one.row.verified_at, now), one.row.says_wrong_at is not None,
            one.row.account is not None and one.row.account not in here,
        )
        for one in rows
    ]  # fmt: skip


def lacking(rows: Sequence[Listed]) -> list[object]:
    """Return which of those who are to be told when nobody comes are not registered."""
    there = {one.function for one in rows}
    return [TOLD_NAMES[one] for one in rules.TOLD if one not in there]


@dataclass(frozen=True)
class Recent:
    """An alert in the list of the latest."""

    id: UUID
    name: str
    begun_at: datetime
    open: bool
    red: bool
    exercise: bool
    test: bool


def recent(scope: Scope, rows: Sequence[Callout]) -> list[Recent]:
    """Return the latest alerts."""
    titles = {one.id: one for row in rows if (one := queries.cooperating(scope, row))}
    return [
        Recent(
            row.id,
            gettext("Prøvevarsel") if row.incident_id is None else titles[row.incident_id].reference
            if row.incident_id in titles
            else gettext("Hendelse"),
            row.begun_at, row.ended_at is None, row.told_at is not None, row.exercise, row.test,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One who was called, on the board."""

    name: str
    function: object
    because: object
    called_at: datetime
    due_at: datetime
    comes_at: datetime | None
    minutes: int | None
    answered_at: datetime | None
    by_hand: bool
    undelivered: bool
    late: bool


@dataclass(frozen=True)
class Board:
    """All that the board says. `live`: it may fetch itself anew."""

    callout: Callout
    title: str
    by: str
    place: str
    coming: list[Row]
    silent: list[Row]
    cannot: list[Row]
    unfilled: list[object]
    figures: rules.Figures
    at: datetime
    live: bool
    tells_at: datetime | None  # others are told then, unless somebody says yes
    nobody: bool  # shown in red
    told: list[object]  # who was told of it


def board(scope: Scope, row: Callout, now: datetime) -> Board:
    """Return who comes, who cannot and who has not answered."""
    calls = queries.calls(scope, row.id)
    names = queries.names(scope, row.municipality_id, {one.member_id for one in calls}, now)
    delivered = states(scope, [id_ for one in calls for id_ in one.messages])
    shown = {Answer.COMING: [], Answer.CANNOT: [], Answer.NONE: []}  # type: dict[Answer, list[Row]]
    for one in calls:
        shown[Answer(one.answer)].append(_row(one, names, delivered, now))
    coming = sorted(shown[Answer.COMING], key=lambda one: one.comes_at or now)
    event, leader = queries.cooperating(scope, row), person(row.begun_by) if row.begun_by else None
    running = row.ended_at is None and not row.on_paper
    return Board(
        row, f"{event.reference} {event.title}" if event else gettext("Prøvevarsel"), leader.name if leader else "",
        queries.place_of(scope, row, now), coming, shown[Answer.NONE], shown[Answer.CANNOT],
        [words.function(one) for one in row.unfilled], rules.figures([queries.plain_call(one) for one in calls]), now,
        running and now - row.begun_at < rules.LIVE_FOR,
        row.tell_at if running and row.told_at is None and not coming else None,
        not coming and row.ended_at is None and (row.told_at is not None or row.tell_at <= now),
        [TOLD_NAMES[one] for one in queries.told(scope, row)],
    )  # fmt: skip


def _row(one: Call, names: Mapping[UUID, str], delivered: Mapping[UUID, str], now: datetime) -> Row:
    comes = rules.comes_at(one.answered_at, one.minutes)
    failed = Counter(delivered.get(id_, "") in FAILED for id_ in one.messages)
    return Row(
        names.get(one.member_id, ""), words.function(one.function), words.BECAUSE[Because(one.because)], one.called_at,
        one.due_at, comes if one.answer == Answer.COMING else None, one.minutes, one.answered_at,
        one.answered_how == "by-hand" or one.because == Because.BY_HAND,
        bool(one.messages) and failed[True] == len(one.messages),
        one.answer == Answer.NONE and one.due_at <= now,
    )  # fmt: skip


def figure_lines(found: rules.Figures) -> list[tuple[str, str]]:
    """Return an alert's figures in words: heading and value."""
    told = [
        (gettext("Varslet"), str(found.called)),
        (gettext("Svarte"), str(found.answered)),
        (gettext("Svarte innen fristen"), str(found.in_time)),
        (gettext("Kommer"), str(found.coming)),
        (gettext("Kan ikke"), str(found.cannot)),
        (gettext("Har ikke svart"), str(found.silent)),
    ]
    times = ((gettext("Første svar etter"), found.first), (gettext("Halvparten av svarene etter"), found.middle),
             (gettext("Siste svar etter"), found.last))  # fmt: skip
    return told + [(name, span(seconds)) for name, seconds in times if seconds is not None]


def span(seconds: int) -> str:
    """Return a length of time in minutes and seconds."""
    if seconds < 60:
        return gettext("{n} sekunder").format(n=seconds)
    minutes, rest = divmod(seconds, 60)
    return gettext("{minutes} min {rest} sek").format(minutes=minutes, rest=rest)


@dataclass(frozen=True)
class Printed:
    """One row of the printed list."""

    name: str
    function: object
    phones: list[str]
    email: str
    deputy: str
    away: bool


def printed(scope: Scope, municipality: str, now: datetime) -> list[Printed]:
    """Return everybody with phones, in the order in which they are called; the reading is logged."""
    rows = list(queries.members(scope, municipality))
    found = queries.with_phones(scope, municipality, rows, now, why="call-list")
    names = {one.id: one.contact.name for one in found}
    return [
        Printed(
            one.contact.name, words.FUNCTIONS[one.function], contact.shown(one.contact.phones), one.contact.email,
            names.get(one.row.deputy_id, "") if one.row.deputy_id else "", one.away,
        )
        for one in found
    ]  # fmt: skip


def to_call(rows: Sequence[Listed]) -> list[tuple[UUID, str]]:
    """Return those in the team, without those who are only told, for a choice."""
    return [
        (one.id, f"{one.contact.name} ({words.FUNCTIONS[one.function]})")
        for one in rows
        if one.function not in rules.TOLD
    ]


def accounts(scope: Scope, municipality: str) -> list[tuple[UUID, str]]:
    """Return those who have a role in the municipality, for a choice."""
    return [(one.person.id, one.person.name) for one in account_members(scope, municipality)]


def incident_choices(scope: Scope) -> list[tuple[UUID, str]]:
    """Return the incidents that a team may be called out for, for a choice; an exercise says so."""
    mark = gettext("ØVELSE.")
    return [
        (one.id, f"{mark} {one.reference} {one.title}" if one.exercise else f"{one.reference} {one.title}")
        for one in queries.incidents(scope)
    ]
