"""What the worklists ask: whose turn it is, in the order deadline group, priority, deadline; pages by key.

Each list is a filter over the partial indexes of live follow-ups. A page of rows comes in one query with all that its
lines need, sealed; who reads it notes that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.followup import queries
from samvirke.followup.models import Absence, ContactChange, Followup, Named, PersonKey, Step
from samvirke.followup.rules.lists import Cut, Group, cuts, end_of_day
from samvirke.followup.rules.plan import Owner
from samvirke.kit.hours import OSLO

PAGE = 50
ORDER = ("priority", "next_closes", "id")
NOBODY = UUID(int=0)
MOST = 1000
"""Counts on the tabs go no further: "999+"."""


@dataclass(frozen=True)
class Chosen:
    """What somebody filters a list by. Empty: not by that."""

    part: str = ""
    incident: UUID | None = None
    language: str = ""
    interpreter: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class Key:
    """Where a page ended: the moment the list was first asked for (so that groups stay), and the last row's place."""

    now: datetime
    group: Group
    priority: int
    closes: datetime
    id: UUID


@dataclass(frozen=True)
class Who:
    """Who asks for lists: their memberships here, and the moment."""

    scope: Scope
    own: tuple[UUID, ...]
    now: datetime

    @property
    def leads(self) -> bool:
        """Say whether they see everybody here."""
        return self.scope.may(Need.PERSON_READ_ALL)


def away(scope: Scope, today: date) -> QuerySet[Absence, Absence]:
    """Return the absences that cover a day."""
    return Absence.objects.visible_to(scope).filter(first__lte=today, last__gte=today)


def _covered(who: Who) -> Q:
    """Tell one's own people, and those one stands in for because their contact person is away today."""
    today = who.now.astimezone(OSLO).date()
    gone = away(who.scope, today).values("membership_id")
    return Q(contact_id__in=who.own) | Q(deputy_id__in=who.own, contact_id__in=gone)


def lists(who: Who) -> dict[str, QuerySet[Followup, Followup]]:
    """Return every list that somebody may open, unordered, by name."""
    seen = queries.followups(who.scope, who.own).filter(live=True)
    midnight = end_of_day(who.now)
    mine = seen.filter(_covered(who), next_owner=Owner.CONTACT.value)
    found = {
        "today": mine.filter(next_opens__lt=midnight),
        "ahead": mine.filter(next_opens__gte=midnight),
        "deputy": seen.filter(deputy_id__in=who.own),
        "overdue": seen.filter(late(who.scope, who.now) if who.leads else Q(next_closes__lt=who.now)),
        "waiting": seen.filter(id__in=_leaders(who.scope)),
        "team": seen if who.leads else colleagues(who.scope),
    }
    if who.leads:
        found["uncovered"] = uncovered(seen, who)
    else:
        found["overdue"] = found["overdue"].filter(_covered(who))
        found["waiting"] = found["waiting"].filter(_covered(who))
    if who.scope.may(Need.FOLLOWUP_ASSIGN):
        found["queue"] = seen.filter(queued_since__isnull=False)
    return found


def colleagues(scope: Scope) -> QuerySet[Followup, Followup]:
    """Return everybody in follow-up here, for a list that says nothing but reference, step and deadline."""
    return Followup.objects.visible_to(scope).filter(live=True)


def uncovered(seen: QuerySet[Followup, Followup], who: Who) -> QuerySet[Followup, Followup]:
    """Return whose contact person and deputy are both away today."""
    gone = away(who.scope, who.now.astimezone(OSLO).date()).values("membership_id")
    return seen.filter(contact_id__in=gone, deputy_id__in=gone)


def late(scope: Scope, now: datetime) -> Q:
    """Tell whose next step is over its deadline, or who waits for what the leader should have done."""
    return Q(next_closes__lt=now) | Q(id__in=_leaders(scope).filter(closes__lt=now))


def _leaders(scope: Scope) -> QuerySet[Step, dict[str, object]]:
    open_ones = Step.objects.visible_to(scope).filter(state="open", owner=Owner.LEADER.value)
    return open_ones.values("followup")  # type: ignore[return-value]


def chosen_from(
    found: QuerySet[Followup, Followup], by: Chosen, now: datetime
) -> QuerySet[Followup, Followup]:
    """Return a list narrowed to what somebody has chosen."""
    if by.part:
        found = found.filter(part=by.part)
    if by.incident:
        found = found.filter(incident=by.incident)
    if by.language:
        found = found.filter(person__language=by.language)
    if by.interpreter:
        found = found.filter(person__interpreter=True)
    return found.filter(next_closes__lt=now) if by.overdue else found


def page(
    scope: Scope,
    found: QuerySet[Followup, Followup],
    now: datetime,
    *,
    after: Key | None = None,
    named: bool = True,
    size: int = PAGE,
) -> list[Followup]:
    """Return a page of a list: late, today, the next seven days, later; in each the first priority first, then by deadline.

    Each row carries its `step` (code, channel, the interpreter booked), and, when it is `named`, `person`, `wrapped` (the person's key), `named` (access
    to a shielded one), `leaders` (what the leader should have done) and `gone` (until when the contact person is away). Unnamed rows come by deadline alone: a priority tells of a child
    or a death. One query; each group walks along a partial index.
    """
    at = after.now if after else now
    if not named:
        rows = _after(found, after, named=False).order_by("next_closes", "id")
        return list(rows.annotate(step=_step(scope))[:size])
    groups = [one for one in cuts(at) if after is None or _rank(one.group) >= _rank(after.group)]
    first, *rest = [_within(found, cut, after).order_by(*ORDER)[:size] for cut in groups]
    picked = first.union(*rest, all=True) if rest else first
    told = list(_whole(scope, Followup.objects.visible_to(scope).filter(id__in=picked.values("id")), at))
    told.sort(key=lambda row: (_place(row, groups), row.priority, row.next_closes, row.id))
    return told[:size]


def queue(scope: Scope, now: datetime, *, size: int = PAGE) -> list[Followup]:
    """Return who waits for a contact person, the first priority and the longest wait first, with all their lines need.

    `left`: why the last contact person let them go, if they had one.
    """
    changes = ContactChange.objects.visible_to(scope).filter(followup=OuterRef("id")).order_by("-at", "-id")
    rows = queries.followups(scope).filter(live=True, queued_since__isnull=False)
    rows = rows.annotate(left=Subquery(changes.values("why")[:1]))
    return list(_whole(scope, rows, now).order_by("priority", "queued_since", "id")[:size])


def _within(found: QuerySet[Followup, Followup], cut: Cut, after: Key | None) -> QuerySet[Followup, Followup]:
    """Return one group's rows that are still to come."""
    if cut.first:
        found = found.filter(next_closes__gte=cut.first)
    if cut.end:
        found = found.filter(next_closes__lt=cut.end)
    return _after(found, after if after and cut.group is after.group else None, named=True)


def _after(
    found: QuerySet[Followup, Followup], after: Key | None, *, named: bool
) -> QuerySet[Followup, Followup]:
    if after is None:
        return found
    later = Q(next_closes__gt=after.closes) | Q(next_closes=after.closes, id__gt=after.id)
    if not named:
        return found.filter(later, next_closes__gte=after.closes)
    return found.filter(Q(priority__gt=after.priority) | later, priority__gte=after.priority)


def _step(scope: Scope) -> Subquery:
    step = Step.objects.visible_to(scope).filter(id=OuterRef("next_step_id"))
    told = ("code", "channel", "interpreter", "interpreter_language", "interpreter_at", "interpreter_gone")
    return Subquery(step.values(found=JSONObject(**{name: name for name in told})))


def _whole(scope: Scope, rows: QuerySet[Followup, Followup], now: datetime) -> QuerySet[Followup, Followup]:
    today = now.astimezone(OSLO).date()
    key = PersonKey.objects.visible_to(scope).filter(person=OuterRef("person"))
    gone = away(scope, today).filter(membership_id=OuterRef("contact_id")).order_by("-last")
    named = Named.objects.visible_to(scope).filter(
        person=OuterRef("person"), account=scope.account or NOBODY, ended_at__isnull=True
    )
    leaders = Step.objects.visible_to(scope).filter(
        followup=OuterRef("id"), state="open", owner=Owner.LEADER.value, closes__lt=now
    )
    return rows.select_related("person", "household").annotate(
        named=Exists(named),
        step=_step(scope),
        wrapped=Subquery(key.values("wrapped")),
        leaders=Subquery(leaders.order_by("closes").values("code")[:1]),
        gone=Subquery(gone.values("last")[:1]),
    )


def _rank(group: Group) -> int:
    return list(Group).index(group)


def _place(row: Followup, groups: Sequence[Cut]) -> int:
    closes = row.next_closes
    return next(
        (n for n, cut in enumerate(groups) if closes is None or cut.end is None or closes < cut.end),
        len(groups),
    )


def write_key(row: Followup, now: datetime, after: Key | None, *, named: bool) -> str:
    """Return where a page ended, for an address: moment, priority, deadline and id; nothing about the person.

    In a list that is not `named`, the priority is left out: it tells of a child or a death.
    """
    at = after.now if after else now
    closes = row.next_closes or at
    return f"{at.timestamp():.6f}_{row.priority if named else 0}_{closes.timestamp():.6f}_{row.id}"


def read_key(text: str) -> Key | None:
    """Return where a page ended, or None for the first page or what cannot be read."""
    try:
        at, priority, closes, last = text.split("_")
        now, deadline = (datetime.fromtimestamp(float(one), OSLO) for one in (at, closes))
        group = next(cut.group for cut in cuts(now) if cut.end is None or deadline < cut.end)
        return Key(now, group, int(priority), deadline, UUID(last))
    except (ValueError, OverflowError, OSError):
        return None
