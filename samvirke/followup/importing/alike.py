"""Who in a list may be somebody that is registered already, or that stands further up in the same list.

Looked up by blind tokens, all at once, then compared in clear. Nobody is merged here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from samvirke.access.scope import Scope
from samvirke.followup import identity, queries
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
    tokens = [identity.tokens(one) for one in given]
    known = [one.known for one in given]
    people, by_token = _registered(scope, municipality, tokens, now)
    seen: dict[Token, list[int]] = defaultdict(list)
    found: list[Match | None] = []
    for place, some in enumerate(tokens):
        there = {person for token in some for person in by_token.get(token, ())}
        rows = {row for token in some if len(seen[token]) <= MOST_SHARED for row in seen[token]}
        best = max(
            [
                *(Match(names.weight(known[place], people[person]), person=person) for person in there),
                *(Match(names.weight(known[place], known[row]), row=row) for row in rows),
            ],
            key=lambda one: (one.likeness, one.person is not None, -(one.row or 0)),
            default=None,
        )
        found.append(_capped(best) if best and best.likeness >= names.SAME else None)
        for token in some:
            seen[token].append(place)
    return found


def _capped(one: Match) -> Match:
    return replace(one, likeness=min(1.0, one.likeness))


def among(given: Sequence[Identity]) -> dict[int, int]:
    """Return who of several may be the same as one before them: place → place."""
    seen: dict[Token, list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    known = [one.known for one in given]
    for place, one in enumerate(given):
        some = identity.tokens(one)
        rows = sorted({row for token in some if len(seen[token]) <= MOST_SHARED for row in seen[token]})
        best = max(rows, key=lambda row: names.weight(known[place], known[row]), default=None)
        if best is not None and names.likeness(known[place], known[best]) >= names.SAME:
            found[place] = best
        for token in some:
            seen[token].append(place)
    return found


def _registered(
    scope: Scope, municipality: str, tokens: Iterable[set[Token]], now: datetime
) -> tuple[dict[UUID, Known], dict[Token, list[UUID]]]:
    """Return who is registered under any of the tokens, opened for comparing, and by token."""
    by_token = asked.people_by_token(scope, municipality, {token for some in tokens for token in some})
    ids = {person for people in by_token.values() for person in people}
    rows = list(Person.objects.visible_to(scope).filter(id__in=ids))
    opened = queries.unsealed(scope, rows, now)
    return {person: one.identity.known for person, one in opened.items()}, by_token
