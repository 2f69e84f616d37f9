"""A list of invented people, as alike as people on a list of thousands are, with seeded doubles among them.

Names: common ones come oftener, and the commonest first and last name oftener than in Norway. One in three has two
first names, one in five two last names. People come in households: the same last name; couples, parents with children
and siblings, of whom six in ten have a parent's phone; one in sixty births is of twins, as in Norway; one child in two hundred is
called exactly as the parent. Besides, one in a hundred is called exactly as somebody else on the list. Some have no birth date, or the year alone; some have no phone. All numbers
are invented (+47 00…), and no two households share one.

A double is somebody written once more by another desk, with one or two things otherwise (`again`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate, count
from random import Random

from samvirke.followup.identity import Identity
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.people import Part, Source

FIRST = (
    "Anne Jan Per Inger Bjørn Kari Ole Marit Lars Ingrid Kjell Liv Arne Eva Knut Berit Svein Astrid Thomas Bjørg Hans "
    "Hilde Geir Anna Tor Solveig Morten Marianne Terje Randi Odd Ida Erik Nina Andreas Elisabeth Martin Kristin Anders "
    "Maria John Bente Ola Heidi Daniel Silje Rune Hanne Fredrik Gerd Trond Linda Tore Tone Stian Wenche Harald Elin "
    "Kristian Anita Øyvind Ragnhild Olav Camilla Magnus Ellen Espen Karin Henrik Julie Jonas Sissel Kåre Nora Emil Emma "
    "Leif Sara Jakob Ella Noah Sofie Oliver Åse Filip Maja William Unni Lukas Grete Isak Vilde Oskar Amalie Mohammed "
    "Fatima Ahmed Amina Ali Hodan Yusuf Zeynep Olena Samira Piotr Agnieszka Tomasz Katarzyna Oleksandr Iryna Vegard "
    "Cecilie Dag Eivind Frode Siri Ivar Jorunn Petter Tuva Aksel Live Mathias Thea Sindre Aud Roger Else Jens Turid"
).split() + [
    begin + end for begin in "Al Be Da El Gun In Jor Kat Le Mar Ra Sig Val Wen".split()
    for end in "fred hild mund stein vor bjørg grim ine ulf dis".split()
]  # fmt: skip
COMMON = (
    "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen Berg "
    "Haugen Hagen Johannessen Andreassen Jacobsen Dahl Jørgensen Henriksen Lund Halvorsen Sørensen Jakobsen Moen "
    "Gundersen Iversen Strand Solberg Svendsen Eide Nguyen Ali Ahmed Warsame Hassan Kovalenko Kowalski"
).split()
FARMS = [
    begin + end
    for begin in (
        "Aske Berg Bjørke Brekke Dal Djup Eike Eng Fjell Furu Gran Hag Hamme Hegg Hol Kirk Kleiv Kvern Lang Lauv Lys Mo "
        "Myr Nord Os Rogne Rød Sand Selje Skår Smed Sol Stor Sund Tang Tveit Ulv Vest Vinter Ås"
    ).split()
    for end in "vik heim stad land set rud by moen sund nes haug bakken eid gård holt lien myr skog sletten voll åsen øy".split()
]  # fmt: skip
FIRST_WEIGHTS = list(accumulate(1 / (place + 20) for place in range(len(FIRST))))
COMMON_WEIGHTS = list(accumulate(1 / (place + 10) for place in range(len(COMMON))))
KNOWN = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
SOUNDS = (
    ("sen", "son"),
    ("kr", "chr"),
    ("ø", "o"),
    ("å", "aa"),
    ("th", "t"),
    ("kk", "ck"),
    ("j", "y"),
    ("v", "w"),
)


def listed(size: int, doubles: int, random: Random) -> tuple[dict[int, Newcomer], dict[int, int]]:
    """Return a list's rows by number, and of those that are doubles which row they are the same as."""
    people = crowd(size - doubles, random)
    same = random.sample(range(len(people)), doubles)
    rows = {number: newcomer(one) for number, one in enumerate(people, start=2)}
    after = len(people) + 2
    rows |= {after + place: newcomer(again(people[first], random)) for place, first in enumerate(same)}
    return rows, {after + place: first + 2 for place, first in enumerate(same)}


def newcomer(one: Identity) -> Newcomer:
    return Newcomer(one, Part.WITNESS, Source.POLICE, KNOWN)


def crowd(size: int, random: Random) -> list[Identity]:
    """Return so many different people, household by household."""
    people: list[Identity] = []
    phones = (f"+4700{number:06}" for number in count())
    while len(people) < size:
        people += household(random, phones)
        if random.random() < 0.02:
            other = random.choice(people)
            people.append(adult(random, other.first, other.last, phones))
    return people[:size]


def household(random: Random, phones: Iterator[str]) -> list[Identity]:
    last, free = last_name(random), Names(random)
    people = [adult(random, free(), last, phones) for _ in range(random.choice([1, 1, 1, 2]))]
    year = int((people[0].birth or "1980")[:4])
    for after in [random.randint(20, 35), 2, 4][: random.choice([0, 0, 0, 1, 2, 3])]:
        year += after
        if year > 2025:
            break
        birth = a_day(random, year)
        for _ in range(1 + (random.random() < 1 / 60)):
            phone = people[0].phones if random.random() < 0.6 else (next(phones),)
            first = people[0].first if random.random() < 1 / 200 else free()
            people.append(Identity(first, last, birth, phones=phone))
    return people


def adult(random: Random, first: str, last: str, phones: Iterator[str]) -> Identity:
    birth, chance = a_day(random, random.randint(1935, 2007)), random.random()
    birth = "" if chance < 0.03 else birth[:4] if chance < 0.1 else birth
    phone = (next(phones),) if random.random() < 0.9 else ()
    return Identity(first, last, birth, phones=phone)


class Names:
    """First names of a household: a name that somebody in it has is not given once more."""

    def __init__(self, random: Random) -> None:
        self.random, self.given = random, set[str]()

    def __call__(self) -> str:
        found: list[str] = []
        while len(found) < 1 + (self.random.random() < 0.33):
            (name,) = self.random.choices(FIRST, cum_weights=FIRST_WEIGHTS)
            if name not in self.given:
                self.given.add(name)
                found.append(name)
        return " ".join(found)


def a_day(random: Random, year: int) -> str:
    return f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def last_name(random: Random) -> str:
    found = (
        random.choices(COMMON, cum_weights=COMMON_WEIGHTS)
        if random.random() < 0.25
        else [random.choice(FARMS)]
    )
    return " ".join([random.choice(FARMS), *found] if random.random() < 0.2 else found)


def again(one: Identity, random: Random) -> Identity:
    """Return somebody as another desk wrote them: one or two things otherwise."""
    for _ in range(random.choice([1, 1, 2])):
        chance = random.random()
        if chance < 0.2:
            one = replace(one, first=slip(one.first, random))
        elif chance < 0.4:
            one = replace(one, last=slip(one.last, random))
        elif chance < 0.55:
            one = replace(one, last=heard(one.last, random))
        elif chance < 0.65:
            one = replace(one, first=one.first.split()[0])
        elif chance < 0.73:
            one = replace(one, last=one.last.split()[-1])
        elif chance < 0.81:
            one = replace(one, birth=one.birth[:4])
        elif chance < 0.88:
            one = replace(one, phones=())
        elif chance < 0.95:
            one = replace(one, phones=(f"+47009{random.randint(0, 99_999):05}",))
        elif len(one.birth) == 10:
            one = replace(one, birth=f"{one.birth[:8]}{int(one.birth[8:]) % 28 + 1:02}")
    return one


def slip(word: str, random: Random) -> str:
    place, kind = random.randrange(1, len(word)), random.random()
    if kind < 0.3:
        return word[:place] + word[place + 1 :]
    if kind < 0.6:
        return word[:place] + word[place] + word[place:]
    if kind < 0.8:
        return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
    return word[:place] + random.choice("aeiounrst") + word[place + 1 :]


def heard(word: str, random: Random) -> str:
    found = [(one, other) for one, other in SOUNDS if one in word.lower()]
    return word.lower().replace(*random.choice(found), 1).title() if found else slip(word, random)
