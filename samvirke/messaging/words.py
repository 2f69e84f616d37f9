"""What states, reasons, channels, kinds of recipients and templates are called."""

from collections.abc import Mapping
from typing import cast

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from samvirke.messaging.rules import Reason, State

STATES: Mapping[State, Promise] = {
    State.QUEUED: _("Venter"),
    State.CLAIMED: _("Gjøres klar"),
    State.HANDING_OVER: _("Overleveres"),
    State.SENT: _("Sendt"),
    State.FAILED: _("Ikke sendt"),
    State.UNSURE: _("Usikkert"),
    State.CANCELLED: _("Stoppet"),
    State.REFUSED: _("Avvist"),
}
COLORS = {
    State.SENT: "success",
    State.FAILED: "danger",
    State.UNSURE: "warning",
    State.REFUSED: "danger",
    State.CANCELLED: "neutral",
}
CHANNELS = {"email": _("E-post"), "sms": _("SMS")}

REASONS: Mapping[Reason, Promise] = {
    Reason.NO_ANSWER: _("Serveren svarte ikke."),
    Reason.BUSY: _("Serveren kunne ikke ta imot meldingen akkurat da."),
    Reason.LOGIN_REFUSED: _("Serveren godtok ikke innloggingen vår. Driftsansvarlig må se på oppsettet."),
    Reason.TLS_REFUSED: _(
        "Vi fikk ikke en trygg forbindelse med serveren. Driftsansvarlig må se på oppsettet."
    ),
    Reason.NOT_CONFIGURED: _("Utsending er ikke satt opp. Driftsansvarlig må gjøre det."),
    Reason.LETTER_FAILED: _("Meldingen kunne ikke skrives. Driftsansvarlig må se i loggen."),
    Reason.WORKER_DIED: _("Arbeidet ble avbrutt."),
    Reason.LOST_ANSWER: _("Vi fikk ikke svar da meldingen ble overlevert."),
    Reason.UNKNOWN_RECIPIENT: _("Mottakeren finnes ikke lenger."),
    Reason.NO_ADDRESS: _("Mottakeren har ikke oppgitt adresse eller nummer for denne kanalen."),
    Reason.BAD_ADDRESS: _("E-postadressen er ikke gyldig. Rett den hos mottakeren."),
    Reason.NOT_A_MOBILE: _("Nummeret kan ikke ta imot SMS. Rett det hos mottakeren."),
    Reason.RECIPIENT_REFUSED: _("Mottakerens server kjenner ikke adressen. Rett den hos mottakeren."),
    Reason.SENDER_REFUSED: _(
        "Serveren godtok ikke avsenderadressen vår. Driftsansvarlig må se på oppsettet."
    ),
    Reason.LETTER_REFUSED: _("Serveren ville ikke ta imot meldingen."),
    Reason.GATEWAY_REFUSED: _("SMS-leverandøren ville ikke ta imot meldingen."),
    Reason.EMPTY: _("Meldingen har ingen tekst."),
    Reason.TOO_LONG: _("Meldingen er for lang."),
    Reason.NOT_READY: _(
        "Kommunen har ikke alle dokumentene som må være på plass før vi kan skrive til rammede."
    ),
    Reason.NOT_NEEDED: _("Meldingen trengtes ikke lenger."),
}
UNSURE = _("Meldingen kan ha kommet fram. Sender du den på nytt, kan mottakeren få den to ganger.")


def template(code: str) -> str:
    """Return what a template is called; its code when nobody has named it."""
    return _label(settings.MESSAGE_TEMPLATES, code)


def recipient(kind: str) -> str:
    """Return what a kind of recipient is called; its code when nobody has named it."""
    return _label(settings.MESSAGE_RECIPIENTS, kind)


def _label(registry: Mapping[str, str], code: str) -> str:
    if code not in registry:  # an old row of something that is gone
        return code
    return str(cast(str | Promise, getattr(import_string(registry[code]), "label", code)))
