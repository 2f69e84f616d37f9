"""What the screens show: names opened for those who may see them, and the open ones logged."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext

from samvirke.access.scope import Scope
from samvirke.accounts.queries import holders, owners_of, people
from samvirke.followup import identity, queries, words
from samvirke.followup.actions.assigning import MAY_BE_CONTACT
from samvirke.followup.actions.ending import case_of
from samvirke.followup.lists import list_words
from samvirke.followup.models import Followup, Person, Step
from samvirke.followup.models.contact import ACTIVE, OPEN
from samvirke.followup.rules import closing
from samvirke.followup.rules.interpreting import Booking
from samvirke.followup.rules.outcomes import Follows, Outcome, follows
from samvirke.followup.rules.people import DECIDES_ON_HEALTH
from samvirke.followup.rules.plan import Owner
from samvirke.followup.timeline import own_words


def staff_names(scope: Scope, memberships: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of contact persons by membership; two queries."""
    accounts = owners_of(scope, memberships)
    known = people(set(accounts.values()))
    return {one: known[account].name for one, account in accounts.items() if account in known}


def staff(scope: Scope, municipality: str, now: datetime) -> list[tuple[UUID, str]]:
    """Return who may be a contact person, with their load, the least loaded first."""
    able = holders(scope, municipality, MAY_BE_CONTACT)
    names, load = staff_names(scope, able), queries.load(scope, municipality, now)
    size = {one: load[one].people if one in load else 0 for one in able}
    return [
        (one, f"{names[one]} ({size[one]})") for one in sorted(able, key=lambda one: (size[one], names[one]))
    ]


@dataclass(frozen=True)
class Planned:
    """One step as it is shown, with why it is there."""

    id: UUID
    name: object
    aim: datetime
    closes: datetime
    state: str
    late: bool
    reason: object
    source: object
    code: str
    leaders: bool
    own: str
    opens: datetime
    channel: object
    health: bool
    interpreting: list_words.Interpreting | None


def plan(scope: Scope, one: Followup, person: Person, seen: identity.Seen, now: datetime) -> list[Planned]:
    """Return somebody's plan in order, settled steps too."""
    return [
        Planned(
            step.id,
            words.step_name(step.code),
            step.aim,
            step.closes,
            step.state,
            step.state == "open" and step.closes < now,
            words.ended(step.settled_because) if step.settled_because else words.reason(step.reason),
            words.basis(step.source),
            step.code,
            step.owner == Owner.LEADER,
            own_words(step, seen),
            step.opens,
            words.CHANNELS[step.channel],
            step.health,
            _interpreting(step, person, seen, now)
            if step.state == OPEN and step.owner == Owner.CONTACT
            else None,
        )
        for step in queries.steps(scope, one.id)
    ]


def _interpreting(
    step: Step, person: Person, seen: identity.Seen, now: datetime
) -> list_words.Interpreting | None:
    """Return how it stands with an interpreter for a contact, None where none is needed."""
    agency = identity.open_text(step.own_interpreter, seen.key, "interpreter", step.id)
    booking = (
        Booking(step.interpreter_language, step.interpreter_at, step.interpreter_gone)
        if step.interpreter_at
        else None
    )
    return list_words.interpreting(person, booking, now, kind=step.interpreter, agency=agency)


def consequences(scope: Scope, one: Followup, now: datetime) -> dict[str, str]:
    """Return for every outcome what would follow if it were logged now, in a sentence; from the pure rules."""
    if one.state != ACTIVE:
        return {}
    before = queries.before(scope, one, None, now)
    return {outcome.value: _sentence(follows(outcome, before), now) for outcome in Outcome}


def _sentence(then: Follows, now: datetime) -> str:
    if then.stop and then.add:
        return (
            gettext("Ingen tar kontakt mer. Lederen bekrefter ut fra notatet.")
            if not then.alert
            else gettext("Ingen tar kontakt mer. Lederen får varsel.")
        )
    if then.add and then.add.owner is Owner.LEADER:
        return gettext("Lederen avgjør: {why}").format(why=words.reason(then.add.reason))
    if then.add:
        window = then.add.window
        return gettext("Neste kontakt: {day} (senest {last}).").format(
            day=_day(window.aim), last=_day(window.closes)
        )
    if then.wait_until:
        soon = then.wait_until - now < timedelta(hours=12)
        when = localtime(then.wait_until).strftime("%d.%m. kl. %H.%M" if soon else "%d.%m.")
        return gettext("Steget står. Prøv igjen tidligst {when}").format(when=when)
    return gettext("Planen går videre til neste steg.")


def _day(moment: datetime) -> str:
    return localtime(moment).strftime("%d.%m.%Y")


@dataclass(frozen=True)
class Alike:
    """Somebody on the list who may be the same: as much as is needed to tell."""

    name: str
    birth: str
    last_digits: str
    percent: int


def candidates(scope: Scope, given: identity.Identity, now: datetime) -> list[Alike]:
    """Return who may be the same, at most five, and note that they were shown."""
    found = queries.candidates(scope, given, now)[:5]
    rows = Person.objects.visible_to(scope).filter(id__in=[one.person for one in found])
    opened = queries.opened_people(scope, list(rows), why="same?", now=now) if found else {}
    return [
        Alike(
            one.identity.name,
            one.identity.birth[:4],
            one.identity.phones[0][-2:] if one.identity.phones else "",
            round(100 * one.likeness),
        )
        if one.person in opened
        else Alike(str(words.SHIELDED), "", "", round(100 * one.likeness))
        for one in found
    ]


@dataclass(frozen=True)
class Ends:
    """What stands in the way of each ending, before anything is typed. `child`: the leader must look at the child."""

    child: bool
    ways: list[tuple[object, list[object]]]


def ends(scope: Scope, followup_id: UUID, now: datetime) -> Ends:
    """Return the endings with what stands in the way of each, as if the way back had been told."""
    one = queries.followup(scope, followup_id)
    case = replace(case_of(scope, one, now), told_way_back=True, child_reviewed=True)
    return Ends(
        case.age is not None and case.age < DECIDES_ON_HEALTH,
        [
            (name, [words.OBSTACLES[code] for code in closing.obstacles(ending, case, now)])
            for ending, name in words.ENDINGS.items()
        ],
    )
