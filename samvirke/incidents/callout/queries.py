"""What can be asked about the team and its call-outs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samvirke.access import keys
from samvirke.access.log import note_read
from samvirke.access.scope import NotYours, Scope, opened, system_scope
from samvirke.incidents.callout import contact, links, rules
from samvirke.incidents.callout.contact import Contact
from samvirke.incidents.callout.rules import Answer, Function
from samvirke.incidents.models import Call, Callout, CalloutTimes, Incident, TeamMember
from samvirke.incidents.queries import newest
from samvirke.kit.hours import OSLO

KIND = "incidents.team-member"
RECENT = 10
RUNNING = ("reported", "active")


@dataclass(frozen=True)
class Listed:
    """Somebody in the register, with what was sealed."""

    row: TeamMember
    contact: Contact
    away: bool

    @property
    def id(self) -> UUID:
        """Return whose row it is."""
        return self.row.id

    @property
    def function(self) -> Function:
        """Return what the member is in the team."""
        return Function(self.row.function)


def today(now: datetime) -> date:
    """Return the day in Norway."""
    return now.astimezone(OSLO).date()


def members(scope: Scope, municipality: str, *, left: bool = False) -> QuerySet[TeamMember, TeamMember]:
    """Return a municipality's register; `left`: also those who have left."""
    found = TeamMember.objects.visible_to(scope).filter(municipality=municipality)
    return found if left else found.filter(active=True)


def member(scope: Scope, municipality: str, member_id: UUID, *, lock: bool = False) -> TeamMember:
    """Return one member who has not left. Raises NotYours."""
    found = members(scope, municipality).filter(id=member_id)
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise NotYours(member_id)
    return row


def opened_members(
    scope: Scope, municipality: str, rows: Iterable[TeamMember], now: datetime
) -> list[Listed]:
    """Unseal members, in the order in which they are called. Phones are shown only through `with_phones`."""
    key = keys.municipality_key(scope, municipality, now)
    found = [
        Listed(
            row,
            contact.opened(row.sealed, key, row.id),
            rules.is_away(row.away_from, row.away_to, today(now)),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (rules.ORDER[one.function], one.row.position, one.contact.name))


def team(scope: Scope, municipality: str, now: datetime) -> list[Listed]:
    """Return the register in the order in which people are called; for screens that show no phone."""
    return opened_members(scope, municipality, members(scope, municipality), now)


def with_phones(
    scope: Scope, municipality: str, rows: Sequence[TeamMember], now: datetime, *, why: str
) -> list[Listed]:
    """Return members with their phones, and note in the access log who read them and for what."""
    found = opened_members(scope, municipality, rows, now)
    note_read(scope, municipality, KIND, [one.id for one in found], why=why, now=now)
    return found


def names(scope: Scope, municipality: str, ids: Collection[UUID], now: datetime) -> dict[UUID, str]:
    """Return the names of members by id, those who have left too."""
    rows = members(scope, municipality, left=True).filter(id__in=ids)
    return {one.id: one.contact.name for one in opened_members(scope, municipality, rows, now)}


def plain(rows: Iterable[TeamMember], now: datetime) -> list[rules.Member]:
    """Return members as the rules want them."""
    day = today(now)
    return [
        rules.Member(
            row.id,
            Function(row.function),
            row.position,
            row.deputy_id,
            rules.is_away(row.away_from, row.away_to, day),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Times:
    """Minutes a municipality waits."""

    answer_within: int = rules.ANSWER_WITHIN
    nobody_within: int = rules.NOBODY_WITHIN


def times(scope: Scope, municipality: str) -> Times:
    """Return how long a municipality waits; the usual when it has chosen nothing."""
    row = CalloutTimes.objects.visible_to(scope).filter(municipality=municipality).first()
    return Times(row.answer_within, row.nobody_within) if row else Times()


def incidents(scope: Scope) -> list[Incident]:
    """Return the incidents that a team may be called out for: reported or active, the newest first."""
    return list(newest(scope).filter(state__in=RUNNING)[:50])


def callout(scope: Scope, municipality: str, callout_id: UUID, *, lock: bool = False) -> Callout:
    """Return one alert. Raises NotYours."""
    found = Callout.objects.visible_to(scope).filter(municipality=municipality, id=callout_id)
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise NotYours(callout_id)
    return row


def callouts(scope: Scope, municipality: str) -> list[Callout]:
    """Return a municipality's latest alerts, the newest first."""
    found = Callout.objects.visible_to(scope).filter(municipality=municipality)
    return list(found.order_by("-begun_at", "-id")[:RECENT])


def told(scope: Scope, row: Callout) -> list[Function]:
    """Return which of those outside the team were in the register when they were told that nobody comes."""
    if row.told_at is None:
        return []
    found = (
        members(scope, row.municipality_id, left=True)
        .filter(function__in=[one.value for one in rules.TOLD], added_at__lte=row.told_at)
        .filter(Q(left_at=None) | Q(left_at__gt=row.told_at))
    )
    there = set(found.values_list("function", flat=True))
    return [one for one in rules.TOLD if one.value in there]


def last_test(scope: Scope, municipality: str) -> Callout | None:
    """Return the latest test alert."""
    found = Callout.objects.visible_to(scope).filter(municipality=municipality, test=True)
    return found.order_by("-begun_at", "-id").first()


def just_begun(scope: Scope, municipality: str, incident_id: UUID | None, now: datetime) -> Callout | None:
    """Return the alert for the same that the asking person has just begun, and locks out others who press at once."""
    municipalities = TeamMember.objects.visible_to(scope).filter(municipality=municipality, active=True)
    list(municipalities.order_by("id").select_for_update(of=("self",)).values_list("id")[:1])
    found = Callout.objects.visible_to(scope).filter(
        municipality=municipality, incident=incident_id, begun_by=scope.account, on_paper=False, ended_at=None,
        begun_at__gt=now - rules.SAME_PRESS, begun_at__lte=now,
    )  # fmt: skip
    return found.order_by("-begun_at").first()


def calls(scope: Scope, callout_id: UUID) -> list[Call]:
    """Return the calls of one alert in the order in which they were made."""
    found = Call.objects.visible_to(scope).filter(callout=callout_id)
    return sorted(found, key=lambda one: (one.called_at, rules.ORDER[Function(one.function)], str(one.id)))


def plain_call(row: Call) -> rules.Call:
    """Return a call as the rules want it."""
    return rules.Call(
        row.called_at, row.due_at, Answer(row.answer), row.answered_at, moved_on=row.moved_on_at is not None
    )


def members_by_id(scope: Scope, municipality: str, ids: Collection[UUID]) -> Mapping[UUID, TeamMember]:
    """Return rows of the register by id, those who have left too."""
    return members(scope, municipality, left=True).in_bulk(list(ids))


def due(scope: Scope, now: datetime) -> list[tuple[str, UUID]]:
    """Return the alerts, of all municipalities in the scope, in which something must happen: municipality and id."""
    waiting = Call.objects.visible_to(scope).filter(
        callout=OuterRef("id"), answer=Answer.NONE.value, moved_on_at=None, due_at__lte=now
    )
    coming = Call.objects.visible_to(scope).filter(callout=OuterRef("id"), answer=Answer.COMING.value)
    found = (
        Callout.objects.visible_to(scope)
        .filter(ended_at=None, on_paper=False)
        .filter(Exists(waiting) | (Q(told_at=None, tell_at__lte=now) & ~Exists(coming)))
    )
    return list(found.order_by("begun_at", "id").values_list("municipality_id", "id"))


def to_ask(scope: Scope, now: datetime) -> list[tuple[str, UUID]]:
    """Return members, of all municipalities in the scope, who are to be asked whether their numbers are right."""
    old = Q(verified_at=None) | Q(verified_at__lte=now - rules.VERIFIED_FOR)
    rested = Q(asked_at=None) | Q(asked_at__lte=now - rules.ASK_EVERY)
    # who was put into the list today has just been asked by whoever did it
    settled = Q(added_at__lte=now - rules.ASK_EVERY)
    found = TeamMember.objects.visible_to(scope).filter(old, rested, settled, active=True)
    return list(found.order_by("municipality", "id").values_list("municipality_id", "id")[:500])


@dataclass(frozen=True)
class Door:
    """What a link opens: one call, or one member's own numbers."""

    municipality: str
    id: UUID


def call_by_token(token: str, now: datetime) -> Door | None:
    """Return which call a link is for; None when it is guessed, too old, the alert is over, or the member has left."""
    if not links.may_be_one(token):
        return None
    with opened(system_scope("åpner lenken i et varsel")) as scope:
        row = (
            Call.objects.visible_to(scope)
            .filter(
                link_hash=links.digest(token),
                link_expires_at__gt=now,
                callout__ended_at=None,
                member__active=True,
            )
            .first()
        )
        return Door(row.municipality_id, row.id) if row else None


def member_by_token(token: str, now: datetime) -> Door | None:
    """Return whose numbers a link is for; None when it is guessed, too old, or the member has left."""
    if not links.may_be_one(token):
        return None
    with opened(system_scope("åpner lenken til egne opplysninger")) as scope:
        row = (
            TeamMember.objects.visible_to(scope)
            .filter(link_hash=links.digest(token), link_expires_at__gt=now, active=True)
            .first()
        )
        return Door(row.municipality_id, row.id) if row else None


def call(scope: Scope, call_id: UUID) -> Call:
    """Return one call with its alert. Raises NotYours."""
    row = Call.objects.visible_to(scope).select_related("callout").filter(id=call_id).first()
    if row is None:
        raise NotYours(call_id)
    return row


def place_of(scope: Scope, row: Callout, now: datetime) -> str:
    """Return where the team is to meet."""
    return contact.open_place(row.place, keys.municipality_key(scope, row.municipality_id, now), row.id)


def contact_of(scope: Scope, row: TeamMember, now: datetime) -> Contact:
    """Unseal one member."""
    return contact.opened(row.sealed, keys.municipality_key(scope, row.municipality_id, now), row.id)


def overdue(rows: Iterable[Listed], now: datetime) -> int:
    """Return how many have numbers that nobody has confirmed for three months."""
    return sum(rules.verification_is_due(one.row.verified_at, now) for one in rows)


def cooperating(scope: Scope, row: Callout) -> Incident | None:
    """Return the incident of an alert; None for a test."""
    return newest(scope).filter(id=row.incident_id).first() if row.incident_id else None
