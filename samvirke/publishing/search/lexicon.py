"""The bundled words: what they mean alike (words.csv), whom they reach (synonyms.csv, topics.csv), danger (crisis.csv)."""

import csv
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from samvirke.publishing.search.query import LONGEST, stem, tokens

DATA = Path(__file__).parent / "data"
CRISIS_KINDS = ("life", "health", "fire", "violence")
USUAL_WEIGHT = 40
USUAL_GAP = 3  # words that may stand between the words of a crisis rule


@dataclass(frozen=True)
class Phrase:
    """Words (numbers) that together reach the targets, first target best."""

    words: tuple[int, ...]
    targets: tuple[str, ...]
    weight: int


@dataclass
class Lexicon:
    """`groups[n]` holds the spellings of word number n; group 0 holds the words that say nothing."""

    groups: list[list[str]] = field(default_factory=lambda: [[]])
    word: dict[str, int] = field(default_factory=dict)  # a spelling's own word, classes not counted
    classes: dict[str, int] = field(default_factory=dict)
    phrases: list[Phrase] = field(default_factory=list)
    crisis: list[tuple[int, ...]] = field(default_factory=list)  # kind, span, words…
    hints: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)  # stems that say nothing by themselves

    def known(self, form: str) -> int | None:
        """The word a folded form belongs to, by itself or by its stem."""
        return self.word.get(form, self.word.get(stem(form)))

    def number(self, form: str) -> int:
        """The word a folded form belongs to; a new word if nobody knows it yet."""
        if (number := self.known(form)) is None:
            number = self.word[stem(form)] = len(self.groups)
            self.groups.append([stem(form)])
        return number

    def add(self, forms: list[str]) -> int:
        """A new word with these forms. Each is kept as its stem; in full where another word has the stem already."""
        number = len(self.groups)
        self.groups.append([])
        for form in forms:
            root = stem(form)
            spelling = form if root in self.silent or self.word.get(root, number) != number else root
            if spelling not in self.word:
                self.word[spelling] = number
                self.groups[number].append(spelling)
        return number

    def phrase(self, text: str) -> tuple[int, ...]:
        """Word numbers of a phrase as written in a data file: `@class`, `+word` (kept though it says nothing)."""
        numbers: list[int] = []
        for part in text.split():
            if part.startswith("@"):
                numbers.append(self.classes[part[1:]])
                continue
            kept = part.startswith("+")
            forms = [f for f in tokens(part) if kept or self.known(f) or stem(f) not in self.silent]
            numbers.extend(map(self.number, forms))
        if not numbers:
            raise ValueError(
                f"the phrase {text!r} holds only words that say nothing; write + before one of them"
            )
        return tuple(dict.fromkeys(numbers))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spellings(text: str) -> list[str]:
    """The folded single words of a row; three-letter words with æøå also without them."""
    bare = str.maketrans("æøå", "aoa")
    forms = tokens(text) if len(text) <= LONGEST else [form for word in text.split() for form in tokens(word)]
    return list(dict.fromkeys(form for word in forms for form in (word, word.translate(bare))))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Everything bundled, read once."""
    book = Lexicon()
    stop = [line for line in (DATA / "stop.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    book.silent = {stem(form) for form in spellings(" ".join(stop))}
    named = _add_words(book)
    topics = {row["topic"]: row["targets"] for row in rows("topics.csv")}
    _add_classes(book, named)
    for row in rows("synonyms.csv"):
        numbers = book.phrase(row["phrase"])
        weight = int(row["weight"] or USUAL_WEIGHT)
        book.phrases.append(Phrase(numbers, targets(row["targets"], topics), weight))
    for row in rows("crisis.csv"):
        numbers = book.phrase(row["phrase"])
        span = len(numbers) + int(row["gap"] or USUAL_GAP)
        book.crisis.append((CRISIS_KINDS.index(row["kind"]), span, *numbers))
    for row in rows("renamed.csv"):
        book.groups.append([stem(form) for form in spellings(row["old"])])
        book.hints.append((len(book.groups) - 1, {code: row[code] for code in ("nb", "nn", "en")}))
    book.groups[0] = sorted(book.silent - {form for group in book.groups[1:] for form in group})
    book.word.update(dict.fromkeys(book.groups[0], 0))
    return book


def _add_words(book: Lexicon) -> dict[str, int]:
    """The sets of words that mean the same; returns their numbers by name. The first set keeps a spelling."""
    named = {}
    for row in rows("words.csv"):
        if row["kind"] == "same":
            written = row["forms"].split()
            named[row["name"]] = book.add(
                [f for f in spellings(row["forms"]) if f in written or stem(f) not in book.silent]
            )
    return named


def _add_classes(book: Lexicon, named: dict[str, int]) -> None:
    """Classes of words (@kin): all spellings of the sets they name, or the spelling itself."""
    for row in rows("words.csv"):
        if row["kind"] == "class":
            forms: dict[str, None] = {}
            for name in row["forms"].split():
                forms.update(
                    dict.fromkeys(book.groups[named[name]] if name in named else map(stem, spellings(name)))
                )
            book.classes[row["name"]] = len(book.groups)
            book.groups.append(list(forms))


def targets(text: str, topics: dict[str, str]) -> tuple[str, ...]:
    """The keys a row reaches: actors, helplines, emergency numbers, pages; `@topic` stands for its own list."""
    keys: list[str] = []
    for part in text.split(";"):
        keys.extend(topics[part[1:]].split(";") if part.startswith("@") else [part])
    return tuple(dict.fromkeys(keys))
