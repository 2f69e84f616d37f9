"""The words of the three languages, as plain tables. A language that is not here is said in bokmål."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Everything that differs between the languages. Templates are filled with str.format."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    every_day: str
    day: str  # the first of two days in one month
    date: str
    year: str
    at: str  # a time range as it stands in a text
    clock: str  # one time of day
    mark: str  # before one time of day
    until: str
    since: str
    around: str
    next_day: str  # a range of a day or more
    closed: str
    closed_days: str
    holidays: str
    closed_holidays: str
    holidays_as_week: str
    also: str
    condition: str
    conjunction: str
    either: str
    easter: dict[int, str]
    before_easter: tuple[str, str]
    after_easter: tuple[str, str]


NB = Words(
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    months=(
        "januar", "februar", "mars", "april", "mai", "juni",
        "juli", "august", "september", "oktober", "november", "desember",
    ),
    every_day="alle dager",
    day="{day}.",
    date="{day}. {month}",
    year="{date} {year}",
    at="kl. {times}",
    clock="{hour:02}.{minute:02}",
    mark="kl. {time}",
    until="til {time}",
    since="fra {time}",
    around="hele døgnet",
    next_day="{times} neste dag",
    closed="stengt",
    closed_days="stengt {days}",
    holidays="helligdager",
    closed_holidays="stengt på helligdager",
    holidays_as_week="også på helligdager",
    also="{when} også {hours}",
    condition="{date} (hvis {days})",
    conjunction="og",
    either="eller",
    easter={
        -7: "palmesøndag", -6: "mandag før påske", -5: "tirsdag før påske", -4: "onsdag før påske",
        -3: "skjærtorsdag", -2: "langfredag", -1: "påskeaften", 0: "1. påskedag", 1: "2. påskedag",
        39: "Kristi himmelfartsdag", 48: "pinseaften", 49: "1. pinsedag", 50: "2. pinsedag",
    },
    before_easter=("{n} dag før 1. påskedag", "{n} dager før 1. påskedag"),
    after_easter=("{n} dag etter 1. påskedag", "{n} dager etter 1. påskedag"),
)  # fmt: skip

NN = Words(
    weekdays=("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
    months=NB.months,
    every_day="alle dagar",
    day=NB.day,
    date=NB.date,
    year=NB.year,
    at=NB.at,
    clock=NB.clock,
    mark=NB.mark,
    until="til {time}",
    since="frå {time}",
    around="heile døgnet",
    next_day="{times} neste dag",
    closed="stengt",
    closed_days="stengt {days}",
    holidays="heilagdagar",
    closed_holidays="stengt på heilagdagar",
    holidays_as_week="også på heilagdagar",
    also="{when} også {hours}",
    condition="{date} (viss {days})",
    conjunction="og",
    either="eller",
    easter={
        -7: "palmesøndag", -6: "måndag før påske", -5: "tysdag før påske", -4: "onsdag før påske",
        -3: "skjertorsdag", -2: "langfredag", -1: "påskeaftan", 0: "1. påskedag", 1: "2. påskedag",
        39: "Kristi himmelfartsdag", 48: "pinseaftan", 49: "1. pinsedag", 50: "2. pinsedag",
    },
    before_easter=("{n} dag før 1. påskedag", "{n} dagar før 1. påskedag"),
    after_easter=("{n} dag etter 1. påskedag", "{n} dagar etter 1. påskedag"),
)  # fmt: skip

EN = Words(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    every_day="every day",
    day="{day}",
    date="{day} {month}",
    year="{date} {year}",
    at="{times}",
    clock="{hour:02}:{minute:02}",
    mark="{time}",
    until="until {time}",
    since="from {time}",
    around="24 hours a day",
    next_day="{times} the next day",
    closed="closed",
    closed_days="closed {days}",
    holidays="public holidays",
    closed_holidays="closed on public holidays",
    holidays_as_week="also on public holidays",
    also="{when} also {hours}",
    condition="{date} (if {days})",
    conjunction="and",
    either="or",
    easter={
        -7: "Palm Sunday", -6: "Monday before Easter", -5: "Tuesday before Easter", -4: "Wednesday before Easter",
        -3: "Maundy Thursday", -2: "Good Friday", -1: "Holy Saturday", 0: "Easter Sunday", 1: "Easter Monday",
        39: "Ascension Day", 48: "Saturday before Whit Sunday", 49: "Whit Sunday", 50: "Whit Monday",
    },
    before_easter=("{n} day before Easter Sunday", "{n} days before Easter Sunday"),
    after_easter=("{n} day after Easter Sunday", "{n} days after Easter Sunday"),
)  # fmt: skip

_LANGUAGES = {"nb": NB, "nn": NN, "en": EN}


def words(language: str) -> Words:
    """The words of a language ("nb", "nn", "en"); those of bokmål for any other."""
    return _LANGUAGES.get(language, NB)
