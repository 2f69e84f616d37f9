"""Counts that may be shown: nobody can be picked out of a small number."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")
FEWEST = 5
"""A count below this is not told, and neither is what it could be reckoned from (PRODUCT.md § 4.6)."""


def hidden(sizes: Mapping[Key, int], fewest: int = FEWEST) -> frozenset[Key]:
    """Return the groups whose figures may not be told, when the sum of all is known.

    Those that are small; and when their sum is small itself, also the smallest of the others, so that taking the
    others from the sum does not tell it. Empty groups are told: there is nobody in them.
    """
    small = {key for key, size in sizes.items() if 0 < size < fewest}
    others = sorted((key for key, size in sizes.items() if size >= fewest), key=lambda key: sizes[key])
    if small and others and (len(small) == 1 or sum(sizes[key] for key in small) < fewest):
        small.add(others[0])
    return frozenset(small)


def part_may_be_told(part: int, whole: int, fewest: int = FEWEST) -> bool:
    """Say whether a part of a group may be told: neither the part nor the rest points at few people."""
    return whole >= fewest and (part == 0 or part >= fewest) and (whole - part == 0 or whole - part >= fewest)
