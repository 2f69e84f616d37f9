"""Small words of the pages: labels, dates, numbers. Call inside `translation.override(language)`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from samvirke.catalogue.finnhjelp.site import LANGUAGES, Access, Gap, Group, ServiceView, Text
from samvirke.kit.phones import say_number as say_number

_DAYS = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "nn": ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_MONTHS["nn"] = _MONTHS["nb"]

_GROUPS = {
    Group.EVERYONE: gettext_noop("Alle"),
    Group.CHILDREN: gettext_noop("Barn"),
    Group.YOUTH: gettext_noop("Ungdom"),
    Group.ADULTS: gettext_noop("Voksne"),
    Group.ELDERLY: gettext_noop("Eldre"),
    Group.PARENTS: gettext_noop("Foreldre"),
    Group.RELATIVES: gettext_noop("Pårørende"),
    Group.BEREAVED: gettext_noop("Etterlatte"),
    Group.VICTIMS: gettext_noop("Utsatte for vold eller overgrep"),
    Group.VISITORS: gettext_noop("Besøkende"),
    Group.PROFESSIONALS: gettext_noop("Fagfolk"),
}
_RULES = {
    "services": gettext_noop("at tjenesten finnes"),
    "target-groups": gettext_noop("hvem tjenesten er for"),
    "opening-hours": gettext_noop("åpningstid"),
    "phone": gettext_noop("telefonnummer"),
    "phone-hours": gettext_noop("telefontid"),
    "address": gettext_noop("adresse"),
    "gp-same-day": gettext_noop("at fastlegen skal gi øyeblikkelig hjelp på dagtid"),
    "out-of-hours-legevakt": gettext_noop("den lokale legevakten med navn og telefonnummer"),
    "acute-specialist": gettext_noop("akuttmottaket i spesialisthelsetjenesten"),
    "freshness": gettext_noop("når opplysningene sist ble sjekket"),
}
_LANGUAGES = {
    "nb": gettext_noop("bokmål"),
    "nn": gettext_noop("nynorsk"),
    "no": gettext_noop("norsk"),
    "en": gettext_noop("engelsk"),
    "se": gettext_noop("nordsamisk"),
    "sma": gettext_noop("sørsamisk"),
    "smj": gettext_noop("lulesamisk"),
    "nsl": gettext_noop("norsk tegnspråk"),
    "uk": gettext_noop("ukrainsk"),
    "pl": gettext_noop("polsk"),
    "ar": gettext_noop("arabisk"),
    "so": gettext_noop("somali"),
    "ti": gettext_noop("tigrinja"),
    "ru": gettext_noop("russisk"),
    "lt": gettext_noop("litauisk"),
    "de": gettext_noop("tysk"),
    "fr": gettext_noop("fransk"),
    "es": gettext_noop("spansk"),
    "fa": gettext_noop("persisk"),
    "ur": gettext_noop("urdu"),
}


def spoken(language: str) -> str:
    """The language in which days, months and hours are said: the page's own when we have it, else bokmål."""
    return language if language in LANGUAGES else "nb"


def pick(text: Text, language: str, default: str) -> str:
    """A text in the page's language, else in the municipality's, else in whichever exists; "" when none does."""
    return text.get(language) or text.get(default) or text.get("nb") or next(iter(text.values()), "")


def tongue(text: Text, language: str, default: str) -> str:
    """The language `pick` answers in, when it is another than the page's; "" when it is the page's own."""
    if not text or language in text or language not in LANGUAGES:
        return ""
    return next(code for code in (default, "nb", *text) if code in text)


def say_date(day: date, language: str) -> str:
    """Say "22. november 2026", "22 November 2026"."""
    said = spoken(language)
    dot = "" if said == "en" else "."
    return f"{day.day}{dot} {_MONTHS[said][day.month - 1]} {day.year}"


def say_day(day: date, language: str) -> str:
    """Say "søndag 22. november", "Sunday 22 November"."""
    said = spoken(language)
    dot = "" if said == "en" else "."
    return f"{_DAYS[said][day.weekday()]} {day.day}{dot} {_MONTHS[said][day.month - 1]}"


def say_weekday(number: int, language: str) -> str:
    """Name of a weekday; 0 is Monday."""
    return _DAYS[spoken(language)][number]


def say_clock(moment: datetime, language: str) -> str:
    """Say "15.30", in English "15:30"."""
    return moment.strftime("%H:%M" if spoken(language) == "en" else "%H.%M")


def say_ages(low: int | None, high: int | None) -> str:
    """Say "13–24 år", "fra 18 år", "til 17 år", "" when no limit is told."""
    if low is not None and high is not None:
        return _("%(low)s–%(high)s år") % {"low": low, "high": high}
    if low:
        return _("fra %(low)s år") % {"low": low}
    return _("til og med %(high)s år") % {"high": high} if high is not None else ""


def say_groups(groups: Sequence[Group]) -> str:
    """Say "Barn, ungdom og foreldre"; with everyone among them "Alle, også pårørende"."""
    names = [_(_GROUPS[group]) for group in groups if group is not Group.EVERYONE]
    low = [name[:1].lower() + name[1:] for name in names]
    if Group.EVERYONE in groups:
        return _("Alle, også %(others)s") % {"others": join(low)} if low else _("Alle")
    return join(names[:1] + low[1:])


def join(parts: Sequence[str]) -> str:
    """Say "a, b og c"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(some)s og %(last)s") % {"some": ", ".join(parts[:-1]), "last": parts[-1]}


def say_audience(service: ServiceView, language: str, default: str) -> str:
    """Who the service is for: in its own words, else groups; with ages unless the words hold a number."""
    words = pick(service.audience, language, default) or say_groups(service.groups)
    ages = say_ages(service.age_min, service.age_max)
    if not ages or any(sign.isdigit() for sign in words):
        return words
    return f"{words}, {ages}" if words else ages[:1].upper() + ages[1:]


def say_access(service: ServiceView, language: str, default: str) -> str:
    """The way in. Who can send for a service is said only where somebody has confirmed it."""
    own = pick(service.access_text, language, default) if service.access_verified else ""
    if own:
        return own
    if not service.access_verified:
        return (
            "" if service.access is Access.SELF else _("Kommunen har ikke bekreftet hvordan du får kontakt.")
        )
    return {
        Access.SELF: _("Du kan ta kontakt selv."),
        Access.THROUGH: _("Du får kontakt gjennom en annen tjeneste."),
        Access.REFERRAL: _("Du trenger henvisning."),
        Access.PROFESSIONALS: _("Bare for fagfolk."),
    }[service.access]


def say_unsure(numbers: Sequence[str]) -> str:
    """Say numbers without promising that residents may ring them; "" when there are none."""
    if not numbers:
        return ""
    said = _("Nummer: %(numbers)s. Kommunen har ikke bekreftet hvem som kan ringe.")
    return said % {"numbers": join(numbers)}


def say_languages(service: ServiceView) -> str:
    """Languages the staff speak, and whether there are interpreters; "" when nothing is told."""
    names = [say_language(code) for code in service.languages]
    text = join(names)
    text = text[:1].upper() + text[1:]
    if service.interpreter:
        return f"{text}. {_('Du kan få tolk.')}" if text else _("Du kan få tolk.")
    return text


def say_language(code: str) -> str:
    """Name of a language that staff speak, inside a sentence: "ukrainsk"; its code when we have no name."""
    return _(_LANGUAGES.get(code, code))


def say_gaps(gaps: Sequence[Gap], language: str, default: str) -> list[str]:
    """What is not told, then what is due again, one line per service: "Kriseteamet: adresse (bør sjekkes på nytt)"."""
    lines: dict[tuple[str, str], dict[str, list[str]]] = {}
    for gap in gaps:
        name, piece = pick(gap.service, language, default), say_rule(gap.rule)
        line = lines.setdefault(
            (name, "" if name else piece), {}
        )  # a piece of no service has a line of its own
        line.setdefault(gap.state, []).append(piece)
    return [_say_line(name, pieces) for (name, _piece), pieces in lines.items()]


def _say_line(name: str, pieces: Mapping[str, Sequence[str]]) -> str:
    missing, overdue = (", ".join(dict.fromkeys(pieces.get(state, ()))) for state in ("missing", "overdue"))
    again = _("%(line)s (bør sjekkes på nytt)") % {"line": overdue} if overdue else ""
    text = "; ".join(filter(None, (missing, again)))
    return f"{name}: {text}" if name else text[:1].upper() + text[1:]


def say_rule(rule: str) -> str:
    """Name of one of the letter's rules, "telefontid"."""
    return _(_RULES.get(rule, rule))


def around_the_clock() -> str:
    return pgettext("opening hours", "Hele døgnet")
