"""A list of invented people with seeded doubles: misspelled, with a name less, a slip in the date, another phone."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from samvirke.followup.identity import Identity
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.people import Part, Source

FIRST = (
    "Anne Berit Cecilie Dag Eivind Frode Grete Hanne Ivar Jorunn Kjell Liv Magnus Nina Odd Petter Randi Siri Tor Unni "
    "Vegard Åse Ahmed Amina Fatima Hodan Olena Samira Yusuf Zeynep Kristian Marit Per Bjørn Ingrid Ida Jakob Sofie"
).split() + [
    begin + end for begin in "Al Be Da El Gun In Jor Kat Le Mar Ra Sig Val Wen".split()
    for end in "fred hild mund stein vor bjørg grim ine ulf dis".split()
]  # fmt: skip
LAST = (
    "Hansen Johansen Olsen Larsen Pedersen Nilsen Kristiansen Berg Haugen Dahl Lund Moen Strand Solberg Eide Lie Aasen "
    "Warsame Ødegården Ålvik Hassanzai Kovalko Omarsen Nguyen"
).split() + [
    begin + end for begin in "Berg Dal Eng Fjell Gran Hag Kirk Lang Mo Nord Os Rød Sand Stor Tang Ulv Vest Ås".split()
    for end in "vik heim stad land set rud by moen sund nes haug tveit".split()
]  # fmt: skip
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
    people = [invented(random) for _ in range(size - doubles)]
    same = random.sample(range(len(people)), doubles)
    rows = {number: newcomer(one) for number, one in enumerate(people, start=2)}
    after = len(people) + 2
    rows |= {after + place: newcomer(again(people[first], random)) for place, first in enumerate(same)}
    return rows, {after + place: first + 2 for place, first in enumerate(same)}


def newcomer(one: Identity) -> Newcomer:
    return Newcomer(one, Part.WITNESS, Source.POLICE, KNOWN)


def invented(random: Random) -> Identity:
    first = " ".join(random.choices(FIRST, k=1 + (random.random() < 0.35)))
    last = " ".join(random.choices(LAST, k=1 + (random.random() < 0.2)))
    birth = f"{random.randint(1935, 2022)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    cut = random.random()
    birth = "" if cut < 0.03 else birth[:4] if cut < 0.1 else birth
    phones = (f"+479{random.randint(0, 9_999_999):07}",) if random.random() < 0.9 else ()
    return Identity(first=first, last=last, birth=birth, phones=phones)


def again(one: Identity, random: Random) -> Identity:
    """Return somebody as another desk wrote them: one or two things otherwise."""
    for _ in range(random.choice([1, 1, 2])):
        chance = random.random()
        if chance < 0.2:
            one = replace(one, first=slip(one.first, random))
        elif chance < 0.4:
            one = replace(one, last=slip(one.last, random))
        elif chance < 0.6:
            one = replace(one, last=heard(one.last, random))
        elif chance < 0.7:
            one = replace(one, first=one.first.split()[0])
        elif chance < 0.78:
            one = replace(one, last=one.last.split()[-1])
        elif chance < 0.86:
            one = replace(one, birth=one.birth[:4])
        elif chance < 0.93:
            one = replace(one, phones=())
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
