"""What people often write instead, and what to tell them. Nothing is guessed: the text is refused."""

import re
from collections.abc import Callable

from samvirke.kit.hours.errors import HoursError

Answer = str | Callable[[re.Match[str]], str]

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
    word = found[0]
    right = DAY_WORDS.get(word.lower()[:3]) or DAY_WORDS.get(word.lower()[:2]) or "Mo"
    return (
        f"Skriv ukedagene som Mo, Tu, We, Th, Fr, Sa og Su: «{right}» i stedet for «{word}», "
        "for eksempel «Mo-Fr 08:00-15:30»."
    )


def _month(found: re.Match[str]) -> str:
    right = MONTH_WORDS[found[0].lower()[:3]]
    return (
        f"Skriv måneden på engelsk med tre bokstaver og foran dagen: «{right}» i stedet for «{found[0]}», "
        "for eksempel «Dec 24 off»."
    )


def _date(found: re.Match[str]) -> str:
    right = f"{MONTH_WORDS[found[2].lower()]} {int(found[1]):02}"
    return f"Skriv datoen med måneden først: «{right}» i stedet for «{found[0]}»."


def _dots(found: re.Match[str]) -> str:
    return f"Skriv klokkeslett med kolon: «{found[0].replace('.', ':')}» i stedet for «{found[0]}»."


def _times(found: re.Match[str]) -> str:
    right = f"{int(found['a']):02}:{found['am'] or '00'}-{int(found['b']):02}:{found['bm'] or '00'}"
    return (
        f"Skriv klokkeslett med to sifre, kolon og to sifre: «{right}» i stedet for «{found[0]}», "
        "for eksempel «Mo-Fr 08:00-15:30»."
    )


def _one_digit(found: re.Match[str]) -> str:
    return f"Skriv klokkeslett med to sifre foran kolon: «0{found[0]}» i stedet for «{found[0]}»."


def _case(found: re.Match[str]) -> str:
    word = found[0]
    right = {"ph": "PH", "off": "off", "easter": "easter"}.get(word.lower(), word.capitalize())
    return f"Store og små bokstaver teller: skriv «{right}» i stedet for «{word}»."


def _iso(found: re.Match[str]) -> str:
    month = int(found[2])
    names = list(dict.fromkeys(MONTH_WORDS.values()))
    if not 1 <= month <= len(names):
        return f"Måneden i «{found[0]}» finnes ikke: skriv datoen slik: «2026 Dec 24»."
    return f"Skriv datoen slik: «{found[1]} {names[month - 1]} {found[3]}» i stedet for «{found[0]}»."


def _year_last(found: re.Match[str]) -> str:
    right = f"{found[3]} {MONTH_WORDS[found[1].lower()]} {int(found[2]):02}"
    return f"Skriv årstallet først: «{right}» i stedet for «{found[0]}»."


def _ordinal(found: re.Match[str]) -> str:
    return f"Skriv dagen med bare tall: «{found[0][:-2]}» i stedet for «{found[0]}»."


def _over_days(found: re.Match[str]) -> str:
    return (
        f"Del opp «{found[0]}» i ett tidsrom for hver dag, "
        "for eksempel «Fr 15:00-24:00; Sa,Su 00:00-24:00, Mo 00:00-08:00»."
    )


def _colon(found: re.Match[str]) -> str:
    return f"Skriv et mellomrom i stedet for kolon etter dagene: «{found[0].rstrip(': ')} 08:00-15:30»."


MISTAKES: tuple[tuple[str, str, Answer], ...] = (
    (
        "newline",
        r"[\r\n]",
        "Skriv alt på én linje, med semikolon mellom reglene, for eksempel «Mo-Fr 08:00-15:30; PH off».",
    ),
    (
        "by-appointment",
        r"(?i:avtal[ea]|ved behov|timebestilling|appointment)",
        (
            "«Etter avtale» er ikke en åpningstid: la feltet stå tomt, "
            "og skriv i teksten om kontakt hvordan man gjør avtale."
        ),
    ),
    (
        "around-the-clock",
        r"(?i:d(ø|o|oe)gn)",
        "Skriv «24/7» for hele døgnet alle dager, eller for eksempel «Sa,Su 00:00-24:00» for enkelte dager.",
    ),
    (
        "group-of-days",
        r"(?i:\b(hver|kvar|arbeids|vir?ke|yrke|uke|veke)dag|\balle dag|\b(week|work)days?\b|\bdaily\b|\bdag(leg|lig)\b|\bhelg)",
        "Skriv «Mo-Fr» for hverdager, «Sa,Su» for helger og «Mo-Su» for alle dager, for eksempel «Mo-Fr 08:00-15:30».",
    ),
    (
        "doubled-sign",
        r"[;,]{2}|^[;,]",
        "Skriv ett semikolon eller ett komma mellom reglene, og ikke noe foran den første.",
    ),
    ("dash", r"[–—−‐‑]", "Bruk vanlig bindestrek (-) og ikke tankestrek, for eksempel «Mo-Fr 08:00-15:30»."),
    (
        "odd-weeks",
        r"(?i:\bweek\b|\buke[rn]?\b|\bveke|annenhver|anna(n)?kvar|partal|oddetal)",
        (
            "Annenhver uke og ukenumre kan ikke skrives her: skriv tidene som gjelder hver uke, "
            "eller hver dato for seg, for eksempel «2026 Dec 24 10:00-12:00»."
        ),
    ),
    (
        "nth-weekday",
        r"\[|(?i:\b(første|andre|tredje|siste) \w+dag)",
        (
            "«Første mandag i måneden» og lignende kan ikke skrives her: skriv hver dato for seg, "
            "for eksempel «2026 Dec 07 10:00-12:00»."
        ),
    ),
    (
        "school-holidays",
        r"\bSH\b|(?i:skolefer|skuleferi)",
        "Skoleferier er ulike fra sted til sted: skriv datoene, for eksempel «Jun 20-Aug 17 off».",
    ),
    (
        "comment",
        r"[\"“”«»()]",
        "Skriv bare dager og tider, uten merknader i hermetegn eller parentes; merknaden hører hjemme i teksten.",
    ),
    ("sun", r"(?i:\b(sunrise|sunset|dawn|dusk)\b)", "Skriv klokkeslett og ikke soloppgang eller solnedgang."),
    (
        "holidays-word",
        r"(?i:h(e|ei)ll?ige?dag|(rød|raud)e? dag|\bholidays?\b)",
        "Skriv «PH» for helligdager, til sist etter ukedagene, for eksempel «Mo-Fr 08:00-15:30; PH off».",
    ),
    (
        "closed-word",
        r"(?i:\b(stengt?|lukket|lukka|closed?)\b)",
        "Skriv «off» når det er stengt, for eksempel «PH off» eller «Dec 24 off».",
    ),
    (
        "unknown-word",
        r"(?i:\b(unknown|ukjent|open|åpent?|ope|varier(er|ar|ande|ende)|variabelt)\b)",
        (
            "Skriv bare dagene og tidene det er åpent, for eksempel «Mo-Fr 08:00-15:30», "
            "og la feltet stå tomt hvis tidene ikke er kjent."
        ),
    ),
    (
        "easter-word",
        r"(?i:\bp(å|aa)ske|\bpinse|skj(æ|e)rtorsdag|langfredag)",
        (
            "Skriv dager rundt påske med «easter», for eksempel «easter -3 days-easter +1 day off» "
            "fra skjærtorsdag til 2. påskedag."
        ),
    ),
    (
        "season-word",
        r"(?i:\b(jula|julen|jule?(kveld|aften|aftan)|nytt?år|romjul|romhel|somm[ae]r|vinter)|ferien?\b)",
        "Skriv datoene, for eksempel «Dec 24 off» eller «Jun 15-Aug 20 Mo-Fr 09:00-14:00».",
    ),
    ("year-last", rf"\b{_MONTH}[a-z]* (\d{{1,2}})\.?,? (20\d\d)\b", _year_last),
    ("ordinal", r"\b\d{1,2}(st|nd|rd|th)\b", _ordinal),
    ("iso-date", r"\b(\d{4})-(\d\d)-(\d\d)\b", _iso),
    ("day-first", rf"(?i:\b(\d{{1,2}})\.\s*{_MONTH}[a-zæøå]*)", _date),
    ("day-first", rf"(?i:(?<!\d\d:\d\d-)(?<!\d\d:)\b(\d{{1,2}})\s+{_MONTH}[a-zæøå]*(?!\s+\d))", _date),
    (
        "numeric-date",
        (
            r"\b\d{1,2}\.(0?[1-9]|1[0-2])\.(\d{4}|\d\d)?(?!\d)|"
            r"\b(?!24/7)\d{1,2}/(0?[1-9]|1[0-2])\b|"
            r"(?<![-\d.:])\b\d{1,2}\.(0?[1-9]|1[0-2])(\s*-\s*\d{1,2}\.(0?[1-9]|1[0-2]))?\s*(off|$|;|,)"
        ),
        "Skriv datoer med engelsk månedsnavn og dag, for eksempel «Dec 24 off» eller «2026 Dec 24 10:00-12:00».",
    ),
    (
        "kl",
        r"(?i:\bkl\b|\bklokk[ae]n?\b)",
        "Skriv klokkeslettet alene, uten «kl.», for eksempel «08:00-15:30».",
    ),
    (
        "weekday-word",
        (
            r"(?i:\b(måndag|mandag|monday|mån|man|mon|ma|tirsdag|tysdag|tuesday|tirs|tues|tir|tys|tue|ti|"
            r"onsdag|wednesday|ons|wed|on|torsdag|thursday|tors|thurs|tor|thur|thu|to(?=\s*[-,])|(?<=-)to|"
            r"fredag|friday|fre|fri|lørdag|laurdag|saturday|lør|lau|sat|lø|søndag|sundag|sunday|søn|sun|sø)"
            r"(er|ar|s)?\b)"
        ),
        _day,
    ),
    ("case", r"(?!Mo|Tu|We|Th|Fr|Sa|Su|PH|off|easter)\b(?i:mo|tu|we|th|fr|sa|su|ph|off|easter)\b", _case),
    (
        "case",
        (
            r"(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
            r"\b(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b"
        ),
        _case,
    ),
    (
        "month-word",
        (
            r"(?i:\b(januar|january|februar|february|mars|march|april|mai|juni|june|juli|july|august|"
            r"september|sept|oktober|october|okt|november|desember|december|des)\b)"
        ),
        _month,
    ),
    (
        "joined-words",
        r"(?i:\b(og|and|samt)\b)|&",
        "Bruk komma mellom dager og mellom tidsrom, for eksempel «Mo,We 09:00-11:00,12:00-15:00».",
    ),
    (
        "from-to",
        r"(?i:\b(til|to|fra|frå|from|until)\b)",
        "Bruk bindestrek fra og til, for eksempel «08:00-15:30».",
    ),
    ("open-end", r":\d\d\s*\+", "Skriv når det stenger, for eksempel «18:00-22:00», og ikke «18:00+»."),
    ("over-days", rf"\b{_DAY} \d\d:\d\d\s*-\s*{_DAY} \d\d:\d\d", _over_days),
    ("colon-after-days", r"(?:[A-Za-z]{3} \d{1,2}|[A-Za-z][A-Za-z,-]+)\s*:(?!\d\d[^:])", _colon),
    ("dots", r"(?<![\d:])\d{1,2}\.[0-5]\d(-\d{1,2}\.[0-5]\d)?(?!\d)", _dots),
    ("one-digit", r"(?<![\d:])\d:[0-5]\d\b", _one_digit),
    ("times", _TIMES, _times),
    (
        "no-end",
        r"(?<![\d:-])[0-2]\d:[0-5]\d(?=\s*-?\s*($|[;,]))",
        "Skriv både når det åpner og når det stenger, for eksempel «08:00-15:30».",
    ),
    ("fallback", r"\|\|", "Bruk semikolon mellom reglene og ikke «||»."),
    (
        "month-alone",
        rf"\b{_MONTH}\b(?!\s+\d)",
        "Skriv dager sammen med månedene, for eksempel «Jul 01-Jul 31 off».",
    ),
)
"""A code, what the mistake looks like, and the sentence (or what makes it). The first that fits is told."""

_COMPILED = tuple((code, re.compile(pattern), answer) for code, pattern, answer in MISTAKES)


def common_mistake(text: str) -> HoursError | None:
    """The mistake that best explains why `text` could not be read, if it is one that people often make."""
    for code, pattern, answer in _COMPILED:
        found = pattern.search(text)
        if found:
            return HoursError(code, answer if isinstance(answer, str) else answer(found))
    return None
