"""How Norwegian names sound, so that the same person is found although somebody heard, or spelled, another way.

Pure. Used for blind tokens (never stored in clear) and for comparing candidates after unsealing.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
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
SAME = 0.88
"""From this likeness of two names on, they may be the same. Measured on seeded misspellings in the room's tests."""


@dataclass(frozen=True)
class Known:
    """What two registrations are compared by. `birth`: ISO date, or the year alone, or ""."""

    first: str
    last: str
    birth: str = ""
    phones: frozenset[str] = frozenset()
    nin: str = ""


def parts(name: str) -> list[str]:
    """Return the words of a name in small letters, without accents that do not matter."""
    plain = unicodedata.normalize("NFC", name).casefold()
    return [word for word in re.split(r"[\s\-.']+", plain) if word]


def sound(word: str) -> str:
    """Return how one word of a name sounds, short."""
    heard = word.casefold()
    for pattern, with_ in _SOUND:
        heard = pattern.sub(with_, heard)
    heard = unicodedata.normalize("NFKD", heard)
    heard = "".join(sign for sign in heard if sign.isalnum() and sign.isascii())
    heard = _DOUBLED.sub(r"\1", _SON.sub("s", heard))
    return (heard[:1] + re.sub(r"[aeiou]", "", heard[1:]))[:LONGEST]


def keys(first: str, last: str, year: str) -> set[str]:
    """Return the keys that candidates are looked up by: two sounds of the name, in any order, with the birth year.

    Two words together, so that a slip in one of three still meets; the year beside them, so that a common name
    gives no long list. Without a year: the whole name's sound and no year.
    """
    heard = sorted({sound(word) for word in [*parts(first), *parts(last)]} - {""})
    if not heard:
        return set()
    pairs = [" ".join(pair) for pair in combinations(heard, 2)] or heard
    return {f"{pair} {year}" for pair in pairs}


def likeness(one: Known, other: Known) -> float:
    """Return from 0 to 1 how likely it is that two registrations are one person.

    The same identity number: 1. Different ones: 0. Names weigh most; a different birth date speaks against,
    a shared phone number for.
    """
    if one.nin and other.nin:
        return 1.0 if one.nin == other.nin else 0.0
    names = max(_names(one, other), _names(one, Known(other.last, other.first)) - 0.02)
    if one.birth and other.birth:
        names += _births(one.birth, other.birth)
    if one.phones & other.phones:
        names += 0.08
    return max(0.0, min(1.0, names))


def _births(one: str, other: str) -> float:
    if one == other:
        return 0.06
    if one[:4] == other[:4] and 4 in (len(one), len(other)):
        return 0.02
    differing = sum(a != b for a, b in zip(one, other, strict=False))
    return -0.04 if differing <= 1 or sorted(one) == sorted(other) else -0.3


def _names(one: Known, other: Known) -> float:
    return 0.5 * _alike(parts(one.first), parts(other.first)) + 0.5 * _alike(
        parts(one.last), parts(other.last)
    )


def _alike(some: Iterable[str], others: Iterable[str]) -> float:
    """Return how alike two lists of words are; a middle name that only one of them has costs little."""
    some, others = list(some), list(others)
    if not some or not others:
        return 0.6
    few, many = sorted((some, others), key=len)
    best = [
        max(max(JaroWinkler.similarity(word, one), 0.97 * (sound(word) == sound(one))) for one in many)
        for word in few
    ]
    return sum(best) / len(best) - 0.02 * (len(many) - len(few))
