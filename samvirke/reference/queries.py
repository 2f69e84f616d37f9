"""What other rooms ask about Norway's public structure. Everything here is public and the same for everyone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from samvirke.reference.models import (
    Actor,
    District,
    Governor,
    HealthRegion,
    HealthTrust,
    Helpline,
    Municipality,
    PostalCode,
    Rvts,
)
from samvirke.reference.places import PlaceHit, PlaceIndex, PlaceMunicipality, find_place, sure_place

__all__ = [
    "Area",
    "PlaceHit",
    "PlaceIndex",
    "TrustCover",
    "actor_keys",
    "actors",
    "area_of",
    "areas",
    "find_place",
    "helplines",
    "municipalities",
    "municipality_by_code",
    "municipality_by_slug",
    "place_index",
    "places_index",
    "sure_place",
]

OSLO = "0301"
ALPHABET = {letter: place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå")}


@dataclass(frozen=True)
class TrustCover:
    """A health trust and the districts it covers there; no districts: the whole municipality."""

    trust: HealthTrust
    districts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """Who covers a municipality. `rvts_status`: confirmed, unconfirmed or disputed (see data/SOURCES.md).

    The trusts' areas are those of somatic care; duty in mental health care may differ in places.
    """

    governor: Governor
    region: HealthRegion
    rvts: Rvts
    rvts_status: str
    trusts: tuple[TrustCover, ...]


def municipalities(codes: Sequence[str] | None = None, *, invented: bool = True) -> QuerySet[Municipality]:
    """Return municipalities by code, with county, governor, region, RVTS and trust in the same query."""
    found = Municipality.objects.select_related(
        "county__governor", "county__health_region", "county__rvts", "trust"
    ).order_by("code")
    if codes is not None:
        found = found.filter(code__in=codes)
    return found if invented else found.filter(invented=False)


def municipality_by_code(code: str) -> Municipality | None:
    """Return the municipality with this four-digit code, or None."""
    return municipalities([code]).first()


def municipality_by_slug(slug: str) -> Municipality | None:
    """Return the municipality whose pages stand under /<slug>/, or None."""
    return municipalities().filter(slug=slug).first()


def areas(codes: Sequence[str] | None = None) -> dict[str, Area]:
    """Return who covers each municipality, by code; two queries. The invented one is covered by nobody."""
    by_trust: dict[str, TrustCover] = {}
    for district in District.objects.select_related("trust").order_by("code"):
        before = by_trust.get(district.trust_id)
        names = (*before.districts, district.name) if before else (district.name,)
        by_trust[district.trust_id] = TrustCover(district.trust, names)
    oslo = tuple(by_trust.values())
    found = {}
    for one in municipalities(codes, invented=False):
        county = one.county
        if county is None:
            continue
        trusts = oslo if one.code == OSLO else (TrustCover(one.trust),) if one.trust else ()
        found[one.code] = Area(county.governor, county.health_region, county.rvts, county.rvts_status, trusts)
    return found


def area_of(code: str) -> Area | None:
    """Return who covers one municipality, or None if there is no such (real) municipality."""
    return areas([code]).get(code)


def helplines() -> list[Helpline]:
    """Return the national helplines, those for people in crisis first."""
    return list(Helpline.objects.order_by("rank"))


def actors() -> list[Actor]:
    """Return the guideline's 48 actor kinds in the guideline's order."""
    return list(Actor.objects.order_by("rank"))


def actor_keys() -> set[str]:
    """Return the keys of all actor kinds."""
    return set(Actor.objects.values_list("key", flat=True))


def place_index() -> PlaceIndex:
    """Return the index that find_place searches: all municipalities, places, districts of Oslo; three queries."""
    found = sorted(municipalities(), key=lambda one: _norwegian(one.name_unique))
    position = {one.code: number for number, one in enumerate(found)}
    codes: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for postal in PostalCode.objects.order_by("code"):
        codes[postal.place, position.get(postal.municipality_id or "", -1)].append(postal.code)
    codes["Svalbard", -1] = []
    if OSLO in position:
        for district in District.objects.order_by("code"):
            codes.setdefault((district.name, position[OSLO]), [])
    places = sorted((name, place, tuple(numbers)) for (name, place), numbers in codes.items())
    return PlaceIndex(tuple(_in_index(one) for one in found), tuple(places))


def places_index() -> dict[str, Any]:
    """Return what steder.json holds: place_index() in its published form."""
    return place_index().published()


def _in_index(one: Municipality) -> PlaceMunicipality:
    more = [
        name for name in (one.name, *(name for _language, name in one.other_names)) if name != one.name_unique
    ]
    return PlaceMunicipality(
        one.code, one.slug, one.name_unique, one.county.name if one.county else "", tuple(more)
    )


def _norwegian(name: str) -> list[int]:
    """Return a sorting key with æ, ø, å last."""
    return [ALPHABET.get(letter, -1) for letter in name.lower()]
