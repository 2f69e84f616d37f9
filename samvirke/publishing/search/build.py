"""Make an index of what can be found in a municipality, in one language."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from samvirke.publishing.search.lexicon import CRISIS_KINDS, Lexicon, lexicon
from samvirke.publishing.search.query import LONGEST, crises, find, stem, tokens

VERSION = 1
NAME, KEYWORD, GROUP, DESCRIPTION = 30, 20, 8, 5  # what a word is worth by where it stands
RARITY = ((1, 10), (2, 9), (4, 7), (8, 5), (16, 3))  # in at most n entries: worth so many tenths
LINES = {
    "life": ("113", "116117", "mental-helse-116123", "kirkens-sos", "alarmtelefonen-116111"),
    "health": ("113", "116117"),
    "fire": ("110",),
    "violence": ("112",),
}
FALLBACK = ("116117", "mental-helse-116123", "kriseteam")
NEEDED = ("113", "112", "110", "116117", "mental-helse-116123")
KEYS = {"nod-113": "113", "nod-112": "112", "nod-110": "110", "legevakt-116117": "116117"}
# Services that people do not turn to themselves: met by name, never first by a chance word of their description.
BEHIND = frozenset(
    "amk nodmeldetjenesten ambulanse hrs lrs redningstjenesten forsvaret sivilforsvaret korus nakmi naku napha "
    "nkvts nssf rkbu-rbup rvts sfk modum-bad koordinerende-enhet".split()
)


@dataclass(frozen=True)
class SearchEntry:
    """Something a resident can find. Texts are in the index's language; `phone` is as shown ("116 117").

    `actor` is an actor key, a helpline key ("kirkens-sos"; emergency numbers "nod-113" or "113",
    "legevakt-116117" or "116117") or a page's key ("barn-og-unge", "bekymret", "fagfolk", …).
    """

    id: str
    title: str
    url: str
    kind: Literal["service", "helpline", "emergency", "page"]
    actor: str = ""
    name: str = ""
    description: str = ""
    groups: str = ""
    keywords: str = ""
    phone: str = ""
    note: str = ""


Numbers = tuple[tuple[int, ...], ...]
Found = tuple[Any, ...]
"""A key and the numbers of the entries it names: ("legevakt", 7, 12)."""


def build_index(entries: Sequence[SearchEntry], language: str) -> dict[str, Any]:
    """The index of these entries, ready for JSON; the same entries give the same index.

    Raises ValueError when a line that must always be found first (113, 112, 110, 116 117, 116 123) is missing.
    """
    reached = _by_key(entries)
    if missing := [key for key in NEEDED if key not in reached]:
        raise ValueError(f"the search index needs entries for {', '.join(missing)}")
    return _assemble(entries, language, reached)


def dump(index: dict[str, Any]) -> bytes:
    """The index as compact JSON in UTF-8."""
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


def is_crisis(words: str) -> bool:
    """Do the words speak of not wanting to live, of suicide, of danger or of being hurt, one's own or another's?"""
    index = _bare()
    return bool(crises(index, find(index, words)))


@lru_cache(maxsize=1)
def _bare() -> dict[str, Any]:
    return _assemble((), "nb", {})


def _by_key(entries: Sequence[SearchEntry]) -> dict[str, list[int]]:
    """Entries by every key that a target may name them by."""
    reached: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for key in dict.fromkeys((entry.actor, entry.id, KEYS.get(entry.actor, ""), KEYS.get(entry.id, ""))):
            if key:
                reached[key].append(number)
    return dict(reached)


def _assemble(entries: Sequence[SearchEntry], language: str, reached: dict[str, list[int]]) -> dict[str, Any]:
    book = lexicon()
    aims = _aims()
    phrases, rows = _phrase_rules(tuple((key, *found) for key, found in reached.items() if key in aims))
    rules, reach = [list(rule) for rule in phrases], {row: number for number, row in enumerate(rows)}
    extra = _text_rules(book, entries, rules, reach)
    return {
        "v": VERSION,
        "lang": language,
        "words": _static_words() + "".join("|" + word for word in extra),
        "rules": rules,
        "reach": [list(row) for row in reach],
        "crisis": [list(rule) for rule in book.crisis],
        "lines": [[n for key in LINES[kind] for n in reached.get(key, ())[:1]] for kind in CRISIS_KINDS],
        "fallback": [n for key in FALLBACK for n in reached.get(key, ())[:1]],
        "hints": [[number, texts.get(language, texts["nb"])] for number, texts in book.hints],
        "entries": [[e.id, e.title, e.url, e.kind, e.actor, e.phone, e.note] for e in entries],
    }


@lru_cache(maxsize=1)
def _static_words() -> str:
    return "|".join(" ".join(group) for group in lexicon().groups)


@lru_cache(maxsize=1)
def _aims() -> frozenset[str]:
    """Every key that a bundled phrase reaches."""
    return frozenset(key for phrase in lexicon().phrases for key in phrase.targets)


@lru_cache(maxsize=64)
def _phrase_rules(found: tuple[Found, ...]) -> tuple[Numbers, Numbers]:
    """The bundled phrases that reach something here, and the rows they reach; the same in every language.

    More words together weigh more than one.
    """
    reached = {key: numbers for key, *numbers in found}
    rows: dict[tuple[tuple[str, ...], int], tuple[int, ...]] = {}
    reach: dict[tuple[int, ...], int] = {}
    rules = []
    for phrase in lexicon().phrases:
        weight = phrase.weight * (3 + 2 * (len(phrase.words) - 1)) // 3
        key = (phrase.targets, weight)
        if key not in rows:
            rows[key] = _row(phrase.targets, weight, reached)
        if rows[key]:
            rules.append((reach.setdefault(rows[key], len(reach)), *phrase.words))
    return tuple(rules), tuple(reach)


def _row(targets: Iterable[str], weight: int, reached: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """entry, weight, entry, weight… The later a target stands, and the more of its kind, the less."""
    best: dict[int, int] = {}
    for place, target in enumerate(key for key in targets if key in reached):
        for nth, entry in enumerate(reached[target]):
            value = weight * max(10 - place, 3) * max(10 - 2 * nth, 4) // 100
            best[entry] = max(best.get(entry, 0), value)
    return tuple(number for pair in sorted(best.items()) for number in pair)


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[str, ...]:
    """The different folded words of a text of any length that say something."""
    silent = lexicon().silent
    pieces = text.split()
    return tuple(
        dict.fromkeys(f for piece in pieces for f in tokens(piece[:LONGEST]) if stem(f) not in silent)
    )


@lru_cache(maxsize=16384)
def _parts(word: str) -> tuple[str, ...]:
    """Heads and tails of a compound that are words of their own in the bundled lists."""
    book, word = lexicon(), stem(word)
    heads = [word[:n] for n in range(4, len(word) - 2)]
    tails = [word[n:] for n in range(3, len(word) - 4)]
    return tuple(dict.fromkeys(p for p in heads + tails if book.word.get(p) and p not in book.silent))


@lru_cache(maxsize=4096)
def _worths(fields: tuple[tuple[str, int], ...], *, behind: bool) -> tuple[tuple[int | None, str, int], ...]:
    """Each word of an entry: its number in the lists, its stem and what it is worth by the best place it stands in."""
    worth: dict[str, int] = {}
    for text, value in fields:
        points = value * 2 // 5 if behind and value != NAME else value
        for word in _forms(text):
            worth[word] = max(worth.get(word, 0), points)
            for part in _parts(word):
                worth[part] = max(worth.get(part, 0), points * 3 // 5)
    book = lexicon()
    return tuple((book.known(word), stem(word), points) for word, points in worth.items())


def _words_of(entry: SearchEntry) -> tuple[tuple[int | None, str, int], ...]:
    fields = (
        (entry.name + " " + entry.title, NAME),
        (entry.keywords, KEYWORD),
        (entry.groups, GROUP),
        (entry.description, DESCRIPTION),
    )
    return _worths(fields, behind=entry.actor in BEHIND or entry.kind == "page")


def _text_rules(
    book: Lexicon, entries: Sequence[SearchEntry], rules: list[list[int]], reach: dict[tuple[int, ...], int]
) -> list[str]:
    """Adds a rule for each word of the entries' own texts; returns the words the lists did not know."""
    extra: dict[str, int] = {}
    postings: dict[int, dict[int, int]] = defaultdict(dict)
    for doc, entry in enumerate(entries):
        for known, root, points in _words_of(entry):
            number = extra.setdefault(root, len(book.groups) + len(extra)) if known is None else known
            if number and points:
                postings[number][doc] = max(postings[number].get(doc, 0), points)
    for number, row in sorted(postings.items()):
        tenths = next((t for most, t in RARITY if len(row) <= most), 2)
        weights = tuple(n for doc, points in row.items() for n in (doc, max(points * tenths // 10, 1)))
        rules.append([reach.setdefault(weights, len(reach)), number])
    return list(extra)
