"""Pure thinking about who may do what where, and how long a session lasts. No Django, no clock."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from samvirke.access.permissions import ROLES, Level, Need, Role

IDLE_WITH_PEOPLE = timedelta(minutes=30)
IDLE_WITHOUT = timedelta(minutes=60)
LONGEST_SESSION = timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)  # how often a session's row is written
INVITATION_LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Town:
    """As much of a municipality as decides who reaches it."""

    code: str
    county: str | None
    region: str | None
    invented: bool = False


@dataclass(frozen=True)
class Held:
    """A role somebody has now. At most one of the places is given; none: the nation."""

    role: Role
    municipality: str | None = None
    county: str | None = None
    region: str | None = None

    def covers(self, town: Town) -> bool:
        """Say whether the role counts in a municipality. Those above municipalities reach real ones only."""
        if self.role is Role.OPERATOR:
            return False
        if self.municipality:
            return self.municipality == town.code
        if town.invented:
            return False
        if self.county:
            return self.county == town.county
        return self.region == town.region if self.region else ROLES[self.role].level is Level.NATION

    @property
    def national(self) -> bool:
        """Say whether the role counts for what belongs to no municipality."""
        return (
            ROLES[self.role].level is Level.NATION
            and self.municipality is None
            and self.role is not Role.OPERATOR
        )


def needs_of(held: Iterable[Held]) -> frozenset[Need]:
    """Return all that these roles give together."""
    return frozenset[Need]().union(*(ROLES[one.role].needs for one in held))


def sees_people(held: Iterable[Held]) -> bool:
    """Say whether any of the roles may see affected persons."""
    return any(ROLES[one.role].sees_people for one in held)


def area(held: Iterable[Held], towns: Iterable[Town]) -> Mapping[str | None, frozenset[Need]]:
    """Return what the roles give in each municipality they reach; under None, in what belongs to none."""
    roles = list(held)
    reached: dict[str | None, frozenset[Need]] = {}
    for town in towns:
        here = [one for one in roles if one.covers(town)]
        if here:
            reached[town.code] = needs_of(here)
    nationwide = [one for one in roles if one.national]
    if nationwide:
        reached[None] = needs_of(nationwide)
    return reached


def everywhere_in(reached: Mapping[str | None, frozenset[Need]]) -> frozenset[Need]:
    """Return what somebody may do in every part of their area: a scope's needs count for all it holds."""
    parts = list(reached.values())
    return parts[0].intersection(*parts[1:]) if parts else frozenset()


def idle(*, people: bool) -> timedelta:
    """Return how long a session may rest: shorter for those who see people."""
    return IDLE_WITH_PEOPLE if people else IDLE_WITHOUT


def ends(started: datetime, seen: datetime, rest: timedelta) -> datetime:
    """Return when a session ends unless something is done: after its rest, and in any case after ten hours."""
    return min(seen + rest, started + LONGEST_SESSION)


def may_be_given(role: Role, giver: str, receiver: str) -> bool:
    """Say whether `giver` may give `receiver` a role: nobody gives themselves sight of people."""
    return giver != receiver or not ROLES[role].sees_people


def plain_name(text: str) -> str:
    """Return a name on one line, without the signs that nobody sees and that can turn or hide what is read."""
    seen = "".join(
        sign for sign in text if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return " ".join(seen.split())


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser(agent: str) -> tuple[str, str]:
    """Return the names of a browser and its system from what it calls itself; "" where it does not say."""
    name = next((name for sign, name in BROWSERS if sign in agent), "")
    return name, next((name for sign, name in SYSTEMS if sign in agent), "")


def by_name(name: str) -> str:
    """Return a sorting key with æ, ø, å last."""
    return name.casefold().translate(_LAST)


_LAST = str.maketrans("æøå", "{|}")
