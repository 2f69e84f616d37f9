"""What a person's record is made of besides the plan: how to reach them, staff kept away, named access, consents, family."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from samvirke.access.permissions import Need, Role
from samvirke.access.scope import NotYours, Scope
from samvirke.accounts.queries import members, members_with, owners_of, people
from samvirke.followup import queries, words
from samvirke.followup.identity import Identity, Seen
from samvirke.followup.models import (
    Attempt,
    Barred,
    Closing,
    Consent,
    Followup,
    Household,
    Named,
    Person,
    Relation,
)
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.lists import reference
from samvirke.followup.rules.people import Protection, is_child
from samvirke.kit.hours import OSLO


@dataclass(frozen=True)
class Employee:
    """A member of staff in a list about one person."""

    account: UUID
    name: str
    at: datetime
    by_person: bool = True


def leaders(scope: Scope, municipality: str) -> list[tuple[UUID, str]]:
    """Return a municipality's team leaders."""
    return [(one.id, one.name) for one in members_with(scope, municipality, [Role.TEAM_LEADER])]


def staff(scope: Scope, municipality: str) -> list[tuple[UUID, str]]:
    """Return all who have a role in a municipality, by name."""
    return [(one.person.id, one.person.name) for one in members(scope, municipality)]


def named(scope: Scope, person_id: UUID) -> list[Employee]:
    """Return who is named for somebody with strengt fortrolig address."""
    rows = list(
        Named.objects.visible_to(scope).filter(person=person_id, ended_at__isnull=True).order_by("at")
    )
    names = people({row.account for row in rows})
    return [Employee(row.account, names[row.account].name, row.at) for row in rows if row.account in names]


def barred(scope: Scope, person_id: UUID) -> list[Employee]:
    """Return who is kept away from somebody: because the person said so, or because they are inhabil."""
    rows = list(
        Barred.objects.visible_to(scope).filter(person=person_id, ended_at__isnull=True).order_by("at")
    )
    names = people({row.account for row in rows})
    return [
        Employee(row.account, names[row.account].name, row.at, row.by_person)
        for row in rows
        if row.account in names
    ]


@dataclass(frozen=True)
class Reach:
    """How somebody is reached, and what must be read before. `phones`: those that may be shown now.

    `first`: there is something to read before the number. `hidden`: the number is shown when asked for, and logged.
    """

    blocked: object
    protection: object
    strict: bool
    child: bool
    through_parents: bool
    safe_contact: str
    only: str
    only_words: object
    fewer: bool
    interpreter: bool
    language: object
    best_time: str
    phones: tuple[str, ...]
    hidden: bool

    @property
    def first(self) -> bool:
        """Say whether something must be read before the number is seen."""
        return bool(self.safe_contact or self.interpreter or self.strict or self.child or self.only)


def reached(one: Followup, person: Person, who: Identity, now: datetime, *, asked: bool) -> Reach:
    """Return how somebody may be reached. Who must not be contacted has no number at all."""
    strict = person.protection == Protection.STRICTLY_CONFIDENTIAL.value
    blocked = (
        words.BLOCKED["stopped"] if one.stopped else words.BLOCKED["message"] if one.waits_for_message else ""
    )
    phones = () if blocked or one.only == "letter" else who.phones
    return Reach(
        blocked=blocked,
        protection=words.PROTECTIONS[Protection(person.protection)] if person.protection != "none" else "",
        strict=strict,
        child=is_child(who.born, now.astimezone(OSLO).date()),
        through_parents=person.through_parents,
        safe_contact=who.safe_contact,
        only=one.only,
        only_words=words.ONLY[one.only],
        fewer=one.fewer,
        interpreter=person.interpreter,
        language=words.language(person.language),
        best_time=who.best_time,
        phones=() if strict and not asked else phones,
        hidden=strict and not asked and bool(phones),
    )


@dataclass(frozen=True)
class Over:
    """How a follow-up ended. `merged`: under another registration of the same person; `instead`: theirs, if one may see it."""

    ending: object
    merged: bool
    instead: UUID | None = None


def over(scope: Scope, one: Followup) -> Over | None:
    """Return how a follow-up ended, None while it goes on; two queries at most."""
    row = Closing.objects.visible_to(scope).filter(id=one.closing_id).first() if one.closing_id else None
    if row is None:
        return None
    if row.ending != Ending.SAME_PERSON:
        return Over(words.ALL_ENDINGS[row.ending], merged=False)
    kept = queries.kept_instead(scope, one.person_id)
    there = queries.followups(scope).filter(person=kept, incident=one.incident_id).first()
    return Over(words.ALL_ENDINGS[row.ending], merged=True, instead=there.id if there else None)


@dataclass(frozen=True)
class Said:
    """What counts now for one purpose and one recipient."""

    purpose: object
    recipient: object
    state: str
    state_words: object
    given_by: object
    how: object
    at: datetime


def consents(scope: Scope, person_id: UUID) -> list[Said]:
    """Return what counts now: the newest of each purpose and recipient."""
    newest: dict[tuple[str, str], Consent] = {}
    for row in Consent.objects.visible_to(scope).filter(person=person_id).order_by("said_at", "id"):
        newest[row.purpose, row.recipient] = row
    return [
        Said(
            words.PURPOSES.get(row.purpose, row.purpose),
            words.RECIPIENTS.get(row.recipient, row.recipient),
            row.state,
            words.CONSENT_STATES[row.state],
            words.GIVEN_BY[row.given_by],
            words.HOW[row.how],
            row.said_at,
        )
        for _, row in sorted(newest.items())
    ]


@dataclass(frozen=True)
class Relative:
    """Somebody in the family, as the asking person may see them."""

    relation: UUID
    name: str
    followup: UUID | None
    kind: object
    custody: bool
    apart: bool


@dataclass(frozen=True)
class Family:
    """The family and the household. `closed`: it is unsafe to show them together, and nobody is shown."""

    closed: bool
    relatives: list[Relative]
    household: list[tuple[UUID, str]]


def family(scope: Scope, one: Followup, now: datetime) -> Family:
    """Return the family of somebody whose record is open; closed when either side's view is closed."""
    rows = list(
        Relation.objects.visible_to(scope)
        .filter(Q(person=one.person_id) | Q(other=one.person_id), ended_at__isnull=True)
        .order_by("added_at")
    )
    ids = {id_ for row in rows for id_ in (row.person_id, row.other_id)} - {one.person_id}
    theirs = {row.person_id: row for row in Followup.objects.visible_to(scope).filter(person__in=ids)}
    houses = {row.household_id for row in (*theirs.values(), one) if row.household_id}
    if Household.objects.visible_to(scope).filter(id__in=houses, closed_view=True).exists():
        return Family(True, [], [])
    visible = {row.person_id: row.id for row in queries.followups(scope).filter(person__in=ids)}
    known = Person.objects.visible_to(scope).filter(id__in=ids)
    shown = [row for row in known if row.id in visible or (row.reference and scope.may(Need.PERSON_READ_ALL))]
    seen = queries.opened_people(scope, shown, why="family", now=now)
    relatives = [_relative(row, one, seen, visible) for row in rows]
    return Family(False, relatives, household(scope, one, now))


def _relative(
    row: Relation, one: Followup, seen: Mapping[UUID, Seen], visible: Mapping[UUID, UUID]
) -> Relative:
    mine = row.person_id == one.person_id
    other = row.other_id if mine else row.person_id
    name = seen[other].identity.name if other in seen else str(words.NOT_SHOWN)
    kind = words.RELATIONS[row.kind] if mine else words.inverse(row.kind)
    return Relative(row.id, name, visible.get(other), kind, row.custody and mine, row.no_contact)


def household(scope: Scope, one: Followup, now: datetime) -> list[tuple[UUID, str]]:
    """Return the other members of the household whom the asking person may open, by follow-up; nobody when it is closed."""
    if one.household is None or one.household.closed_view:
        return []
    rows = list(queries.followups(scope).filter(household=one.household_id, live=True).exclude(id=one.id))
    known = list(Person.objects.visible_to(scope).filter(id__in=[row.person_id for row in rows]))
    seen = queries.opened_people(scope, known, why="household", now=now)
    return [(row.id, seen[row.person_id].identity.name) for row in rows if row.person_id in seen]


def alike(scope: Scope, wanted: Identity, but: UUID, now: datetime) -> list[tuple[UUID, str]]:
    """Return who of those the asking person may see has this name, with the year of birth."""
    ids = [one.person for one in queries.candidates(scope, wanted, now) if one.person != but]
    visible = set(queries.followups(scope).filter(person__in=ids).values_list("person", flat=True))
    rows = Person.objects.visible_to(scope).filter(id__in=ids)
    may = [row for row in rows if row.id in visible or (row.reference and scope.may(Need.PERSON_READ_ALL))]
    seen = queries.opened_people(scope, may, why="relate", now=now)
    return [
        (id_, ", ".join(filter(None, (seen[id_].identity.name, seen[id_].identity.birth[:4]))))
        for id_ in ids
        if id_ in seen
    ]


def attempt_of(scope: Scope, followup_id: UUID, attempt: UUID) -> Attempt:
    """Return an attempt of a follow-up that the asking person may see. Raises NotYours."""
    queries.followup(scope, followup_id)
    row = Attempt.objects.visible_to(scope).filter(id=attempt, followup=followup_id).first()
    if row is None:
        raise NotYours(attempt)
    return row


def contact_name(scope: Scope, one: Followup) -> str:
    """Return the contact person's name, "" without one."""
    owners = owners_of(scope, [one.contact_id] if one.contact_id else [])
    return next((person.name for person in people(set(owners.values())).values()), "")


@dataclass(frozen=True)
class Lacking:
    """A conversation with health personnel that nobody has said is journalled. Nobody is opened."""

    attempt: UUID
    followup: UUID
    at: datetime
    channel: object
    who: str

    @property
    def reference(self) -> str:
        """Return what stands for the person without saying who it is."""
        return reference(self.followup)


def lacking(scope: Scope) -> list[Lacking]:
    """Return what lacks a journal note among those the asking person may see, the oldest first."""
    rows = queries.not_journalled(scope)
    visible = set(
        queries.followups(scope)
        .filter(id__in=[row.attempt.followup_id for row in rows])
        .values_list("id", flat=True)
    )
    mine = [row.attempt for row in rows if row.attempt.followup_id in visible]
    names = people({one.account for one in mine if one.account})
    return [
        Lacking(
            one.id,
            one.followup_id,
            one.at,
            words.CHANNELS[one.channel],
            names[one.account].name if one.account in names else "",
        )
        for one in mine
    ]
