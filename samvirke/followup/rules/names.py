"""How Norwegian names sound, so that the same person is found although somebody heard, or spelled, another way.

Pure. Used for blind tokens (never stored in clear) and for comparing candidates after unsealing.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz.distance import JaroWinkler

_SOUNDS = (
    (r"[àáâäãæ]", "a"), (r"[èéêë]", "e"), (r"[ìíîï]", "i"), (r"[òóôöõø]", "o"), (r"[ùúûü]", "u"), (r"å|aa", "o"),
    (r"ß", "s"), (r"ñ", "n"), (r"ç", "s"), (r"ph", "f"), (r"th", "t"), (r"tz|zz|z", "s"), (r"ck|q|kk|c(?![eiy])|ch", "k"),
    (r"c", "s"), (r"x", "ks"), (r"w", "v"), (r"hj|gj|dj|lj", "j"), (r"hv", "v"), (r"skj|sj|sch|sh|kj|tj", "s"),
    (r"gh", "g"), (r"dh", "d"), (r"bh", "b"), (r"kh", "k"), (r"rh", "r"), (r"y", "i"), (r"ei|ai|ey|ay", "e"),
    (r"nd\b", "n"), (r"ld\b", "l"), (r"dt\b", "t"), (r"d(?=s)", ""), (r"g\b", ""), (r"h(?![aeiou])", ""),
)  # fmt: skip
_SOUND = [(re.compile(pattern), sound) for pattern, sound in _SOUNDS]
_DOUBLED = re.compile(r"(.)\1+")
_SON = re.compile(r"(sen|son|sson|sønn|dotter|datter)$")
LONGEST = 6
SAME = 0.9
"""From this likeness on, a row of a list waits for somebody's answer. Measured on seeded doubles in the room's tests."""
NEAR = 0.82
"""From this likeness on, somebody is shown to who registers one person: looking once too often costs little."""
ANOTHER = 0.85
"""Below this likeness two words are rather two names than one that was spelled in two ways."""


@dataclass(frozen=True)
class Known:
    """What two registrations are compared by. `birth`: ISO date, or the year alone, or ""."""

    first: str
    last: str
    birth: str = ""
    phones: frozenset[str] = frozenset()
    nin: str = ""


@lru_cache(maxsize=50_000)
def parts(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters, without accents that do not matter."""
    plain = unicodedata.normalize("NFC", name).casefold()
    return tuple(word for word in re.split(r"[\s\-.']+", plain) if word)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Return how one word of a name sounds, short."""
    heard = word.casefold()
    for pattern, with_ in _SOUND:
        heard = pattern.sub(with_, heard)
    heard = unicodedata.normalize("NFKD", heard)
    heard = "".join(sign for sign in heard if sign.isalnum() and sign.isascii())
    heard = _DOUBLED.sub(r"\1", _SON.sub("s", heard))
    return (heard[:1] + re.sub(r"[aeiou]", "", heard[1:]))[:LONGEST]


def keys(first: str, last: str, birth: str) -> set[str]:
    """Return the keys that candidates are looked up by: two sounds of the name, in any order, with the birth year.

    Two words together, so that a slip in one of three still meets; the year beside them, so that a common name gives
    no long list. Also without the year: who gave none may be the same. And each sound with the whole birth date: one
    word of the name may be quite wrong.
    """
    sounds = {sound(word) for word in (*parts(first), *parts(last))}
    heard = sorted(sounds - {""})
    found = {f"{one} {other} " for one, other in combinations(heard, 2)} or {f"{one} " for one in heard}
    if birth:
        found |= {pair + birth[:4] for pair in found}
    if len(birth) == len("2001-12-24"):
        found |= {f"{one} {birth}" for one in sounds}
    return found


def likeness(one: Known, other: Known) -> float:
    """Return from 0 to 1 how likely it is that two registrations are one person."""
    return max(0.0, min(1.0, weight(one, other)))


def weight(one: Known, other: Known, at_least: float = 0.0) -> float:
    """Return what `likeness` is made of, which may lie above 1: it tells the likeliest of several.

    The same identity number: certain. Different ones: never. Names weigh most; a shared phone number speaks for,
    another birth date against, and so does it, less, when nothing but the name can be compared.

    `at_least`: of two who cannot weigh so much even by the same name, the names are not compared; they weigh 0.
    """
    if one.nin and other.nin:
        return 2.0 if one.nin == other.nin else 0.0
    beside = _beside(one, other)
    if 1.0 + beside < at_least:
        return 0.0
    return max(_names(one, other), _names(one, Known(other.last, other.first)) - 0.02) + beside


def _beside(one: Known, other: Known) -> float:
    """Return what speaks for and against two being one person, beside their names."""
    if not (one.birth or other.birth or one.phones or other.phones):
        return -0.05  # a name is all there is of either: nothing tells them apart
    shared = not one.phones.isdisjoint(other.phones)
    phones = 0.1 if shared else 0.0
    if not shared and one.phones and other.phones:
        born = len(one.birth) > len("2001") and one.birth == other.birth
        rare = min(_words(one), _words(other)) > 2  # many share a first and a last name, few three
        phones = -0.05 if born or rare else -0.13
    return phones + _births(one.birth, other.birth, shared=shared)


def _words(one: Known) -> int:
    return len(parts(one.first)) + len(parts(one.last))


def _births(one: str, other: str, *, shared: bool) -> float:
    """Return what two birth dates, or years, say. One slip of the pen is near; another day is another person."""
    if not one or not other:
        return 0.0 if shared else -0.12
    if one == other:
        return 0.06 if len(one) > 4 else 0.02
    if 4 in (len(one), len(other)):
        return 0.02 if one[:4] == other[:4] else -0.25
    if _is_slip(one, other):
        return -0.04
    if not shared:
        return -0.3
    return -0.12 if one[:4] == other[:4] else -0.22  # parent and child have one phone, and often alike names


def _is_slip(one: str, other: str) -> bool:
    """Say whether two dates differ by one slip: a digit is wrong, two are swapped, or day and month are."""
    if one[:4] != other[:4] and one[4:] != other[4:]:
        return False
    wrong = [place for place, digit in enumerate(one) if digit != other[place]]
    swapped = [other[place] for place in reversed(wrong)] == [one[place] for place in wrong]
    return (
        len(wrong) == 1
        or (swapped and len(wrong) == 2)
        or (one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7])
    )


def _names(one: Known, other: Known) -> float:
    """Compare first names with first names and last with last. One that is quite another weighs more than the mean."""
    first = _alike(parts(one.first), parts(other.first))
    last = _alike(parts(one.last), parts(other.last))
    return (first + last) / 2 - 1.5 * max(0.0, ANOTHER - min(first, last))


def _alike(some: Sequence[str], others: Sequence[str]) -> float:
    """Return how alike two lists of words are. A name more that only one has costs little, unless it comes first."""
    if not some or not others:
        return 0.6
    few, many = sorted((some, others), key=len)
    if len(few) == len(many):
        return min(_found(few, many), _found(many, few))
    other_begin = 0.08 if _alike_words(few[0], many[0]) < ANOTHER else 0.0
    return _found(few, many) - 0.02 * (len(many) - len(few)) - other_begin


def _found(some: Sequence[str], among: Sequence[str]) -> float:
    """Return how well some words are found among others, on the mean."""
    return sum(max(_alike_words(word, one) for one in among) for word in some) / len(some)


@lru_cache(maxsize=200_000)
def _alike_words(one: str, other: str) -> float:
    return max(JaroWinkler.similarity(one, other), 0.97 * (sound(one) == sound(other)))
