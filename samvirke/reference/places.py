"""Finding a municipality from what people type: postal code, place or name. Pure; no database, no Django.

The same compact index serves the command line, the form without JavaScript and, published as `steder.json`,
the browser. tests/place_cases.json holds cases that every implementation must agree on.

The published form, kept small (about 20 KB on the wire):
    {"format": 1,
     "municipalities": [[code, slug, name, county, [more names]], …],
     "places": [[name, position in municipalities or -1, [postal codes as differences]], …]}
-1 is Svalbard and Jan Mayen, which belong to no municipality: the way leads to national help.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NATIONAL_SLUG = "_national"
EXACT, PREFIX, WORD, TYPO = range(4)
MAIN_NAME, OTHER_NAME, PLACE = range(3)
SMALL_WORDS = frozenset({"kommune", "kommunen", "herad", "bydel", "suohkan", "tjielte"})
LETTERS = str.maketrans("æøđŋŧð", "aodntd")
SHORTEST_TYPO = 4
MOST_HITS = 12


@dataclass(frozen=True)
class PlaceMunicipality:
    """A municipality in the index. `county` is "" for the invented one."""

    code: str
    slug: str
    name: str
    county: str
    more_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceHit:
    """What a text may mean. `code` is "" and `slug` "_national" where there is no municipality.

    `matched` is what was recognised ("9170 Longyearbyen", "Guovdageaidnu"); `exact` is False for beginnings
    and misspellings.
    """

    code: str
    slug: str
    name: str
    county: str
    matched: str
    exact: bool


@dataclass(frozen=True)
class _Entry:
    folded: str
    base: str
    words: tuple[str, ...]
    shown: str
    position: int
    kind: int


@dataclass(frozen=True)
class PlaceIndex:
    """Municipalities, and places with their postal codes: (name, position in municipalities or -1, codes)."""

    municipalities: tuple[PlaceMunicipality, ...]
    places: tuple[tuple[str, int, tuple[str, ...]], ...]
    entries: tuple[_Entry, ...] = field(init=False, repr=False)
    postal: Mapping[str, tuple[str, int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        entries = [
            _entry(name, position, OTHER_NAME if name in municipality.more_names else MAIN_NAME)
            for position, municipality in enumerate(self.municipalities)
            for name in (municipality.name, *municipality.more_names)
        ]
        entries += [_entry(name, position, PLACE) for name, position, _codes in self.places]
        postal = {code: (name, position) for name, position, codes in self.places for code in codes}
        object.__setattr__(self, "entries", tuple(entries))
        object.__setattr__(self, "postal", postal)

    def published(self) -> dict[str, Any]:
        """Return the index as steder.json holds it."""
        return {
            "format": 1,
            "municipalities": [
                [m.code, m.slug, m.name, m.county, list(m.more_names)] for m in self.municipalities
            ],
            "places": [[name, position, _differences(codes)] for name, position, codes in self.places],
        }

    @classmethod
    def from_published(cls, data: Mapping[str, Any]) -> "PlaceIndex":
        """Return the index of a steder.json. Raises ValueError for a format it does not know."""
        if data.get("format") != 1:
            raise ValueError("steder.json has an unknown format")
        return cls(
            tuple(
                PlaceMunicipality(code, slug, name, county, tuple(more))
                for code, slug, name, county, more in data["municipalities"]
            ),
            tuple((name, position, _sums(steps)) for name, position, steps in data["places"]),
        )


def fold(text: str) -> str:
    """Return `text` so that different ways of writing a name meet: "Ålesund", "aalesund" and "ALESUND".

    Lower-case, accents off, æ/ae, ø/oe and å/aa as one letter, everything else than letters and digits as
    one space.
    """
    text = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    text = text.translate(LETTERS)
    text = text.replace("aa", "a").replace("ae", "a").replace("oe", "o")
    return " ".join(re.findall(r"[a-z0-9]+", text))


def find_place(index: PlaceIndex, text: str) -> list[PlaceHit]:
    """Return what `text` may mean, best first, one hit per municipality, at most 12.

    A postal code wins over everything else in the text ("9520 Kautokeino"). Names come as exact, beginning,
    beginning of a later word, and one letter wrong; misspellings only when nothing better is found.
    """
    code = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    if code and code[0] in index.postal:
        place, position = index.postal[code[0]]
        return [_hit(index, position, f"{code[0]} {place}", exact=True)]
    asked = " ".join(_without_small_words(re.sub(r"\d", " ", text)))
    if not asked:
        return []
    found = [(rank, entry) for entry in index.entries if (rank := _rank(entry, asked)) is not None]
    best = min((rank for rank, _entry in found), default=EXACT)
    kept = [(rank, entry) for rank, entry in found if rank < TYPO or best == TYPO]
    kept.sort(key=lambda pair: (pair[0], pair[1].kind, pair[1].folded, pair[1].position))
    hits: dict[int, PlaceHit] = {}
    for rank, entry in kept:
        hits.setdefault(entry.position, _hit(index, entry.position, entry.shown, exact=rank == EXACT))
    return list(hits.values())[:MOST_HITS]


def sure_place(hits: Sequence[PlaceHit]) -> PlaceHit | None:
    """Return the one place a text means, so that the visitor may be sent there; None if they must choose."""
    exact = [hit for hit in hits if hit.exact]
    return exact[0] if len(exact) == 1 else None


def _without_small_words(text: str) -> list[str]:
    words = fold(text).split()
    return [word for word in words if word not in SMALL_WORDS] or words


def _entry(name: str, position: int, kind: int) -> _Entry:
    # "Bø i Telemark" and "Kristiansand S" are also meant by "Bø" and "Kristiansand".
    base = re.sub(r"( i | på | \(| [A-ZÆØÅ]$).*", "", name)
    folded = fold(name)
    return _Entry(folded, fold(base), tuple(folded.split()), name, position, kind)


def _rank(entry: _Entry, asked: str) -> int | None:
    if asked in (entry.folded, entry.base):
        return EXACT
    if len(asked) > 1:
        if entry.folded.startswith(asked):
            return PREFIX
        if any(word.startswith(asked) for word in entry.words) or asked.startswith(f"{entry.folded} "):
            return WORD
    if len(asked) >= SHORTEST_TYPO and (_one_slip(asked, entry.folded) or _one_slip(asked, entry.base)):
        return TYPO
    return None


def _one_slip(a: str, b: str) -> bool:
    """Say whether one letter is missing, added, wrong or has changed places with its neighbour."""
    if abs(len(a) - len(b)) > 1 or len(b) < SHORTEST_TYPO:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest, other = a[start:], b[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped == other


def _hit(index: PlaceIndex, position: int, matched: str, *, exact: bool) -> PlaceHit:
    if position < 0:
        return PlaceHit("", NATIONAL_SLUG, "", "", matched, exact)
    municipality = index.municipalities[position]
    return PlaceHit(
        municipality.code, municipality.slug, municipality.name, municipality.county, matched, exact
    )


def _differences(codes: Iterable[str]) -> list[int]:
    numbers = [int(code) for code in codes]
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]


def _sums(steps: Iterable[int]) -> tuple[str, ...]:
    found, total = [], 0
    for step in steps:
        total += step
        found.append(f"{total:04}")
    return tuple(found)
