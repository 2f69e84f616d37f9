"""What can be asked about the affected. What opens a sealed field writes the access log in the same breath.

Who sees whom: with PERSON_READ_ALL everybody in the municipality; with PERSON_READ one's own and those one is deputy
for. Staff whom the person has barred, or who have declared inhabilitet, see nothing at all.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Count, Model, Q, QuerySet

from samvirke.access import keys, sealed
from samvirke.access.log import note_read
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.access.tenancy import seen_by
from samvirke.accounts.queries import memberships
from samvirke.followup import identity
from samvirke.followup.identity import Identity, Seen
from samvirke.followup.models import (
    Attempt,
    Barred,
    Closing,
    ContactChange,
    Followup,
    Journalled,
    Merge,
    Person,
    PersonKey,
    Step,
    Token,
)
from samvirke.followup.opening import openable
from samvirke.followup.rules import names
from samvirke.followup.rules.outcomes import REACHED, UNANSWERED, Before, Outcome
from samvirke.followup.rules.plan import Owner

Row = TypeVar("Row", bound=Model)
PAGE = 50
KIND = "followup.person"


def followups(scope: Scope, own: Sequence[UUID] | None = None) -> QuerySet[Followup, Followup]:
    """Return the follow-ups that the asking person may see, closed ones too. `own`: their memberships, if known."""
    found = Followup.objects.visible_to(scope)
    if scope.account is None:
        return found
    barred = (
        Barred.objects.visible_to(scope).filter(account=scope.account, ended_at__isnull=True).values("person")
    )
    found = found.exclude(person__in=barred)
    if scope.may(Need.PERSON_READ_ALL):
        return found
    if not scope.may(Need.PERSON_READ):
        return found.none()
    mine = memberships(scope, scope.account) if own is None else own
    return found.filter(Q(contact_id__in=mine) | Q(deputy_id__in=mine))


def followup(scope: Scope, followup_id: UUID, *, lock: bool = False) -> Followup:
    """Return one follow-up. Raises NotYours when it is not there, or not for the asking person.

    `followups` for a single row, said in SQL, because every act begins here: a test holds the two together.
    """
    here, values = seen_by(scope, "f.municipality_id")
    conditions = ["f.id = %s", here]
    values = [followup_id, *values]
    if scope.account is not None:
        there, its = seen_by(scope, "b.municipality_id")
        conditions.append(
            "NOT EXISTS (SELECT FROM followup_barred b WHERE b.person_id = f.person_id AND b.account = %s "
            f"AND b.ended_at IS NULL AND {there})"
        )
        values += [scope.account, *its]
        if not scope.may(Need.PERSON_READ_ALL):
            mine = memberships(scope, scope.account) if scope.may(Need.PERSON_READ) else []
            conditions.append("(f.contact_id = ANY(%s) OR f.deputy_id = ANY(%s))")
            values += [mine, mine]
    found = _rows(Followup, " AND ".join(conditions), values, lock=lock)
    if not found:
        raise NotYours(followup_id)
    return found[0]


def _rows(
    model: type[Row], conditions: str, values: list[Any], *, order: str = "", lock: bool = False
) -> list[Row]:
    """Return rows by a statement of our own, for what nearly every act asks: Django builds it five times as long."""
    fields = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
    columns = ", ".join(f"f.{field.column}" for field in model._meta.concrete_fields)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {model._meta.db_table} f WHERE {conditions} {order} "  # noqa: S608, SLF001
            f"{'FOR UPDATE' if lock else ''}",
            values,
        )
        return [model.from_db(connection.alias, fields, row) for row in cursor.fetchall()]


def person(scope: Scope, person_id: UUID) -> Person:
    """Return one person whom the asking person may see: somebody in a follow-up of theirs, or all for the leader."""
    allowed = followups(scope).filter(person=person_id).exists()
    row = Person.objects.visible_to(scope).filter(id=person_id).first()
    if row is None or not (allowed or (row.reference and scope.may(Need.PERSON_READ_ALL))):
        raise NotYours(person_id)
    return row


def kept_instead(scope: Scope, person_id: UUID) -> UUID | None:
    """Return who is kept instead of somebody who was merged, None for everybody else."""
    rows = Merge.objects.visible_to(scope).filter(gone=person_id, undone_at__isnull=True)
    return rows.values_list("kept", flat=True).first()


def opened_people(scope: Scope, people: Collection[Person], *, why: str, now: datetime) -> dict[UUID, Seen]:
    """Unseal several persons, and note in the access log who read them and for what; two queries and a log row.

    Whom the asking person may not open (opening.py) is left out.
    """
    mine = openable(scope, people)
    people = [one for one in people if one.id in mine]
    found = unsealed(scope, people, now)
    by_place: dict[str, list[UUID]] = {}
    for one in people:
        by_place.setdefault(one.municipality_id, []).append(one.id)
    for municipality, ids in by_place.items():
        note_read(scope, municipality, KIND, ids, why=why, now=now)
    return found


def unsealed(scope: Scope, people: Collection[Person], now: datetime) -> dict[UUID, Seen]:
    """Unseal several persons without a log row: for comparing with a new registration, where nothing is shown."""
    wrapped = {
        row.person_id: bytes(row.wrapped)
        for row in PersonKey.objects.visible_to(scope).filter(person__in=[one.id for one in people])
    }
    under = {
        code: keys.municipality_key(scope, code, now) for code in {one.municipality_id for one in people}
    }
    found = {}
    for one in people:
        key = sealed.unwrap(wrapped[one.id], under[one.municipality_id], str(one.id))
        found[one.id] = Seen(one.id, identity.open_identity(bytes(one.sealed), key, one.id), key)
    return found


def exact_tokens(scope: Scope, person_id: UUID) -> set[bytes]:
    """Return a person's tokens that point at them alone: phones and identity number."""
    rows = Token.objects.visible_to(scope).filter(person=person_id).exclude(kind=identity.NAME)
    return {bytes(token) for token in rows.values_list("token", flat=True)}


def key_of(scope: Scope, person_id: UUID, municipality: str, now: datetime) -> sealed.Key:
    """Return a person's key, for sealing a note about them."""
    mine, values = seen_by(scope, "municipality_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT wrapped FROM followup_personkey WHERE person_id = %s AND {mine}",  # noqa: S608
            [person_id, *values],
        )
        row = cursor.fetchone()
    if row is None:
        raise PersonKey.DoesNotExist(person_id)
    return sealed.unwrap(bytes(row[0]), keys.municipality_key(scope, municipality, now), str(person_id))


def seen(scope: Scope, person_id: UUID, *, why: str, now: datetime) -> Seen:
    """Unseal one person. Raises NotYours, also when they may not be opened (opening.py)."""
    found = opened_people(scope, [person(scope, person_id)], why=why, now=now)
    if person_id not in found:
        raise NotYours(person_id)
    return found[person_id]


@dataclass(frozen=True)
class Candidate:
    """Somebody who is registered already and may be the same."""

    person: UUID
    likeness: float
    identity: Identity


def candidates(scope: Scope, given: Identity, now: datetime, at_most: int = 200) -> list[Candidate]:
    """Return who in the scope's municipalities may be the same person, the likeliest first.

    Looked up by blind tokens, then compared in clear. Nothing is shown here: who shows it notes the reading.
    """
    tokens = given.tokens
    wanted = Q()
    for kind in {kind for kind, _ in tokens}:
        wanted |= Q(kind=kind, token__in=[token for its, token in tokens if its == kind])
    if not tokens:
        return []
    ids = (
        Token.objects.visible_to(scope)
        .filter(wanted)
        .values("person")
        .annotate(shared=Count("token"))
        .order_by("-shared", "person")
        .values_list("person", flat=True)[:at_most]
    )
    people = list(Person.objects.visible_to(scope).filter(id__in=list(ids)))
    found = [
        Candidate(one.id, names.likeness(given.known, one.identity.known), one.identity)
        for one in unsealed(scope, people, now).values()
    ]
    return sorted(
        (one for one in found if one.likeness >= names.NEAR), key=lambda one: (-one.likeness, str(one.person))
    )


def elsewhere(tokens: Iterable[tuple[str, bytes]], municipality: str, *, drill: bool = False) -> list[str]:
    """Return other municipalities that have somebody with the same phone or identity number: "possible match, ring X".

    Asked through a function of the database's owner that tells municipalities, never persons, and nothing of who has
    strengt fortrolig address. A `drill` hears of the invented people of drills alone.
    """
    exact = sorted(identity.exact(tokens))
    if not exact:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_known_elsewhere(%s, %s, %s)", [exact, municipality, drill])
        return [row[0] for row in cursor.fetchall()]


def is_blocked(tokens: Iterable[tuple[str, bytes]]) -> bool:
    """Say whether somebody with this phone or identity number never wants to be contacted, wherever they said so."""
    exact = sorted(identity.exact(tokens))
    if not exact:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_is_blocked(%s)", [exact])
        return bool(cursor.fetchone()[0])


def steps(scope: Scope, followup_id: UUID) -> list[Step]:
    """Return all steps of a follow-up in the order of their aims."""
    return list(Step.objects.visible_to(scope).filter(followup=followup_id).order_by("aim", "code", "number"))


def step_of(scope: Scope, followup_id: UUID, step_id: UUID) -> Step:
    """Return a step of a follow-up that the asking person may see. Raises NotYours."""
    row = Step.objects.visible_to(scope).filter(id=step_id, followup=followup(scope, followup_id)).first()
    if row is None:
        raise NotYours(step_id)
    return row


def attempts(scope: Scope, followup_id: UUID) -> list[Attempt]:
    """Return all attempts of a follow-up, the newest first."""
    return list(Attempt.objects.visible_to(scope).filter(followup=followup_id).order_by("-at", "-id"))


def before(scope: Scope, one: Followup, chosen: datetime | None, now: datetime) -> Before:
    """Return what the rules must know when an attempt is logged; one query."""
    mine, values = seen_by(scope, "municipality_id")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, at FROM followup_attempt "  # noqa: S608
            f"WHERE followup_id = %s AND at <= %s AND {mine} ORDER BY at DESC, id DESC",
            [one.id, now, *values],
        )
        said = cursor.fetchall()
    unanswered = 0
    for outcome, _ in said:
        if outcome in REACHED:
            break
        unanswered += outcome in UNANSWERED
    refusals: list[datetime] = []
    for outcome, at in said:
        if outcome in {Outcome.ACCEPTS, Outcome.ACUTE_DANGER}:
            break
        if outcome == Outcome.NO_THANKS:
            refusals.append(at)
    return Before(now, unanswered, tuple(reversed(refusals)), chosen, paused=bool(refusals))


def next_of(scope: Scope, one: Followup) -> Step | None:
    """Return the open step that is next: the contact person's first by deadline, else the leader's."""
    mine, values = seen_by(scope, "municipality_id")
    found = _rows(
        Step,
        f"followup_id = %s AND state = 'open' AND {mine}",
        [one.id, *values],
        order="ORDER BY owner <> 'contact-person', closes, aim, code COLLATE \"C\", number LIMIT 1",
    )
    return found[0] if found else None


def open_contacts(scope: Scope, one: Followup) -> list[Step]:
    """Return the contact person's open steps, by deadline; one query."""
    mine, values = seen_by(scope, "municipality_id")
    conditions = f"followup_id = %s AND state = 'open' AND owner = %s AND {mine}"
    return _rows(Step, conditions, [one.id, Owner.CONTACT.value, *values], order="ORDER BY closes, aim, id")


def ready(scope: Scope, now: datetime) -> list[Followup]:
    """Return everybody whose next contact may be made now and who has a contact person, by priority and deadline."""
    found = followups(scope).filter(
        live=True, contact_id__isnull=False, next_owner=Owner.CONTACT.value, next_opens__lte=now
    )
    return list(found.order_by("priority", "next_closes", "id"))


def unassigned(scope: Scope, *, size: int = PAGE) -> list[Followup]:
    """Return those who wait for a contact person, the most urgent and longest waiting first."""
    found = followups(scope).filter(live=True, queued_since__isnull=False)
    return list(found.order_by("priority", "queued_since", "id")[:size])


def leader_steps(scope: Scope, *, size: int = PAGE) -> list[Step]:
    """Return what the leader must decide, the first deadline first."""
    found = Step.objects.visible_to(scope).filter(state="open", owner=Owner.LEADER.value)
    return list(found.order_by("closes", "id")[:size])


def not_journalled(scope: Scope, *, size: int = PAGE) -> list[Journalled]:
    """Return health help that nobody has said is written in the journal system, the oldest first."""
    rows = Journalled.objects.visible_to(scope).filter(on__isnull=True)
    return list(rows.select_related("attempt").order_by("attempt__at")[:size])


@dataclass(frozen=True)
class Load:
    """How many people a contact person has, and how many of them are over their deadline."""

    membership: UUID
    people: int
    overdue: int


def load(scope: Scope, municipality: str, now: datetime) -> dict[UUID, Load]:
    """Return the load of each contact person of a municipality; one query."""
    rows = (
        Followup.objects.visible_to(scope)
        .filter(municipality=municipality, live=True, contact_id__isnull=False)
        .values("contact_id")
        .annotate(people=Count("id"), overdue=Count("id", filter=Q(next_closes__lt=now)))
    )
    found = (Load(row["contact_id"] or UUID(int=0), row["people"], row["overdue"]) for row in rows)
    return {one.membership: one for one in found}


@dataclass(frozen=True)
class History:
    """What the timeline is made of, the newest first."""

    attempts: Sequence[Attempt]
    changes: Sequence[ContactChange]
    closings: Sequence[Closing]


def history(scope: Scope, one: Followup) -> History:
    """Return what was done for somebody; three queries."""
    changes = ContactChange.objects.visible_to(scope).filter(followup=one.id).order_by("-at")
    closings = Closing.objects.visible_to(scope).filter(followup=one.id).order_by("-at")
    return History(attempts(scope, one.id), list(changes), list(closings))


def waiting(scope: Scope) -> int:
    """Return how many wait for a contact person."""
    return followups(scope).filter(live=True, queued_since__isnull=False).count()
