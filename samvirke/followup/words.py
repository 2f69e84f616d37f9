"""What parts, outcomes, steps and endings are called."""

from django.utils.translation import gettext_lazy as _

from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Protection, Source

PARTS = {
    Part.BEREAVED: _("Etterlatt"),
    Part.RELATIVE_OF_MISSING: _("Pårørende til en savnet"),
    Part.INJURED: _("Skadd"),
    Part.CLOSE_TO_INJURED: _("Nær en som er skadd"),
    Part.WITNESS: _("Vitne"),
    Part.CLOSE_TO_WITNESS: _("Nær et vitne"),
    Part.OTHER: _("Annen rammet"),
    Part.HELPER: _("Hjelper"),
    Part.DEAD: _("Død (kontaktes aldri)"),
    Part.MISSING: _("Savnet (kontaktes aldri)"),
}
SOURCES = {
    Source.POLICE: _("Politiet"),
    Source.EPS: _("Evakuerte- og pårørendesenteret"),
    Source.LEGEVAKT: _("Legevakten"),
    Source.HOSPITAL: _("Sykehuset"),
    Source.SCHOOL: _("Skolen"),
    Source.SELF: _("Personen selv"),
    Source.TIP: _("Tips"),
    Source.MUNICIPALITY: _("Kommunen"),
}
PROTECTIONS = {
    Protection.NONE: _("Ingen adressesperre"),
    Protection.CONFIDENTIAL: _("Fortrolig adresse"),
    Protection.STRICTLY_CONFIDENTIAL: _("Strengt fortrolig adresse"),
}
OUTCOMES = {
    Outcome.ACUTE_DANGER: _("Fare for liv"),
    Outcome.ACCEPTS: _("Nådd, vil ha kontakt"),
    Outcome.NOT_NOW: _("Nådd, ønsker ikke nå"),
    Outcome.UNABLE: _("Nådd, klarer ikke å ta imot hjelp nå"),
    Outcome.NO_THANKS: _("Nådd, takker nei"),
    Outcome.NEEDS_INTERPRETER: _("Trenger tolk"),
    Outcome.ANOTHER_ANSWERED: _("En annen svarte"),
    Outcome.NO_ANSWER: _("Ikke svar"),
    Outcome.WRONG_NUMBER: _("Feil nummer"),
    Outcome.MOVED: _("Har flyttet"),
    Outcome.ABROAD: _("Er i utlandet"),
    Outcome.NEVER_AGAIN: _("Vil aldri kontaktes"),
    Outcome.DECEASED: _("Er død"),
}
CHANNELS = {
    "phone": _("Telefon"),
    "meeting": _("Møte"),
    "visit": _("Besøk"),
    "sms": _("SMS"),
    "letter": _("Brev"),
    "video": _("Video"),
    "e-mail": _("E-post"),
    "other": _("Annet"),
}
ENDINGS = {
    Ending.OFFERED_A_YEAR: _("Tilbudt i minst tolv måneder"),
    Ending.OWN_WISH: _("Personen ønsker å avslutte"),
    Ending.DECEASED: _("Personen er død"),
    Ending.NOT_AFFECTED: _("Var ikke rammet"),
}
STEPS = {
    "first": _("Første kontakt"),
    "day-3": _("Dag 3"),
    "day-7": _("Dag 7"),
    "week-2": _("Uke 2"),
    "week-3": _("Uke 3"),
    "week-5": _("Uke 5"),
    "month-1": _("Etter en måned"),
    "mapping-1": _("Kartlegging etter en måned"),
    "month-3": _("Etter tre måneder"),
    "month-6": _("Etter et halvt år"),
    "year-1": _("Før årsdagen"),
    "month-18": _("Etter halvannet år"),
    "year-2": _("Etter to år"),
    "year-3": _("Etter tre år"),
    "agreed": _("Avtalt kontakt"),
    "ask-again": _("Spør igjen"),
    "from-abroad": _("Kontakt i utlandet"),
    "after-danger": _("Etter fare for liv"),
    "after-pause": _("Etter pausen"),
    "death-message": _("Dødsbudskapet"),
    "confirm-stop": _("Bekreft at personen ikke vil kontaktes"),
    "confirm-death": _("Bekreft dødsfallet"),
    "review-unanswered": _("Tre forsøk uten svar"),
    "review-closing": _("Avgjør om oppfølgingen skal avsluttes"),
    "find-number": _("Finn riktig nummer"),
    "transfer": _("Overfør til ny kommune"),
    "trial": _("Rettssak"),
    "anniversary": _("Årsdag"),
    "media": _("Omtale i mediene"),
    "report": _("Granskingsrapport"),
    "autopsy": _("Svar på obduksjon"),
    "move": _("Flytting"),
    "other": _("Annet"),
}


def step_name(code: str) -> object:
    """Return what a step is called. Renewed offers are numbered in their codes."""
    return _("Tilby kontakt på nytt") if code.startswith("offer-") else STEPS.get(code, code)


CHANGES = {
    "assigned": _("Fikk kontaktperson"),
    "left": _("Kontaktperson eller stedfortreder sluttet"),
    "changed": _("Byttet kontaktperson"),
}
CLOSED = _("Oppfølgingen ble avsluttet")
LISTS = {
    "mine": _("Mine"),
    "stedfortreder": _("Jeg er stedfortreder"),
    "over-fristen": _("Over fristen"),
    "alle": _("Alle i kommunen"),
}
