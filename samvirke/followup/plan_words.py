"""What contact plans, and changes to them, are called."""

from django.utils.translation import gettext_lazy as _

from samvirke.followup.words import PARTS

TEMPLATE_CODES = (
    "first", "day-3", "day-7", "week-2", "week-3", "week-4", "week-5", "month-1", "mapping-1", "month-2", "month-3",
    "month-4", "mapping-2", "month-6", "month-9", "year-1", "month-18", "year-2", "year-3", "group", "school",
    "child-talk", "child-talk-again",
)  # fmt: skip
"""Steps that a contact plan may have."""
TEMPLATES = {
    "direct": _("Direkte rammede"),
    "other": _("Andre rammede"),
    "helper": _("Hjelpere"),
    "child": _("Barn (under 18 år)"),
    **{part.value: name for part, name in PARTS.items() if part.value != "helper"},
}
ANCHORS = {"known": _("dagen personen ble kjent"), "event": _("dagen det skjedde")}
PLAN_FAULTS = {
    "no-first": _("Planen må ha en første kontakt."),
    "twice": _("Samme steg står to ganger."),
    "order": _("Hvert steg må åpne før det skal gjøres, og fristen må være sist."),
    "before": _("Et steg kan ikke ligge før start."),
    "no-year": _("Planen må ha minst én kontakt etter elleve måneder eller senere."),
    "no-reason": _("Hvert steg må si hvorfor det er der."),
}
PLAN_CHANGES = {
    "added": _("kommer til"),
    "moved": _("endres"),
    "back": _("kommer tilbake"),
    "cancelled": _("faller bort"),
}
