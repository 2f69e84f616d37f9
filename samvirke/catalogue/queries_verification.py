"""What can be asked about verification: what is due, who answers for it, who is to be reminded, what was sent.

For the desk: `due_items`, `due_counts`, `responsible_for`, `without_responsible`, `may_be_responsible`,
`shortenings`. A service's verifier answers for it; else the municipality's own does; else nobody in particular, and
the desk says "uten ansvarlig" (then all editors are reminded).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q

from samvirke.access.permissions import ROLES, Level, Need, Role
from samvirke.access.scope import Scope
from samvirke.access.tenancy import TenantQuerySet
from samvirke.accounts import queries as accounts
from samvirke.accounts.queries import Person
from samvirke.catalogue import rules, verifying
from samvirke.catalogue.models import Joined, Reminder, Service, ServiceText, Shortening, Verification
from samvirke.catalogue.queries import pace, whole
from samvirke.catalogue.rules import Answer, Pace
from samvirke.catalogue.verifying import People, Piece, Round, Sent
from samvirke.reference.queries import actors

CONFIRMERS = frozenset(
    role
    for role, facts in ROLES.items()
    if Need.SERVICE_CONFIRM in facts.needs and facts.level is Level.MUNICIPALITY
)
SHARERS = frozenset(role for role, facts in ROLES.items() if Need.SHARED_EDIT in facts.needs)
"""Those who answer for the services that belong to no municipality."""
APPROVERS = frozenset(role for role in CONFIRMERS if Need.SERVICE_APPROVE in ROLES[role].needs)
OF_A_KIND = rules.of_kind("")


@dataclass(frozen=True)
class DueItem:
    """A confirmed piece that has run out ("overdue") or does so soon ("soon").

    `service` None: the municipality's own answer. `responsible` None: nobody in particular.
    """

    service: UUID | None
    name: str
    piece: str
    state: str
    due: datetime
    confirmed_at: datetime
    responsible: Person | None


@dataclass(frozen=True)
class DueCounts:
    """How many pieces have run out or do so soon, and how many published services nobody in particular answers for."""

    overdue: int
    soon: int
    without_responsible: int


@dataclass(frozen=True)
class Confirmed:
    """A confirmed piece as it is stored, before it is known who owns it. `verifier`: the service's own."""

    municipality: str | None
    service: UUID | None
    verifier: UUID | None
    code: str
    answer: Answer

    def piece(self, people: People) -> Piece:
        return Piece(self.service, self.code, self.answer, people.owners(self.verifier))


def people(scope: Scope, municipality: str | None) -> tuple[People, dict[UUID, Person]]:
    """Return whom a municipality's reminders may go to, and their names by account. None: those of shared services."""
    default = (
        Joined.objects.visible_to(scope)
        .filter(municipality=municipality)
        .values_list("verifier_id", flat=True)
        .first()
    )
    members = [one for one in accounts.members(scope, municipality) if one.person.active]

    def having(roles: Collection[Role]) -> frozenset[UUID]:
        return frozenset(one.person.id for one in members if set(one.roles) & set(roles))

    if municipality is None:
        sharers = having(SHARERS)
        return People(editors=sharers, approvers=sharers), {one.person.id: one.person for one in members}
    found = People(
        editors=having(CONFIRMERS - APPROVERS),
        approvers=having(APPROVERS),
        administrators=having({Role.ADMINISTRATOR}),
        default=default,
    )
    return found, {one.person.id: one.person for one in members}


def may_be_responsible(scope: Scope, municipality: str) -> list[Person]:
    """Return those who may answer for services here, by name: they can confirm."""
    return [one for one in accounts.members_with(scope, municipality, CONFIRMERS) if one.active]


def responsible_for(scope: Scope, municipality: str) -> dict[UUID, Person | None]:
    """Return who answers for each of a municipality's own services, drafts too. None: "uten ansvarlig"."""
    known, names = people(scope, municipality)
    rows = (
        Service.objects.visible_to(scope)
        .filter(municipality=municipality)
        .exclude(state="withdrawn")
        .values_list("id", "verifier_id")
    )
    return {id_: _named(names, known.responsible(verifier)) for id_, verifier in rows}


def without_responsible(scope: Scope, municipality: str) -> list[UUID]:
    """Return the services that nobody in particular answers for."""
    return [id_ for id_, person in responsible_for(scope, municipality).items() if person is None]


def shortenings(scope: Scope, municipality: str, now: datetime) -> list[Shortening]:
    """Return the shorter time limits that count now, the latest to end first."""
    return list(
        Shortening.objects.visible_to(scope)
        .filter(municipality=municipality, ended_at__isnull=True, since__lte=now, until__gt=now)
        .order_by("-until", "id")
    )


def due_items(scope: Scope, municipality: str | None, now: datetime) -> list[DueItem]:
    """Return what has run out and what does so soon, the oldest first; about ten queries. None: of shared services."""
    limits = paces(scope, [municipality])
    if municipality not in limits:
        return []
    known, names = people(scope, municipality)
    found, limit = [], limits[municipality]
    for one in confirmed_pieces(scope, limits, now):
        stands = verifying.state(one.answer, limit, now)
        if stands in (rules.OVERDUE, verifying.SOON):
            person = _named(names, known.responsible(one.verifier))
            found.append((one, stands, verifying.due(one.answer, limit, now), person))
    called = service_names(scope, {one.service for one, *_ in found if one.service})
    return sorted(
        (
            DueItem(
                one.service,
                called.get(one.service, "") if one.service else "",
                one.code,
                stands,
                due,
                one.answer.at,
                person,
            )
            for one, stands, due, person in found
        ),
        key=lambda item: (item.due, item.name, item.piece),
    )


def due_counts(scope: Scope, municipality: str, now: datetime) -> DueCounts:
    """Count what `due_items` lists, and published services without anybody responsible."""
    states = [item.state for item in due_items(scope, municipality, now)]
    return DueCounts(
        states.count(rules.OVERDUE),
        states.count(verifying.SOON),
        len(without_responsible(scope, municipality)),
    )


def paces(scope: Scope, codes: Collection[str | None] | None = None) -> dict[str | None, Pace]:
    """Return the pace of each municipality that has joined; under None that of shared services."""
    rows = Joined.objects.visible_to(scope)
    found: dict[str | None, Pace] = {
        str(row.municipality_id): pace(row)
        for row in (rows if codes is None else rows.filter(municipality__in=[*filter(None, codes)]))
    }
    if scope.sees(None) and (codes is None or None in codes):
        found[None] = rules.USUAL
    return found


def confirmed_pieces(scope: Scope, limits: Mapping[str | None, Pace], now: datetime) -> list[Confirmed]:
    """Return confirmed pieces of these municipalities' published services, and their own answers; two queries.

    What certainly runs out later than any reminder looks is left out already in the database.
    """
    ahead = now + timedelta(days=verifying.LEAD + 1)
    shortest = min((one.max_age(now) for one in limits.values()), default=rules.MAX_AGE)
    near = Verification.objects.visible_to(scope).filter(
        Q(due_at__lte=ahead) | Q(verified_at__lte=ahead - shortest)
    )
    mine = _places("service__municipality", limits)
    of_services = near.filter(mine, service__isnull=False, service__state="confirmed").values_list(
        "service__municipality_id",
        "service_id",
        "service__verifier_id",
        "piece",
        "state",
        "verified_at",
        "due_at",
    )
    found = [Confirmed(*row[:4], Answer(*row[4:])) for row in of_services]
    of_place = near.filter(municipality__in=[*filter(None, limits)]).values_list(
        "municipality_id", "piece", "state", "verified_at", "due_at"
    )
    own = [Confirmed(row[0], None, None, row[1], Answer(*row[2:])) for row in of_place]
    return found + _without_kinds_that_exist(scope, own)


def _places(field: str, codes: Collection[str | None]) -> Q:
    """Rows of these municipalities; with None also those of no municipality."""
    found = Q(**{f"{field}__in": [*filter(None, codes)]})
    return found | Q(**{f"{field}__isnull": True}) if None in codes else found


def reminders_sent(scope: Scope, codes: Collection[str | None]) -> dict[str | None, list[Sent]]:
    """Return what was sent about the confirmations that still stand, per municipality; two queries."""
    found: dict[str | None, list[Sent]] = defaultdict(list)
    for rows in _standing(scope):
        columns = rows.filter(_places("municipality", codes)).values_list(
            "municipality_id", "service_id", "piece", "confirmed_at", "round", "day"
        )
        for code, service, piece, at, round_, day in columns.distinct():
            found[code].append(Sent(service, piece, at, Round(round_), day))
    return found


def waiting(scope: Scope, now: datetime, codes: Collection[str | None] | None = None) -> list[str | None]:
    """Return the municipalities where a reminder has not been sent yet; five queries, however many they are.

    None among them: of services that belong to no municipality.
    """
    limits = paces(scope, codes)
    by_place: dict[str | None, list[Piece]] = defaultdict(list)
    for one in confirmed_pieces(scope, limits, now):
        by_place[one.municipality].append(one.piece(People()))
    sent = reminders_sent(scope, by_place) if by_place else {}
    found = (
        code
        for code, mine in by_place.items()
        if any(verifying.unsent(mine, limits[code], sent.get(code, []), now))
    )
    return sorted(found, key=lambda code: code or "")


def letters_due(
    scope: Scope, municipality: str | None, now: datetime
) -> Mapping[tuple[UUID, Round], list[Piece]]:
    """Return who is to be reminded of what in a municipality: one letter for each person and round. None: see waiting."""
    limits = paces(scope, [municipality])
    if not limits:
        return {}
    known, _ = people(scope, municipality)
    pieces = [one.piece(known) for one in confirmed_pieces(scope, limits, now)]
    sent = reminders_sent(scope, [municipality]).get(municipality, [])
    return verifying.plan(pieces, limits[municipality], known, sent, now)


def letter(scope: Scope, id_: UUID) -> list[Reminder]:
    """Return what a letter reminds of and that still stands: not confirmed, changed or withdrawn since."""
    of_services, of_place = (
        rows.filter(letter=id_).select_related("municipality") for rows in _standing(scope)
    )
    return sorted(
        (*of_services.filter(service__state="confirmed"), *of_place),
        key=lambda row: (row.due_at, str(row.service_id), row.piece),
    )


def service_names(scope: Scope, ids: Iterable[UUID], language: str = "") -> dict[UUID, str]:
    """Return services' names in a language, else in the one each is written in."""
    rows = (
        ServiceText.objects.visible_to(scope)
        .filter(Q(language=F("service__language")) | Q(language=language), service__in=set(ids))
        .values_list("service_id", "language", "name")
    )
    found: dict[UUID, str] = {}
    for service, written, name in rows:
        if written == language or service not in found:
            found[service] = name
    return found


def answered(scope: Scope, ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many pieces of each service are confirmed or answered."""
    rows = Verification.objects.visible_to(scope).filter(service__in=set(ids)).order_by()
    return dict(rows.values_list("service").annotate(Count("id")))


def shared_with_neighbours(scope: Scope, municipality: str) -> list[Service]:
    """Return a municipality's own published services that also stand on other municipalities' pages."""
    found = Service.objects.visible_to(scope).filter(
        municipality=municipality, state="confirmed", areas__isnull=False
    )
    return list(whole(found.distinct()))


def kind_name(key: str, language: str) -> str:
    """Return what a kind of service is called in a language."""
    return next((one.name.get(language, one.name["nb"]) for one in actors() if one.key == key), key)


def _standing(scope: Scope) -> Iterator[TenantQuerySet[Reminder]]:
    """Yield the reminders whose confirmation is the one in force: those of services, then the municipality's own.

    Apart, so that PostgreSQL can hash each: together they took minutes for the whole country.
    """
    for of_service, same in ((True, "service"), (False, "municipality")):
        in_force = Verification.objects.across_tenants(why="a condition on rows that are the scope's").filter(
            **{same: OuterRef(same)},
            service__isnull=not of_service,
            piece=OuterRef("piece"),
            verified_at=OuterRef("confirmed_at"),
        )
        rows = Reminder.objects.visible_to(scope).filter(service__isnull=not of_service)
        yield rows.filter(Exists(in_force))


def _without_kinds_that_exist(scope: Scope, found: list[Confirmed]) -> list[Confirmed]:
    """Leave out the answer "we have no service of this kind" where there is one by now."""
    places = {one.municipality for one in found if one.code.startswith(OF_A_KIND)}
    if not places:
        return found
    there = {
        (code, rules.of_kind(actor or own))
        for code, actor, own in Service.objects.visible_to(scope)
        .filter(municipality__in=places, state="confirmed")
        .values_list("municipality_id", "actor_id", "own_kind")
    }
    return [one for one in found if (one.municipality, one.code) not in there]


def _named(names: Mapping[UUID, Person], account: UUID | None) -> Person | None:
    return names.get(account) if account else None
