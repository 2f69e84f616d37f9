"""Who in a list may be somebody that is registered already, or that stands further up in the same list.

Looked up by blind tokens, all at once, then compared in clear. Nobody is merged here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvirke.access.scope import Scope
from samvirke.followup import queries
from samvirke.followup.identity import Identity
from samvirke.followup.importing import queries as asked
from samvirke.followup.importing.queries import MOST_SHARED
from samvirke.followup.models import Person
from samvirke.followup.rules import names
from samvirke.followup.rules.names import Known

Token = tuple[str, bytes]


@dataclass(frozen=True)
class Match:
    """The likeliest for one row: a registered person, or a row further up (`row`: its place in the sequence)."""

    likeness: float
    person: UUID | None = None
    row: int | None = None


def matches(scope: Scope, municipality: str, given: Sequence[Identity], now: datetime) -> list[Match | None]:
    """Return for each of many who they may be, or None. A few queries, however many they are.

    Of rows that are alike the first one stands; those after it point at it.
    """
    known = [one.known for one in given]
    people, by_token = _registered(scope, municipality, given, now)
    seen: dict[Token, list[int]] = defaultdict(list)
    found: list[Match | None] = []
    for place, one in enumerate(given):
        there = {person for token in one.tokens for person in by_token.get(token, ())}
        weighed: list[tuple[float, UUID | None, int | None]] = [
            *((names.weight(known[place], people[person], names.SAME), person, None) for person in there),
            *((names.weight(known[place], known[row], names.SAME), None, row) for row in _above(seen, one)),
        ]
        likeness, person, row = max(
            weighed, key=lambda of: (of[0], of[1] is not None, -(of[2] or 0)), default=(0.0, None, None)
        )
        found.append(Match(min(1.0, likeness), person, row) if likeness >= names.SAME else None)
        for token in one.tokens:
            seen[token].append(place)
    return found


def _above(seen: Mapping[Token, Sequence[int]], one: Identity) -> set[int]:
    """Return the places further up that share a token with somebody, of those that few share."""
    shared = (seen.get(token, ()) for token in one.tokens)
    return {place for places in shared if len(places) <= MOST_SHARED for place in places}


def among(given: Sequence[Identity]) -> dict[int, int]:
    """Return who of several may be the same as one before them: place → place."""
    seen: dict[Token, list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    known = [one.known for one in given]
    for place, one in enumerate(given):
        weighed = [(names.weight(known[place], known[row], names.SAME), -row) for row in _above(seen, one)]
        likeness, row = max(weighed, default=(0.0, 0))
        if likeness >= names.SAME:
            found[place] = -row
        for token in one.tokens:
            seen[token].append(place)
    return found


def _registered(
    scope: Scope, municipality: str, given: Iterable[Identity], now: datetime
) -> tuple[dict[UUID, Known], dict[Token, list[UUID]]]:
    """Return who is registered under a token of any, opened for comparing, and by token."""
    by_token = asked.people_by_token(scope, municipality, {token for one in given for token in one.tokens})
    ids = {person for people in by_token.values() for person in people}
    rows = list(Person.objects.visible_to(scope).filter(id__in=ids))
    opened = queries.unsealed(scope, rows, now)
    return {person: one.identity.known for person, one in opened.items()}, by_token
