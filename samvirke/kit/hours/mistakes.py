"""What people often write instead, and what to tell them. Nothing is guessed: the text is refused."""

import re
from collections.abc import Callable

from samvirke.kit.hours.errors import HoursError
from samvirke.kit.hours.model import MONTHS

MONTH_WORDS = {
    "jan": "Jan", "feb": "Feb", "mar": "Mar", "apr": "Apr", "mai": "May", "may": "May", "jun": "Jun",
    "jul": "Jul", "aug": "Aug", "sep": "Sep", "okt": "Oct", "oct": "Oct", "nov": "Nov", "des": "Dec",
    "dec": "Dec",
}  # fmt: skip
DAY_WORDS = {
    "man": "Mo", "mån": "Mo", "mon": "Mo", "tir": "Tu", "tys": "Tu", "tue": "Tu", "ons": "We", "wed": "We",
    "tor": "Th", "thu": "Th", "fre": "Fr", "fri": "Fr", "lør": "Sa", "lau": "Sa", "sat": "Sa", "søn": "Su",
    "sun": "Su", "sø": "Su", "ma": "Mo", "ti": "Tu", "on": "We", "to": "Th", "lø": "Sa",
}  # fmt: skip

_MONTH = r"(?i:(jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec))"
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIMES = r"(?!\d\d:\d\d-\d\d:\d\d)(?<![\d:.])(?<![A-Za-z]{3} )(?P<a>[01]?\d|2[0-4])(?::?(?P<am>[0-5]\d))?\s*-\s*(?P<b>[01]?\d|2[0-4])(?::?(?P<bm>[0-5]\d))?(?![\d:.])"


def _day(found: re.Match[str]) -> str:
    word = found[0].lower()
    return DAY_WORDS.get(word[:3]) or DAY_WORDS.get(word[:2]) or "Mo"


def _month(found: re.Match[str]) -> str:
    return MONTH_WORDS[found[0].lower()[:3]]


def _date(found: re.Match[str]) -> str:
    return f"{MONTH_WORDS[found[2].lower()]} {int(found[1]):02}"


def _dots(found: re.Match[str]) -> str:
    return found[0].replace(".", ":")


def _times(found: re.Match[str]) -> str:
    return f"{int(found['a']):02}:{found['am'] or '00'}-{int(found['b']):02}:{found['bm'] or '00'}"


def _one_digit(found: re.Match[str]) -> str:
    return f"0{found[0]}"


def _case(found: re.Match[str]) -> str:
    word = found[0]
    return {"ph": "PH", "off": "off", "easter": "easter"}.get(word.lower(), word.capitalize())


def _iso(found: re.Match[str]) -> str:
    return f"{found[1]} {MONTHS[int(found[2]) - 1]} {found[3]}"


def _year_last(found: re.Match[str]) -> str:
    return f"{found[3]} {MONTH_WORDS[found[1].lower()]} {int(found[2]):02}"


def _ordinal(found: re.Match[str]) -> str:
    return found[0][:-2]


def _colon(found: re.Match[str]) -> str:
    return f"{found[0].rstrip(': ')} 08:00-15:30"


MISTAKES: tuple[tuple[str, str], ...] = (
    ("newline", r"[\r\n]"),
    ("by-appointment", r"(?i:avtal[ea]|ved behov|timebestilling|appointment)"),
    ("around-the-clock", r"(?i:d(ø|o|oe)gn)"),
    (
        "group-of-days",
        r"(?i:\b(hver|kvar|arbeids|vir?ke|yrke|uke|veke)dag|\balle dag|\b(week|work)days?\b|\bdaily\b|\bdag(leg|lig)\b|\bhelg)",
    ),
    ("doubled-sign", r"[;,]{2}|^[;,]"),
    ("dash", r"[–—−‐‑]"),
    ("odd-weeks", r"(?i:\bweek\b|\buke[rn]?\b|\bveke|annenhver|anna(n)?kvar|partal|oddetal)"),
    ("nth-weekday", r"\[|(?i:\b(første|andre|tredje|siste) \w+dag)"),
    ("school-holidays", r"\bSH\b|(?i:skolefer|skuleferi)"),
    ("comment", r"[\"“”«»()]"),
    ("sun", r"(?i:\b(sunrise|sunset|dawn|dusk)\b)"),
    ("holidays-word", r"(?i:h(e|ei)ll?ige?dag|(rød|raud)e? dag|\bholidays?\b)"),
    ("closed-word", r"(?i:\b(stengt?|lukket|lukka|closed?)\b)"),
    ("unknown-word", r"(?i:\b(unknown|ukjent|open|åpent?|ope|varier(er|ar|ande|ende)|variabelt)\b)"),
    ("easter-word", r"(?i:\bp(å|aa)ske|\bpinse|skj(æ|e)rtorsdag|langfredag)"),
    (
        "season-word",
        r"(?i:\b(jula|julen|jule?(kveld|aften|aftan)|nytt?år|romjul|romhel|somm[ae]r|vinter)|ferien?\b)",
    ),
    ("year-last", rf"\b{_MONTH}[a-z]* (\d{{1,2}})\.?,? (20\d\d)\b"),
    ("ordinal", r"\b\d{1,2}(st|nd|rd|th)\b"),
    ("no-such-month", r"\b(\d{4})-(?!0[1-9]|1[0-2])\d\d-(\d\d)\b"),
    ("iso-date", r"\b(\d{4})-(\d\d)-(\d\d)\b"),
    ("day-first", rf"(?i:\b(\d{{1,2}})\.\s*{_MONTH}[a-zæøå]*)"),
    ("day-first", rf"(?i:(?<!\d\d:\d\d-)(?<!\d\d:)\b(\d{{1,2}})\s+{_MONTH}[a-zæøå]*(?!\s+\d))"),
    (
        "numeric-date",
        (
            r"\b\d{1,2}\.(0?[1-9]|1[0-2])\.(\d{4}|\d\d)?(?!\d)|"
            r"\b(?!24/7)\d{1,2}/(0?[1-9]|1[0-2])\b|"
            r"(?<![-\d.:])\b\d{1,2}\.(0?[1-9]|1[0-2])(\s*-\s*\d{1,2}\.(0?[1-9]|1[0-2]))?\s*(off|$|;|,)"
        ),
    ),
    ("kl", r"(?i:\bkl\b|\bklokk[ae]n?\b)"),
    (
        "weekday-word",
        (
            r"(?i:\b(måndag|mandag|monday|mån|man|mon|ma|tirsdag|tysdag|tuesday|tirs|tues|tir|tys|tue|ti|"
            r"onsdag|wednesday|ons|wed|on|torsdag|thursday|tors|thurs|tor|thur|thu|to(?=\s*[-,])|(?<=-)to|"
            r"fredag|friday|fre|fri|lørdag|laurdag|saturday|lør|lau|sat|lø|søndag|sundag|sunday|søn|sun|sø)"
            r"(er|ar|s)?\b)"
        ),
    ),
    ("case", r"(?!Mo|Tu|We|Th|Fr|Sa|Su|PH|off|easter)\b(?i:mo|tu|we|th|fr|sa|su|ph|off|easter)\b"),
    (
        "case",
        (
            r"(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
            r"\b(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b"
        ),
    ),
    (
        "month-word",
        (
            r"(?i:\b(januar|january|februar|february|mars|march|april|mai|juni|june|juli|july|august|"
            r"september|sept|oktober|october|okt|november|desember|december|des)\b)"
        ),
    ),
    ("joined-words", r"(?i:\b(og|and|samt)\b)|&"),
    ("from-to", r"(?i:\b(til|to|fra|frå|from|until)\b)"),
    ("open-end", r":\d\d\s*\+"),
    ("over-days", rf"\b{_DAY} \d\d:\d\d\s*-\s*{_DAY} \d\d:\d\d"),
    ("colon-after-days", r"(?:[A-Za-z]{3} \d{1,2}|[A-Za-z][A-Za-z,-]+)\s*:(?!\d\d[^:])"),
    ("dots", r"(?<![\d:])\d{1,2}\.[0-5]\d(-\d{1,2}\.[0-5]\d)?(?!\d)"),
    ("one-digit", r"(?<![\d:])\d:[0-5]\d\b"),
    ("times", _TIMES),
    ("no-end", r"(?<![\d:-])[0-2]\d:[0-5]\d(?=\s*-?\s*($|[;,]))"),
    ("fallback", r"\|\|"),
    ("month-alone", rf"\b{_MONTH}\b(?!\s+\d)"),
)
"""A code of SENTENCES, and what the mistake looks like. The first that fits is told."""

RIGHT: dict[str, Callable[[re.Match[str]], str]] = {
    "year-last": _year_last,
    "ordinal": _ordinal,
    "iso-date": _iso,
    "day-first": _date,
    "weekday-word": _day,
    "case": _case,
    "month-word": _month,
    "colon-after-days": _colon,
    "dots": _dots,
    "one-digit": _one_digit,
    "times": _times,
}
"""What makes the right text of what was written."""

_COMPILED = tuple((code, re.compile(pattern)) for code, pattern in MISTAKES)


def common_mistake(text: str) -> HoursError | None:
    """The mistake that best explains why `text` could not be read, if it is one that people often make."""
    for code, pattern in _COMPILED:
        if found := pattern.search(text):
            return HoursError(code, wrong=found[0], right=RIGHT[code](found) if code in RIGHT else "")
    return None
