"""Ask an index. The same algorithm, step by step, stands in ui/static/ui/search.js: change both."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

LONGEST = 200  # characters of a question that are read
ENDINGS = ("ende", "ande", "ane", "ert", "ing", "en", "et", "er", "ar", "ed", "a", "e", "s")
FOLDS = (("ø", "o"), ("æ", "a"), ("đ", "d"), ("ł", "l"), ("aa", "a"), ("oe", "o"), ("ae", "a"))
SURE = 50  # per cent: how well a word of a crisis rule must be met
FAINT = 900  # points below which an entry was met only by chance
HALF = 12000  # points that give the score one half

Index = Mapping[str, Any]
Found = dict[int, tuple[int, set[int]]]  # word number: how well it was met (100 is exactly), and where


@dataclass(frozen=True)
class Hit:
    """One answer. `score` is 0 to 1; `crisis` lines come first and have 1, `fallback` lines have 0."""

    id: str
    title: str
    url: str
    kind: str
    actor: str
    score: float
    phone: str = ""
    note: str = ""
    crisis: bool = False
    fallback: bool = False


def fold(word: str) -> str:
    """A word without æøå and accents. Words of three letters are left alone (dø is not do)."""
    if len(word) <= 3:
        return word
    word = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", word))
    for old, new in FOLDS:
        word = word.replace(old, new)
    return word


@lru_cache(maxsize=16384)
def roots(word: str) -> tuple[str, ...]:
    """A folded word and what is left as its endings go one by one; at least four letters stay."""
    left = [word]
    while ending := next((e for e in ENDINGS if left[-1].endswith(e) and len(left[-1]) - len(e) >= 4), ""):
        left.append(left[-1][: -len(ending)])
    return tuple(left)


def stem(word: str) -> str:
    """A folded word without any of its endings."""
    return roots(word)[-1]


def tokens(text: str) -> list[str]:
    """The folded words of a question, in order."""
    text = unicodedata.normalize("NFC", text[:LONGEST].lower())
    return [fold(word) for word in re.findall(r"[^\W_]+", re.sub("['’`´]", "", text))]


@lru_cache(maxsize=32)
def forms(words: str) -> dict[str, list[int]]:
    """Every spelling the index knows, with the numbers of the words it may be. Word 0 says nothing."""
    known: dict[str, list[int]] = {}
    for number, group in enumerate(words.split("|")):
        for form in group.split(" "):
            known.setdefault(form, []).append(number)
    return known


def apart(a: str, b: str, limit: int) -> int:
    """Slips of the finger (one letter more, less, other, or two swapped) between a and b; limit + 1 if more."""
    i = 0
    while i < len(a) and i < len(b) and a[i] == b[i]:
        i += 1
    a, b = a[i:], b[i:]
    if not a or not b or limit == 0:
        return min(max(len(a), len(b)), limit + 1)
    best = min(apart(a[1:], b, limit - 1), apart(a, b[1:], limit - 1), apart(a[1:], b[1:], limit - 1))
    if a[:2] == b[1::-1]:
        best = min(best, apart(a[2:], b[2:], limit - 1))
    return best + 1


def alike(known: Mapping[str, list[int]], word: str) -> list[tuple[str, int]]:
    """Known spellings that a word may stand for, with a quality in per cent: itself, else slips, else parts."""
    if same := next((root for root in roots(word) if root in known), ""):
        return [(same, 100)]
    if len(word) < 4 or word[0] in "0123456789":
        return []
    near = slips(known, word, 1) or parts(known, stem(word))
    return near or (slips(known, word, 2) if len(word) >= 8 else [])


def parts(known: Mapping[str, list[int]], word: str) -> list[tuple[str, int]]:
    """Known spellings that begin or end the word, or that it begins or ends (compounds, unfinished words)."""
    near = []
    for form, numbers in known.items():
        short, long = (form, word) if len(form) < len(word) else (word, form)
        begins, ends = len(short) >= 4 and long.startswith(short), len(short) >= 5 and long.endswith(short)
        if numbers[0] and (begins or ends):
            near.append((form, 40 + 40 * len(short) // len(long)))
    return near


def slips(known: Mapping[str, list[int]], word: str, limit: int) -> list[tuple[str, int]]:
    """Known spellings `limit` slips away. Short words must begin alike, and so must words with two slips."""
    short = len(word) < 6
    tried = [root for root in roots(word) if len(root) >= 4]
    return [
        (form, 40 if short or limit > 1 else 60)
        for form in known
        if len(form) >= 4 and (form[0] == word[0] or not (short or limit > 1))
        if any(abs(len(form) - len(root)) <= limit and apart(root, form, limit) == limit for root in tried)
    ]


def find(index: Index, words: str) -> Found:
    """The index's words that a question holds; also words written apart (fast lege)."""
    known, found, asked = forms(index["words"]), Found(), tokens(words)
    met = [
        (form, quality, {place}) for place, word in enumerate(asked) for form, quality in alike(known, word)
    ]
    for place, (one, two) in enumerate(pairwise(asked)):
        whole = next((root for root in roots(fold(one + two)) if root in known), "")
        if len(whole) >= 6:
            met.append((whole, 100, {place, place + 1}))
    for form, quality, places in met:
        for number in known[form]:
            best, before = found.get(number, (0, set()))
            found[number] = max(best, quality), before | places
    return found


def crises(index: Index, found: Found) -> list[int]:
    """The kinds of danger (places in `lines`) the words speak of: all words of a rule close to one another.

    Short misspelled words are not enough: too many are ordinary words (trær is not true).
    """
    kinds = set()
    for kind, span, *numbers in index["crisis"]:
        if all(number in found and found[number][0] >= SURE for number in numbers):
            spots = [found[number][1] for number in numbers]
            if any(
                all(any(s <= p < s + span for p in places) for places in spots) for s in set().union(*spots)
            ):
                kinds.add(kind)
    return sorted(kinds)


def points(index: Index, found: Found) -> list[int]:
    """Points per entry: each rule whose words are all there gives its weight times the worst-met word.

    A rule that a longer one covers (drikker, where mamma drikker is met too) counts a third.
    """
    met = []
    for reach, *numbers in index["rules"]:
        if all(number in found for number in numbers):
            places = set().union(*(found[number][1] for number in numbers))
            met.append((index["reach"][reach], min(found[number][0] for number in numbers), places))
    total = [0] * len(index["entries"])
    for row, quality, places in met:
        share = 1 if any(places < other for _, _, other in met) else 3
        for entry, weight in zip(row[::2], row[1::2], strict=True):
            total[entry] += weight * quality * share
    return total


def search(index: Index, words: str, limit: int = 10) -> list[Hit]:
    """Answers to a question, best first; nothing for an empty one.

    Words of suicide or danger put the emergency and crisis lines first whatever else is met; words that
    meet nothing give the lines anyone can ring.
    """
    if not words.strip():
        return []
    found = find(index, words)
    total = points(index, found)
    first = [entry for kind in crises(index, found) for entry in index["lines"][kind]]
    ranked = sorted(
        (entry for entry, value in enumerate(total) if value >= FAINT), key=lambda e: (-total[e], e)
    )
    order = list(dict.fromkeys(first + ranked))
    hint = next((text for number, text in index["hints"] if found.get(number, (0,))[0] == 100), "")
    hits = []
    for place, entry in enumerate((order or index["fallback"])[:limit]):
        crisis, value = entry in first, total[entry]
        score = 1.0 if crisis else value / (value + HALF)
        ident, title, url, kind, actor, phone, note = index["entries"][entry]
        note = (hint if place == 0 else "") or note
        hits.append(Hit(ident, title, url, kind, actor, score, phone, note, crisis, not order))
    return hits
