"""What the desk that registers people is shown: who may be the same, the family that was begun, the dead and missing.

Whatever is opened here is noted in the access log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from samvirke.access.scope import NotYours, Scope
from samvirke.followup import opening, queries, words
from samvirke.followup.cleaning import clean
from samvirke.followup.identity import Identity
from samvirke.followup.models import Followup, Merge, Person, Reference, Relation
from samvirke.followup.rules.people import Part, Protection
from samvirke.incidents.models import Incident
from samvirke.kit.errors import BadInput

A_SHIFT = timedelta(hours=12)
MOST_SHOWN = 5
KEPT = ("last", "street", "postal_code", "home")
"""What the next one in the family starts with."""


@dataclass(frozen=True)
class Alike:
    """Somebody on the list who may be the same: as much as is needed to tell. `shielded`: only that there is one."""

    person: UUID
    name: str = ""
    birth: str = ""
    last_digits: str = ""
    part: object = ""
    percent: int = 0
    shielded: bool = False


def candidates(scope: Scope, given: Identity, now: datetime) -> list[Alike]:
    """Return who may be the same, the likeliest first, and note that they were shown.

    `given` is as typed: numbers and dates are read as they will be kept, else nothing would meet. What cannot be read is
    like nobody; the act says what is wrong with it. Of somebody whom the asking person may not open (opening.py) nothing
    is shown, and not why.
    """
    try:
        wanted = clean(given, Protection.NONE, now)
    except BadInput:
        return []
    found = queries.candidates(scope, wanted, now)[:MOST_SHOWN]
    rows = list(Person.objects.visible_to(scope).filter(id__in=[one.person for one in found]))
    open_ones = opening.openable(scope, rows)
    queries.opened_people(scope, [row for row in rows if row.id in open_ones], why="same?", now=now)
    parts = parts_of(scope, [row.id for row in rows])
    return [
        Alike(
            one.person,
            one.identity.name,
            birth_shown(one.identity.birth),
            one.identity.phones[0][-2:] if one.identity.phones else "",
            parts.get(one.person, ""),
            round(100 * one.likeness),
        )
        if one.person in open_ones
        else Alike(one.person, percent=round(100 * one.likeness), shielded=True)
        for one in found
    ]


def parts_of(scope: Scope, people: Sequence[UUID]) -> dict[UUID, object]:
    """Return the part of each of these persons, as a word; the newest incident's."""
    parts: dict[UUID, object] = {}
    for model in (Reference, Followup):
        rows = model.objects.visible_to(scope).filter(person__in=people)
        for person, part in rows.values_list("person_id", "part"):
            parts[person] = words.PARTS[Part(part)]
    return parts


def birth_shown(birth: str) -> str:
    """Return a birth as it is written in Norway: 24.12.2001, or the year."""
    return ".".join(reversed(birth.split("-")))


def references(scope: Scope, event: Incident, now: datetime) -> list[tuple[str, str]]:
    """Return the dead and missing of an incident, id and name, and note that they were shown."""
    rows = Reference.objects.visible_to(scope).filter(incident=event.id)
    known = dict(rows.values_list("person_id", "part"))
    if not known:
        return []
    people = list(Person.objects.visible_to(scope).filter(id__in=list(known)))
    seen = queries.opened_people(scope, people, why="relate", now=now)
    return sorted(
        ((str(id_), f"{one.identity.name} ({words.PARTS[Part(known[id_])]})") for id_, one in seen.items()),
        key=lambda one: one[1],
    )


def family(scope: Scope, event: Incident, followup_id: UUID, now: datetime) -> dict[str, Any]:
    """Return what the next one in a family starts with: name, address, language and whom they relate to.

    Only for who registered the first one in this shift, and for who may open them anyway. Raises NotYours.
    """
    one = Followup.objects.visible_to(scope).filter(id=followup_id, incident=event.id).first()
    if one is None:
        raise NotYours(followup_id)
    person = Person.objects.visible_to(scope).get(id=one.person_id)
    own = person.registered_by == scope.account and person.registered_at > now - A_SHIFT
    if not own and not queries.followups(scope).filter(id=followup_id).exists():
        raise NotYours(followup_id)
    opened = queries.opened_people(scope, [person], why="family", now=now)
    if person.id not in opened:
        raise NotYours(followup_id)
    seen = opened[person.id].identity
    tied = Relation.objects.visible_to(scope).filter(person=person.id).order_by("added_at").first()
    return {
        **{name: getattr(seen, name) for name in KEPT},
        "protection": person.protection,
        "part": one.part,
        "source": one.source,
        "language": person.language,
        "interpreter": person.interpreter,
        "relates_to": str(tied.other_id) if tied else "",
        "family": str(followup_id),
    }


def counted(scope: Scope, event: Incident, now: datetime) -> tuple[int, int]:
    """Return how many of an incident are registered here, and how many of them by this person in this shift."""
    here = Followup.objects.visible_to(scope).filter(incident=event.id, municipality=scope.municipality)
    there = Reference.objects.visible_to(scope).filter(incident=event.id, municipality=scope.municipality)
    people = Person.objects.visible_to(scope).filter(
        municipality=scope.municipality, registered_by=scope.account, registered_at__gt=now - A_SHIFT
    )
    gone = (
        Merge.objects.visible_to(scope)
        .filter(undone_at__isnull=True, municipality=scope.municipality)
        .count()
    )
    return here.count() + there.count() - gone, people.count()
