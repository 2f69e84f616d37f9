"""What the lists say: tabs, groups, what to do through which channel, and moments as people say them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.models import Person
from samvirke.followup.rules.interpreting import Booking, Kind, State, state
from samvirke.followup.rules.lists import Group
from samvirke.kit.hours import OSLO

LISTS = {
    "today": _("Mine i dag"),
    "ahead": _("Mine framover"),
    "deputy": _("Som stedfortreder"),
    "overdue": _("Over fristen"),
    "waiting": _("Venter"),
    "team": _("Teamets"),
    "uncovered": _("Ingen på jobb"),
    "queue": _("Uten kontaktperson"),
}
MEANS = {
    "today": _(
        "Dem du kan kontakte i dag. Her står også dem du er stedfortreder for når kontaktpersonen er borte."
    ),
    "ahead": _("Dem du skal kontakte senere."),
    "deputy": _("Dem du er stedfortreder for."),
    "overdue": _("Fristen for neste steg er passert."),
    "waiting": _(
        "Dødsbudskap som ikke er levert, flytting til en annen kommune, og annet som lederen må avgjøre."
    ),
    "team": _("Alle som følges opp i kommunen."),
    "uncovered": _("Både kontaktpersonen og stedfortrederen er borte i dag. Gi personene en annen."),
}
EMPTY = {
    "today": (_("Ingen å kontakte nå"), _("Se «Mine framover» for dem som kommer senere.")),
    "ahead": (_("Ingen senere"), _("Alle du har ansvar for, står under «Mine i dag» eller «Venter».")),
    "deputy": (_("Du er ikke stedfortreder for noen"), _("Lederen velger stedfortreder for hver person.")),
    "overdue": (_("Ingen er over fristen"), _("Alle har en frist som ligger framover.")),
    "waiting": (_("Ingen venter"), _("Ingenting venter på politiet, en annen kommune eller lederen.")),
    "team": (_("Ingen følges opp"), _("Registrer personer fra hendelsen. De kommer i køen.")),
    "uncovered": (_("Alle er dekket"), _("Alle har noen på jobb.")),
}
COLLEAGUES = _("Navn vises ikke her. Bare kontaktperson, stedfortreder og leder ser hvem det er.")
GROUPS = {
    Group.LATE: _("For sent"),
    Group.TODAY: _("I dag"),
    Group.WEEK: _("De neste sju dagene"),
    Group.LATER: _("Senere"),
}
DO = {
    "phone": _("Ring"),
    "meeting": _("Møt personen"),
    "visit": _("Besøk personen"),
    "sms": _("Send SMS"),
    "letter": _("Send brev"),
    "video": _("Møt personen på video"),
    "e-mail": _("Send e-post"),
    "other": _("Ta kontakt"),
}
LEADER_DECIDES = _("Lederen avgjør")
FILTERED_BY_LANGUAGE = {
    "nb": _("norsk"),
    "en": _("engelsk"),
    "se": _("nordsamisk"),
    "nsl": _("norsk tegnspråk"),
    "ar": _("arabisk"),
    "fa": _("persisk"),
    "lt": _("litauisk"),
    "pl": _("polsk"),
    "so": _("somali"),
    "ti": _("tigrinja"),
    "uk": _("ukrainsk"),
    "ur": _("urdu"),
}
QUEUED = {
    "left": _("Kontaktperson eller stedfortreder har sluttet"),
    "barred": _("Kontaktpersonen kan ikke følge opp personen lenger"),
    "apart": _("Må ha en annen kontaktperson enn en som skal holdes atskilt"),
    "again": _("Tatt opp igjen"),
    "new": _("Ny på listen"),
}


BINS = {
    "day": _("innen ett døgn"),
    "two-days": _("ett til to døgn"),
    "three-days": _("to til tre døgn"),
    "later": _("etter tre døgn"),
    "not-yet": _("ikke nådd ennå"),
}


@dataclass(frozen=True)
class Interpreting:
    """How it stands with an interpreter for a contact, in words."""

    state: State
    text: str

    @property
    def booked(self) -> bool:
        """Say whether somebody comes."""
        return self.state is State.BOOKED


def interpreting(
    person: Person, booking: Booking | None, now: datetime, *, kind: str = "", agency: str = ""
) -> Interpreting | None:
    """Return how it stands with an interpreter for a contact, None where none is needed."""
    found = state(needs=person.interpreter, language=person.language, booking=booking, now=now)
    if found is State.NOT_NEEDED:
        return None
    if found is State.CANNOT_COME:
        return Interpreting(found, gettext("Tolken kan ikke komme – bestill en ny"))
    if found is State.NEEDED or booking is None:
        return Interpreting(found, gettext("Tolk trengs – ikke bestilt"))
    what = str(words.INTERPRETERS[Kind(kind)]) if kind else gettext("Tolk")
    text = gettext("{what} er bestilt til {when}").format(what=what, when=clock(booking.at, now))
    return Interpreting(found, ", ".join(filter(None, (text, agency))))


def clock(at: datetime, now: datetime) -> str:
    """Return a moment with its clock, also when it is far off."""
    local = at.astimezone(OSLO)
    near = abs((local.date() - now.astimezone(OSLO).date()).days) <= 1
    return (
        moment(at, now)
        if near
        else f"{moment(at, now)} {gettext('kl. {time}').format(time=local.strftime('%H.%M'))}"
    )


def moment(at: datetime, now: datetime) -> str:
    """Return a moment as people say it: "i dag kl. 14.00", "i morgen kl. 9.00", "torsdag 26. november"."""
    local, today = at.astimezone(OSLO), now.astimezone(OSLO).date()
    clock = local.strftime("%H.%M")
    days = (local.date() - today).days
    if days in {-1, 0, 1}:
        near = {
            -1: gettext("i går kl. {clock}"),
            0: gettext("i dag kl. {clock}"),
            1: gettext("i morgen kl. {clock}"),
        }
        return near[days].format(clock=clock)
    return date_format(local, "l j. F" if local.year == today.year else "j. F Y").lower()


def waited(since: datetime, now: datetime) -> str:
    """Return how long somebody has waited: minutes, then hours and minutes, then days and hours."""
    minutes = max(int((now - since) / timedelta(minutes=1)), 0)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return gettext("{days} d {hours} t").format(days=days, hours=hours)
    if hours:
        return gettext("{hours} t {minutes} min").format(hours=hours, minutes=rest)
    return gettext("{minutes} min").format(minutes=rest)
