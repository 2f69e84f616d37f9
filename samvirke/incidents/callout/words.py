"""What functions, reasons, answers and texts of an alert are called."""

from django.utils.translation import gettext_lazy as _

from samvirke.incidents.callout.rules import Answer, Because, Function

FUNCTIONS = {
    Function.LEADER: _("Leder"),
    Function.DEPUTY_LEADER: _("Nestleder"),
    Function.CONTACT_PERSON: _("Kontaktperson"),
    Function.DOCTOR: _("Lege"),
    Function.PSYCHOLOGIST: _("Psykolog"),
    Function.MENTAL_HEALTH: _("Psykisk helse og rus"),
    Function.HEALTH_NURSE: _("Helsesykepleier"),
    Function.CHILD_WELFARE: _("Barnevern"),
    Function.SCHOOL: _("Skole og barnehage"),
    Function.PRIEST: _("Prest eller annen tros- og livssynsleder"),
    Function.RESOURCE: _("Ressursperson"),
    Function.LEGEVAKT: _("Legevakt (varsles når ingen kommer)"),
    Function.CRISIS_LEADERSHIP: _("Kommunens kriseledelse (varsles når ingen kommer)"),
}
BECAUSE = {
    Because.CHOSEN: _("kalt ut"),
    Because.DEPUTY: _("kalt ut som stedfortreder"),
    Because.NEXT: _("kalt ut som neste i rekken"),
    Because.BY_HAND: _("ringt"),
}
ANSWERS = {
    Answer.NONE: _("Har ikke svart"),
    Answer.COMING: _("Kommer"),
    Answer.CANNOT: _("Kan ikke"),
}
TEXTS = {
    "meet": _("Møt opp"),
    "ready": _("Vær klar til å møte"),
    "ring": _("Ring lederen for kriseteamet"),
}
LANGUAGES = {"nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("Engelsk")}


def function(code: str) -> object:
    """Return what a function is called."""
    return FUNCTIONS[Function(code)]
