"""Writing down that somebody tried to reach a person, and doing what follows from how it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need, Role
from samvirke.access.scope import Scope
from samvirke.accounts.queries import members_with
from samvirke.followup import identity, queries
from samvirke.followup.actions import pointing
from samvirke.followup.models import Attempt, Followup, Journalled, Person, Step
from samvirke.followup.models.contact import ACTIVE, CHANNELS, OPEN
from samvirke.followup.rules.outcomes import REACHED, Follows, Outcome, Settles, follows
from samvirke.followup.rules.plan import ON_THEIR_OWN
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO
from samvirke.messaging.actions import send

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Recorded(Done):
    """What an attempt led to. `next_step` None: the follow-up is closed, and the attempt was logged all the same."""

    attempt: UUID | None = None
    next_step: UUID | None = None
    follows: Follows | None = None


@dataclass(frozen=True)
class Tried:
    """What somebody tells of an attempt. `journalled`: system and date, for health help. Notes are neutral: no clinical content."""

    channel: str
    outcome: Outcome
    note: str = ""
    minutes: int | None = None
    chosen: datetime | None = None
    done_what: str = ""
    by_whom: str = ""
    journalled: tuple[str, date] | None = None


@action("followup.attempt.recorded", needs=Need.ATTEMPT_WRITE, says=_("førte et kontaktforsøk"))
def record_attempt(
    scope: Scope,
    followup_id: UUID,
    tried: Tried,
    *,
    now: datetime,
    at: datetime | None = None,
    step_id: UUID | None = None,
) -> Recorded:
    """Write down an attempt, settle its step and plan what follows. An attempt can always be logged, also after closing.

    `at`: when it was made, if not now. `step_id`: the step it was made for; without one the next contact step.
    Raises BadInput naming the field; NotYours.
    """
    one = queries.followup(scope, followup_id, lock=True)
    _check(tried, now, at)
    planned = queries.open_contacts(scope, one)
    step = _step(scope, one, step_id, planned)
    found = follows(tried.outcome, queries.before(scope, one, tried.chosen, at or now))
    row = _row(scope, one, tried, step, at=at or now, now=now)
    if step is not None and step.health and tried.outcome in REACHED:
        _journal_note(scope, row, tried)
    if one.state != ACTIVE:
        return _done(one, row, tried, None)
    _carry_out(scope, one, tried, step, found, due=_due(planned, step, now), now=now)
    pointing.point(scope, one, now)
    if found.alert:
        alert_leaders(scope, one, now)
    return _done(one, row, tried, found)


@action("followup.household.visited", needs=Need.ATTEMPT_WRITE, says=_("førte et besøk hos en husstand"))
def record_household_visit(
    scope: Scope, tried: Mapping[UUID, Tried], *, now: datetime, at: datetime | None = None
) -> list[Done]:
    """Write down a visit to several members of a household: each has an outcome, each one's due steps are done."""
    houses = {queries.followup(scope, one).household_id for one in tried}
    if len(houses) != 1 or None in houses:
        raise BadInput(gettext("Personene hører ikke til samme husstand."), field="household")
    done = [record_attempt(scope, one, tried[one], now=now, at=at) for one in sorted(tried)]
    (house,) = houses
    return [Done(done[0].municipality, house, about={"members": sorted(tried)})]


@action(
    "followup.attempt.journalled", needs=Need.ATTEMPT_WRITE, says=_("skrev hvor helsehjelp er journalført")
)
def note_journalled(
    scope: Scope, followup_id: UUID, attempt: UUID, system: str, day: date, *, now: datetime
) -> Done:
    """Write where and when health help was journalled, for an attempt that lacked it. Raises BadInput, NotYours."""
    one = queries.followup(scope, followup_id, lock=True)
    if not system.strip():
        raise BadInput(gettext("Skriv hvilket journalsystem det står i."), field="system")
    if day > now.astimezone(OSLO).date():
        raise BadInput(gettext("Datoen kan ikke ligge i framtiden."), field="on")
    rows = Journalled.objects.visible_to(scope).filter(
        attempt=attempt, attempt__followup=one.id, on__isnull=True
    )
    if not rows.update(system=system.strip()[:60], on=day, recorded_by=scope.account):
        raise BadInput(gettext("Notatet er ført fra før."), field="system")
    return Done(one.municipality_id, one.id, about={"attempt": attempt})


def alert_leaders(scope: Scope, one: Followup, now: datetime) -> None:
    """Tell the team leaders at once, in a message without names."""
    for person in members_with(scope, one.municipality_id, [Role.TEAM_LEADER]):
        send(
            scope,
            to=("account", person.id),
            template="followup.alert",
            channel="email",
            municipality=one.municipality_id,
            about={"followup": one.id, "municipality": one.municipality_id},
            now=now,
        )


def _check(tried: Tried, now: datetime, at: datetime | None) -> None:
    if tried.channel not in CHANNELS:
        raise BadInput(gettext("Velg hvordan du prøvde å nå personen."), field="channel")
    if at is not None and at > now:
        raise BadInput(gettext("Forsøket kan ikke ligge i framtiden."), field="at")
    if tried.chosen is not None and tried.chosen <= now:
        raise BadInput(gettext("Neste kontakt må ligge i framtiden."), field="chosen")
    if len(tried.note) > LONGEST_NOTE:
        raise BadInput(gettext("Notatet er for langt. Det er plass til 2000 tegn."), field="note")
    if tried.outcome is Outcome.ACUTE_DANGER:
        if not tried.done_what.strip():
            raise BadInput(gettext("Skriv hva som ble gjort."), field="done_what")
        if not tried.by_whom.strip():
            raise BadInput(gettext("Skriv hvem som gjorde det."), field="by_whom")
    if tried.outcome is Outcome.NEVER_AGAIN and not tried.note.strip():
        raise BadInput(
            gettext("Skriv hva personen sa. Lederen bekrefter ut fra notatet, uten å ringe."), field="note"
        )


def _step(scope: Scope, one: Followup, step_id: UUID | None, planned: Sequence[Step]) -> Step | None:
    if step_id is not None:
        found = Step.objects.visible_to(scope).filter(followup=one.id, id=step_id).first()
        if found is None:
            raise BadInput(gettext("Steget hører ikke til denne personen."), field="step")
        return found
    return next((step for step in planned if step.id == one.next_step_id), planned[0] if planned else None)


def _row(
    scope: Scope, one: Followup, tried: Tried, step: Step | None, *, at: datetime, now: datetime
) -> Attempt:
    key = queries.key_of(scope, one.person_id, one.municipality_id, now)
    id_ = uuid4()
    said = "\n".join(filter(None, (tried.note.strip(), tried.done_what.strip(), tried.by_whom.strip())))
    row = Attempt(
        id=id_,
        municipality_id=one.municipality_id,
        followup_id=one.id,
        step=step,
        at=at,
        account=scope.account,
        channel=tried.channel,
        outcome=tried.outcome.value,
        sealed=identity.close_text(said, key, "attempt", id_),
        minutes=tried.minutes,
        chosen=tried.chosen,
    )
    row.save(force_insert=True)
    return row


def _journal_note(scope: Scope, row: Attempt, tried: Tried) -> None:
    """Write where the health help was journalled, or that it is not: the leader sees what lacks."""
    system, day = tried.journalled or ("", None)
    Journalled.objects.bulk_create(
        [
            Journalled(
                attempt_id=row.id,
                municipality_id=row.municipality_id,
                system=system,
                on=day,
                recorded_by=scope.account,
            )
        ]
    )


def _carry_out(
    scope: Scope,
    one: Followup,
    tried: Tried,
    step: Step | None,
    found: Follows,
    *,
    due: Sequence[Step],
    now: datetime,
) -> None:
    reached = tried.outcome in REACHED
    if reached and one.first_reached_at is None:
        one.first_reached_at = now
    if tried.outcome is Outcome.NEEDS_INTERPRETER:
        needy = Person.objects.visible_to(scope).filter(id=one.person_id, interpreter=False)
        needy.update(interpreter=True, version=F("version") + 1)
    if found.settles is Settles.STAYS and step is not None and found.wait_until:
        Step.objects.visible_to(scope).filter(id=step.id, state=OPEN).update(opens=found.wait_until)
    if found.settles is Settles.DONE:
        pointing.finish(scope, one, now, due, "reached")
    if found.settles is Settles.GIVEN_UP and step is not None:
        pointing.skip_one(scope, one, now, step, "given-up")
    if found.resume_plan:
        pointing.take_up(scope, one, now)
    if found.stop:
        one.stopped = True
    elif found.pause_plan:
        pointing.cancel_offers(scope, one, now)
        pointing.rest(scope, one, "rests-after-no")
    if found.add:
        pointing.add(scope, one, found.add, now=now)


def _due(planned: Sequence[Step], step: Step | None, now: datetime) -> list[Step]:
    """Return the steps that one conversation settles: its own, and other contact steps that were due.

    Not a mapping, and not what only a talk of its own settles.
    """
    due = [one for one in planned if one.opens <= now and not one.health and one.code not in ON_THEIR_OWN]
    return [*due, *([step] if step is not None else [])]


def _done(one: Followup, row: Attempt, tried: Tried, found: Follows | None) -> Recorded:
    return Recorded(
        one.municipality_id,
        one.id,
        about={"attempt": row.id, "outcome": tried.outcome.value, "channel": tried.channel},
        attempt=row.id,
        next_step=one.next_step_id,
        follows=found,
    )
