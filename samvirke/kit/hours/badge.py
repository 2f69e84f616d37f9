"""What the public pages say of one moment: "Åpen nå til kl. 15.30", "Stengt – åpner mandag kl. 08.00"."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from samvirke.kit.hours.evaluate import closes_at, in_norway, instant, is_open, opens_next
from samvirke.kit.hours.parse import parse
from samvirke.kit.hours.words import words

KINDS = ("visit", "phone", "chat")
KNOWN_DAYS = 2  # a published page knows the day it was made and the next


@dataclass(frozen=True)
class _Badge:
    """The words of one language: for each kind open with an end, open, and closed."""

    visit: tuple[str, str, str]
    phone: tuple[str, str, str]
    chat: tuple[str, str, str]
    tomorrow: str
    day: str


_NB = _Badge(
    visit=("Åpen nå til {t}", "Åpen nå", "Stengt – åpner {t}"),
    phone=("Telefontid nå til {t}", "Telefontid nå", "Telefontid igjen {t}"),
    chat=("Chatten er åpen til {t}", "Chatten er åpen", "Chatten åpner {t}"),
    tomorrow="i morgen",
    day="{d} kl. {c}",
)
_NN = _Badge(
    visit=("Open no til {t}", "Open no", "Stengt – opnar {t}"),
    phone=("Telefontid no til {t}", "Telefontid no", "Telefontid igjen {t}"),
    chat=("Chatten er open til {t}", "Chatten er open", "Chatten opnar {t}"),
    tomorrow="i morgon",
    day="{d} kl. {c}",
)
_EN = _Badge(
    visit=("Open now until {t}", "Open now", "Closed – opens {t}"),
    phone=("Phone hours now until {t}", "Phone hours now", "Phone hours again {t}"),
    chat=("The chat is open until {t}", "The chat is open", "The chat opens {t}"),
    tomorrow="tomorrow",
    day="{d} {c}",
)
_LANGUAGES = {"nb": _NB, "nn": _NN, "en": _EN}


def will_say(text: str, moment: datetime, language: str, kind: str = "visit") -> str:
    """What the badge on a public page says at `moment` (aware) of hours written as OSM text.

    Empty when the page shows no badge, only the hours: it is closed, and the next opening is a week away or more.
    `kind`: "visit" (opening hours), "phone" or "chat". Raises HoursError when the text cannot be read.
    """
    schedule, said = parse(text), _LANGUAGES.get(language, _NB)
    until, always, closed = getattr(said, kind)
    now = in_norway(moment)
    if is_open(schedule, now):
        end = closes_at(schedule, now)
        known = instant(now.date() + timedelta(days=KNOWN_DAYS), 0)
        return (
            str(until).format(t=_when(end, now, language, ends=True)) if end and end < known else str(always)
        )
    start = opens_next(schedule, now, 6)
    return str(closed).format(t=_when(start, now, language)) if start else ""


def _when(moment: datetime, now: datetime, language: str, *, ends: bool = False) -> str:
    """A moment as the badge says it: "kl. 15.30", "i morgen kl. 08.00", "mandag kl. 08.00"."""
    w, said = words(language), _LANGUAGES.get(language, _NB)
    midnight = ends and (moment.hour, moment.minute) == (0, 0)
    day = (moment - timedelta(minutes=1)).date() if midnight else moment.date()
    clock = w.clock.format(hour=24 if midnight else moment.hour, minute=moment.minute)
    ahead = (day - now.date()).days
    tonight = ahead == 1 and moment - now < timedelta(hours=12) and moment.hour < 6
    if ahead == 0 or tonight:
        return w.mark.format(time=clock)
    return said.day.format(d=said.tomorrow if ahead == 1 else w.weekdays[day.weekday()], c=clock)
