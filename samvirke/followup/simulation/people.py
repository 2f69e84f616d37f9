"""Invented people and how they answer, pure and seeded: the same seed gives the same course."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from samvirke.followup.identity import Identity
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Source

FIRST = (
    "Anne Berit Cecilie Dag Eivind Frode Grete Hanne Ivar Jorunn Kjell Liv Magnus Nina Odd Petter Randi Siri Tor Unni "
    "Vegard Åse Ahmed Amina Fatima Hodan Ivan Olena Mohamed Samira Yusuf Zeynep"
).split()
LAST = (
    "Aasen Bakken Dalby Engen Fossum Granli Haugen Iversby Juvkam Kleppe Lunde Myhrer Nesbakken Oppsal Prestmo Rudshaug "
    "Skogli Tveitan Utgård Vangsnes Warsame Ødegården Ålvik Hassanzai Kovalko Omarsen"
).split()
PARTS = (
    (Part.BEREAVED, 6), (Part.RELATIVE_OF_MISSING, 2), (Part.INJURED, 10), (Part.CLOSE_TO_INJURED, 18),
    (Part.WITNESS, 34), (Part.CLOSE_TO_WITNESS, 14), (Part.OTHER, 10), (Part.HELPER, 6),
)  # fmt: skip
SOURCES = (Source.POLICE, Source.EPS, Source.EPS, Source.LEGEVAKT, Source.SELF, Source.TIP, Source.SCHOOL)


@dataclass(frozen=True)
class Temper:
    """How one person tends to answer. `says_no`: chance of a no when reached; `rarely_answers`: of no answer."""

    rarely_answers: float
    says_no: float
    turns: float  # chance that a no becomes a yes when the offer is renewed
    never: float
    danger: float


@dataclass(frozen=True)
class Invented:
    """Somebody invented: who, in what part, when they become known, and how they tend to answer."""

    identity: Identity
    part: Part
    source: Source
    known_after: timedelta
    temper: Temper


def invent(number: int, random: Random) -> Invented:
    """Invent one person. Two of three become known within two days, the others over two months."""
    late = random.random() > 0.66
    hours = random.uniform(48, 24 * 60) if late else random.expovariate(1 / 14)
    year = random.choice([random.randint(1940, 2008), random.randint(1975, 2006), random.randint(2009, 2020)])
    birth = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    identity = Identity(
        first=random.choice(FIRST), last=random.choice(LAST), birth=birth if random.random() > 0.1 else str(year),
        phones=(f"+470000{number % 10_000:04}",) if random.random() > 0.05 else (),
    )  # fmt: skip
    temper = Temper(
        rarely_answers=random.choice([0.15, 0.25, 0.35, 0.7]),
        says_no=random.choice([0.02, 0.05, 0.1, 0.8]),
        turns=random.uniform(0.1, 0.5),
        never=0.02,
        danger=0.004,
    )
    parts, weights = zip(*PARTS, strict=True)
    return Invented(
        identity,
        random.choices(parts, weights)[0],
        random.choice(SOURCES),
        timedelta(hours=min(hours, 24 * 60)),
        temper,
    )


def answer(temper: Temper, refused_before: bool, random: Random) -> Outcome:
    """Say how an attempt goes."""
    chance = random.random()
    if chance < temper.rarely_answers:
        return Outcome.ANOTHER_ANSWERED if chance < temper.rarely_answers / 8 else Outcome.NO_ANSWER
    if random.random() < temper.danger:
        return Outcome.ACUTE_DANGER
    if random.random() < 0.01:
        return random.choice([Outcome.WRONG_NUMBER, Outcome.MOVED, Outcome.ABROAD, Outcome.NEEDS_INTERPRETER])
    says_no = 1 - temper.turns if refused_before else temper.says_no
    if random.random() < says_no:
        if random.random() < temper.never:
            return Outcome.NEVER_AGAIN
        return random.choice([Outcome.NO_THANKS, Outcome.NO_THANKS, Outcome.NOT_NOW, Outcome.UNABLE])
    return Outcome.ACCEPTS
