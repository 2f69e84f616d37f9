"""Other municipalities, guests, and the lead."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.incidents import actions, lists, queries
from samvirke.incidents.forms import GuestForm, OfferForm, PartForm
from samvirke.incidents.views.common import form_screen, question_screen, show

HERE = "incidents-cooperation"


@needs(Need.INCIDENT_READ)
@require_GET
def cooperation(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Show who leads, who takes part, which guests there are, and an offer that waits."""
    now, event = timezone.now(), queries.incident(request.scope, incident)
    found = lists.cooperation(request.scope, event, municipality, now)
    return show(request, "cooperation", event, gettext("Kommuner og gjester"), found=found)


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def let_in(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Let another municipality take part."""
    form = PartForm(request.POST or None, without=municipality)
    queries.led(request.scope, incident)
    return form_screen(
        request, incident, form, gettext("La en kommune delta"), gettext("La dem delta"),
        lambda told: actions.let_in(request.scope, incident, told["municipality"], told["part"], now=timezone.now()),
        HERE, gettext("De ser hendelsen, loggen og møtene, og kan skrive selv. De ser ikke personene deres."),
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def let_out(request: ScopedRequest, municipality: str, incident: UUID, code: str) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """End another municipality's part."""
    queries.led(request.scope, incident)
    return question_screen(
        request, incident, gettext("Skal kommunen ikke delta lenger?"),
        gettext("De ser ikke hendelsen lenger. Det de har skrevet, blir stående."), gettext("Avslutt deltakelsen"),
        lambda: actions.let_out(request.scope, incident, code, now=timezone.now()), HERE,
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def invite_guest(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Let a named member of another municipality work on this incident."""
    form = GuestForm(request.POST or None, without=municipality)
    queries.led(request.scope, incident)
    return form_screen(
        request, incident, form, gettext("Slipp inn en gjest"), gettext("Slipp inn"),
        lambda told: actions.invite_guest(
            request.scope, incident, told["email"], told["municipality"], told["until"], now=timezone.now()
        ),
        HERE, gettext("Gjesten ser bare denne hendelsen, fra sin egen kommune, og bare til tidspunktet du velger."),
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def end_guest(request: ScopedRequest, municipality: str, incident: UUID, guest: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """End a guest's part at once."""
    queries.led(request.scope, incident)
    return question_screen(
        request, incident, gettext("Skal gjesten ut?"), gettext("De ser ikke hendelsen lenger."), gettext("Ja"),
        lambda: actions.end_guest(request.scope, incident, guest, now=timezone.now()), HERE,
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def offer_lead(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Ask another municipality's team to take over."""
    form = OfferForm(request.POST or None, without=municipality)
    queries.led(request.scope, incident)
    return form_screen(
        request, incident, form, gettext("Be en annen kommune overta"), gettext("Spør dem"),
        lambda told: actions.offer_lead(
            request.scope, incident, told["municipality"], told["reason"], now=timezone.now()
        ),
        HERE, gettext("Dere leder til en leder der har sagt ja. Ring dem også. Dere beholder ansvaret for personene deres."),
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def accept_lead(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Take over the lead that was offered."""
    return question_screen(
        request, incident, gettext("Vil dere lede hendelsen fra nå?"),
        gettext("Kommunen som ledet, deltar videre og beholder ansvaret for personene sine."), gettext("Ja, vi leder"),
        lambda: actions.accept_lead(request.scope, incident, now=timezone.now()),
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def end_offer(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Say no to an offer, or withdraw one's own."""
    return question_screen(
        request, incident, gettext("Skal ledelsen bli der den er?"), "", gettext("Ja, den blir der den er"),
        lambda: actions.end_offer(request.scope, incident, now=timezone.now()),
    )  # fmt: skip
