"""Acts of an alert: begin, call the next, tell others that nobody comes, end. Nothing is done twice.

Whoever changes an alert locks its row first. What was done stands in the row: `moved_on_at` of a call, `told_at` of
the alert. So sweeps that run again, or at once, find nothing more to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access import keys
from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.incidents import queries as incidents
from samvirke.incidents.actions import logbook
from samvirke.incidents.callout import contact, links, queries, rules
from samvirke.incidents.callout.actions.team import channels
from samvirke.incidents.callout.contact import Contact
from samvirke.incidents.callout.rules import Because, Function, Slot
from samvirke.incidents.models import Call, Callout, TeamMember
from samvirke.kit.errors import BadInput
from samvirke.messaging import actions as messaging


@dataclass(frozen=True)
class Order:
    """What the leader wants. `incident` None: a test. `functions` empty: everybody who is there."""

    incident: UUID | None
    functions: frozenset[Function] = frozenset()
    text: str = "meet"
    place: str = field(default="", repr=False)


@action("incidents.callout.begun", needs=Need.CALL_OUT, says=_("varslet kriseteamet"))
def begin(scope: Scope, municipality: str, order: Order, *, now: datetime) -> Done:
    """Call the team out, or test that it can be. Raises BadInput when there is nobody to call.

    The same person's second alert for the same within a minute is the first one, pressed twice.
    """
    row = _new(scope, municipality, order, now)
    if order.incident and incidents.incident(scope, order.incident).state not in queries.RUNNING:
        raise BadInput(gettext("Hendelsen er avslått eller avsluttet."), field="incident")
    twice = queries.just_begun(scope, municipality, order.incident, now)
    if twice:  # a second press on the button, or the page sent again
        return Done(municipality, twice.id, nothing=True)
    members = queries.plain(queries.members(scope, municipality), now)
    first = rules.start(members, order.functions)
    if not first.slots:
        raise BadInput(
            gettext("Ingen i teamet er tilgjengelig. Ring legevakten 116 117, og skriv ut ringelisten.")
        )
    times = queries.times(scope, municipality)
    row.answer_within, row.tell_at = times.answer_within, now + timedelta(minutes=times.nobody_within)
    row.functions = sorted(one.value for one in order.functions)
    row.unfilled = [one.value for one in first.unfilled]
    row.save(force_insert=True)
    _call(scope, row, first.slots, now)
    _log(scope, row, gettext("Kriseteamet er varslet. Antall: {n}.").format(n=len(first.slots)), now)
    return Done(municipality, row.id, about=_about(row) | {"called": len(first.slots)})


@action(
    "incidents.callout.written-down", needs=Need.CALL_OUT, says=_("førte en varsling som ble gjort på papir")
)
def write_down(scope: Scope, municipality: str, order: Order, begun_at: datetime, *, now: datetime) -> Done:
    """Make an alert for calls that were made by hand: nothing is sent, nobody is called on. Raises BadInput."""
    if begun_at > now:
        raise BadInput(gettext("Tidspunktet må være før nå."), field="begun_at")
    row = _new(scope, municipality, order, now)
    row.answer_within, row.on_paper, row.begun_at = rules.ANSWER_WITHIN, True, begun_at
    row.tell_at = begun_at + timedelta(minutes=rules.NOBODY_WITHIN)
    row.save(force_insert=True)
    _log(scope, row, gettext("Kriseteamet ble ringt fra ringelisten."), now)
    return Done(municipality, row.id, about=_about(row))


@action(
    "incidents.callout.escalated",
    needs=Need.CALL_OUT,
    says=_("kalte ut flere, eller varslet at ingen kommer"),
)
def escalate(scope: Scope, municipality: str, callout: UUID, *, now: datetime) -> Done:
    """Call the next where somebody has not answered in time or cannot, and tell others when nobody comes.

    Safe to run any number of times, at once, after a worker died in the middle.
    """
    row = queries.callout(scope, municipality, callout, lock=True)
    if row.ended_at or row.on_paper:
        return Done(municipality, callout, nothing=True)
    called, told = follow_up(scope, row, now)
    return Done(
        municipality,
        callout,
        about=_about(row) | {"called": called, "told": told},
        nothing=not called and not told,
    )


@action("incidents.callout.ended", needs=Need.CALL_OUT, says=_("avsluttet en varsling av kriseteamet"))
def end(scope: Scope, municipality: str, callout: UUID, *, now: datetime) -> Done:
    """End an alert: nobody more is called or told, and the links stop working."""
    row = queries.callout(scope, municipality, callout, lock=True)
    if row.ended_at:
        return Done(municipality, callout, nothing=True)
    row.ended_at, row.ended_by = now, scope.account
    row.save(update_fields=["ended_at", "ended_by"])
    return Done(municipality, callout, {"ended_at": (None, now)})


def follow_up(scope: Scope, row: Callout, now: datetime) -> tuple[int, int]:
    """Do what is due in an alert that is locked; return how many were called, and how many told."""
    called, registered = 0, queries.plain(queries.members(scope, row.municipality_id), now)
    for call in queries.calls(scope, row.id):
        if rules.must_move_on(queries.plain_call(call), now):
            called += _move_on(scope, row, call, registered, now)
    told = 0
    if row.told_at is None:
        known = [queries.plain_call(one) for one in queries.calls(scope, row.id)]
        if rules.must_tell(known, row.tell_at, now):
            told = _tell_others(scope, row, now)
    return called, told


def _move_on(
    scope: Scope, row: Callout, call: Call, registered: Sequence[rules.Member], now: datetime
) -> int:
    """Call the next instead of one who is silent or cannot. Returns how many were called: one or none."""
    call.moved_on_at = now
    call.save(update_fields=["moved_on_at"])
    called = {one.member_id for one in queries.calls(scope, row.id)}
    slot = Slot(call.member_id, Function(call.function), Because(call.because))
    following = rules.next_for(slot, registered, called)
    if following:
        _call(scope, row, [following], now)
    return int(following is not None)


def _call(scope: Scope, row: Callout, slots: Sequence[Slot], now: datetime) -> None:
    """Write the calls and their messages in the transaction that decides them."""
    there = queries.members_by_id(scope, row.municipality_id, [slot.member for slot in slots])
    key = keys.municipality_key(scope, row.municipality_id, now)
    made = []
    for slot in slots:
        member = there[slot.member]
        call = Call(
            id=uuid4(), municipality_id=row.municipality_id, callout=row, member=member, function=slot.function.value,
            because=slot.because.value, called_at=now, due_at=now + timedelta(minutes=row.answer_within),
            link_expires_at=now + rules.LINK_LASTS,
        )  # fmt: skip
        call.link_hash = links.digest_of(links.CALL, call.id)
        known = contact.opened(member.sealed, key, member.id)
        call.messages = _send(
            scope, row, member, known, template="incidents.call", about={"call": call.id}, now=now
        )
        made.append(call)
    Call.objects.bulk_create(made)


def _tell_others(scope: Scope, row: Callout, now: datetime) -> int:
    """Tell legevakt and crisis leadership, once, that nobody has said that they come; return how many were told."""
    wanted = [one.value for one in rules.TOLD]
    contacts = list(
        queries.members(scope, row.municipality_id).filter(function__in=wanted).order_by("position")
    )
    key = keys.municipality_key(scope, row.municipality_id, now)
    for one in contacts:
        known = contact.opened(one.sealed, key, one.id)
        _send(scope, row, one, known, template="incidents.nobody", about={"callout": row.id}, now=now)
    row.told_at, row.told = now, len(contacts)
    row.save(update_fields=["told_at", "told"])
    said = gettext("Ingen i kriseteamet har sagt at de kommer. Antall utenfor teamet som er varslet: {n}.")
    _log(scope, row, said.format(n=len(contacts)), now)
    return max(1, len(contacts))


def _send(  # noqa: PLR0913  (what a message needs)
    scope: Scope,
    row: Callout,
    to: TeamMember,
    known: Contact,
    *,
    template: str,
    about: dict[str, UUID],
    now: datetime,
) -> list[UUID]:
    return [
        messaging.send(
            scope, to=("team-member", to.id), template=template, channel=channel, municipality=row.municipality_id,
            about=about, now=now, exercise=row.exercise,
        )
        for channel in channels(known)
    ]  # fmt: skip


def _log(scope: Scope, row: Callout, text: str, now: datetime) -> None:
    """Write in the incident's log what happened; a test has none."""
    if row.incident_id:
        happened = row.begun_at if row.on_paper else now
        logbook.add(scope, row.incident_id, row.municipality_id, "information", text, happened, now)


def _new(scope: Scope, municipality: str, order: Order, now: datetime) -> Callout:
    """Return an alert that is not written yet. Raises NotYours when the incident is not theirs."""
    scope.require_sight(municipality)
    event = incidents.incident(scope, order.incident) if order.incident else None
    place = contact.one_line(order.place, contact.LONGEST_PLACE, "place")
    row = Callout(
        id=uuid4(), municipality_id=municipality, incident_id=event.id if event else None, test=event is None,
        exercise=bool(event and event.exercise), text=order.text, begun_at=now, begun_by=scope.account,
    )  # fmt: skip
    row.place = contact.close_place(place, keys.municipality_key(scope, municipality, now), row.id)
    return row


def _about(row: Callout) -> dict[str, object]:
    return {"test": row.test, "exercise": row.exercise, "incident": row.incident_id}
