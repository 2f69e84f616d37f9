"""Invented people and how they answer, pure and seeded: the same seed gives the same course."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from random import Random

from samvirke.followup.identity import Identity
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Protection, Source

FIRST = (
    "Anne Berit Cecilie Dag Eivind Frode Grete Hanne Ivar Jorunn Kjell Liv Magnus Nina Odd Petter Randi Siri Tor Unni "
    "Vegard Åse Ahmed Amina Fatima Hodan Ivan Olena Mohamed Samira Yusuf Zeynep Mari Jonas Emma Noah Ella Oskar Nora"
).split()
LAST = [
    first + last
    for last, first in product(
        "dal rud stad vik mo lien berg haug sletta nes bakk tveit".split(),
        "Prøve Øvings Tenkt Dikt Liksom Eventyr".split(),
    )
]
"""Surnames that nobody has: whoever sees one knows that the person is invented."""
PARTS = (
    (Part.BEREAVED, 6), (Part.RELATIVE_OF_MISSING, 2), (Part.INJURED, 10), (Part.CLOSE_TO_INJURED, 18),
    (Part.WITNESS, 34), (Part.CLOSE_TO_WITNESS, 14), (Part.OTHER, 10), (Part.HELPER, 6),
)  # fmt: skip
SOURCES = (Source.POLICE, Source.EPS, Source.EPS, Source.LEGEVAKT, Source.SELF, Source.TIP, Source.SCHOOL)
LANGUAGES = ("nb",) * 17 + ("uk", "so", "ar")
LATEST = timedelta(days=60)


@dataclass(frozen=True)
class Temper:
    """How one person tends to answer. Chances from 0 to 1; moments are counted from when they became known.

    `turns`: chance that a no becomes a yes when the offer is renewed. `vanishes`: never answers again. `moves`: tells
    once that they have moved. `ends`: asks to end, and `comes_back` so long after the end.
    """

    rarely_answers: float
    says_no: float
    turns: float
    never: float = 0.02
    danger: float = 0.004
    vanishes: timedelta | None = None
    moves: timedelta | None = None
    ends: timedelta | None = None
    comes_back: timedelta | None = None


@dataclass(frozen=True)
class Invented:
    """Somebody invented: who, in what part, when they become known, and how they tend to answer.

    `family`: the number of the one whose household they belong to.
    """

    number: int
    identity: Identity
    part: Part
    source: Source
    known_after: timedelta
    temper: Temper
    protection: Protection = Protection.NONE
    language: str = "nb"
    family: int | None = None


def invent_all(count: int, random: Random) -> list[Invented]:
    """Invent people, every fifth in a family that is known together, in the order in which they become known."""
    found: list[Invented] = []
    while len(found) < count:
        one = invent(len(found), random)
        found.append(one)
        size = random.choice([0, 0, 0, 0, 1, 2, 3])
        for _ in range(min(size, count - len(found))):
            found.append(_relative(invent(len(found), random), one))
    return sorted(found, key=lambda one: (one.known_after, one.number))


def invent(number: int, random: Random) -> Invented:
    """Invent one person. Two of three become known within two days, the others over two months."""
    late = random.random() > 0.66
    hours = random.uniform(48, LATEST / timedelta(hours=1)) if late else random.expovariate(1 / 14)
    year = random.choice([random.randint(1940, 2008), random.randint(1975, 2006), random.randint(2009, 2020)])
    birth = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    identity = Identity(
        first=random.choice(FIRST), last=random.choice(LAST), birth=birth if random.random() > 0.1 else str(year),
        phones=(f"+470000{number % 10_000:04}",) if random.random() > 0.05 else (),
    )  # fmt: skip
    parts, weights = zip(*PARTS, strict=True)
    return Invented(
        number,
        identity,
        random.choices(parts, weights)[0],
        random.choice(SOURCES),
        min(timedelta(hours=hours), LATEST),
        _temper(random),
        random.choices(list(Protection), [97, 2, 1])[0],
        random.choice(LANGUAGES),
    )


def _relative(one: Invented, other: Invented) -> Invented:
    """Let one belong to another's household: the same surname, known at the same time, close to what the other met."""
    near = {Part.INJURED: Part.CLOSE_TO_INJURED, Part.WITNESS: Part.CLOSE_TO_WITNESS}
    return replace(
        one,
        identity=replace(one.identity, last=other.identity.last),
        part=near.get(other.part, other.part),
        known_after=other.known_after,
        family=other.number,
    )


def _temper(random: Random) -> Temper:
    def within(chance: float, first: int, last: int) -> timedelta | None:
        days = random.uniform(first, last)
        return timedelta(days=days) if random.random() < chance else None

    return Temper(
        rarely_answers=random.choice([0.1, 0.15, 0.2, 0.6]),
        says_no=random.choice([0.02, 0.05, 0.1, 0.8]),
        turns=random.uniform(0.1, 0.5),
        vanishes=within(0.04, 5, 200),
        moves=within(0.05, 10, 300),
        ends=within(0.06, 60, 300),
        comes_back=within(0.5, 10, 60),
    )


def answer(
    temper: Temper, known: timedelta, random: Random, *, refused: bool = False, moved: bool = False
) -> Outcome:
    """Say how an attempt goes, so long (`known`) after the person became known."""
    chance = random.random()
    if chance < temper.rarely_answers or (temper.vanishes and known > temper.vanishes):
        return Outcome.ANOTHER_ANSWERED if chance < temper.rarely_answers / 8 else Outcome.NO_ANSWER
    if temper.moves and known > temper.moves and not moved:
        return Outcome.MOVED
    if random.random() < temper.danger:
        return Outcome.ACUTE_DANGER
    if random.random() < 0.01:
        return random.choice([Outcome.WRONG_NUMBER, Outcome.ABROAD, Outcome.NEEDS_INTERPRETER])
    says_no = 1 - temper.turns if refused else temper.says_no
    if random.random() < says_no:
        if random.random() < temper.never:
            return Outcome.NEVER_AGAIN
        return random.choice([Outcome.NO_THANKS, Outcome.NO_THANKS, Outcome.NOT_NOW, Outcome.UNABLE])
    return Outcome.ACCEPTS


NOTES: Mapping[Outcome, Sequence[str]] = {
    Outcome.ACCEPTS: (
        "Tok imot tilbudet. Vil gjerne ha en samtale til.",
        "Ønsket råd om søvn. Fikk nummeret til kommunen.",
        "Er tilbake på jobb noen dager i uken. Vil ha kontakt som avtalt.",
        "Spurte om hjelp til barna. Avtalte møte på helsestasjonen.",
        "Familien støtter godt. Vil høre fra oss igjen.",
    ),
    Outcome.NOT_NOW: ("Passet ikke nå. Ba oss ringe igjen senere.", "Er på reise. Ring når de er hjemme."),
    Outcome.UNABLE: ("Orket ikke å snakke i dag. Ba oss prøve igjen.",),
    Outcome.NO_THANKS: ("Takket nei. Vet hvordan de når oss.", "Har nok hjelp fra andre nå. Takket nei."),
    Outcome.NO_ANSWER: ("Ingen svarte.", ""),
    Outcome.ANOTHER_ANSWERED: ("En annen tok telefonen. Sa ikke hva det gjaldt.",),
    Outcome.ACUTE_DANGER: ("Var i akutt fare.",),
    Outcome.NEEDS_INTERPRETER: ("Trenger tolk. Bestiller til neste gang.",),
    Outcome.WRONG_NUMBER: ("Nummeret tilhører en annen.",),
    Outcome.MOVED: ("Har flyttet til en annen kommune.",),
    Outcome.ABROAD: ("Er i utlandet. Vil snakke på telefon.",),
    Outcome.NEVER_AGAIN: ("Sa klart at de aldri mer vil kontaktes.",),
}
"""What a contact person may have written: neutral, and about nobody."""
