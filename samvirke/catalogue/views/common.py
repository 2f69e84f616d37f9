"""What the views of the desk share: the clock, the language of the screen, who confirms, errors put at their fields."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samvirke.access.guard import ScopedRequest
from samvirke.access.permissions import Need
from samvirke.catalogue.models import Service
from samvirke.catalogue.queries import source_text
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality

Result = TypeVar("Result")


def clock() -> datetime:
    """The moment of the request."""
    return timezone.now()


def tongue() -> str:
    """The language of the screen, as the texts of the catalogue name it."""
    return (get_language() or "nb")[:2]


def to(name: str, *args: Any, at: str = "", **kwargs: Any) -> HttpResponseRedirect:
    """Send the person on to an address by its name; `at`: the part of the page to look at."""
    return HttpResponseRedirect(resolve_url(name, *args, **kwargs) + (f"#{at}" if at else ""))


def done(request: HttpRequest, text: str) -> None:
    """Say on the next page that something was done."""
    messages.success(request, text)


def told(request: HttpRequest, error: BadInput) -> None:
    """Say on the next page why something was not done."""
    messages.error(request, error.text)


def screen(request: ScopedRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Answer with a screen of the desk. `may`: what the person may do here, for its buttons; `code`: where they are."""
    may = {need.name.lower(): request.scope.may(need) for need in Need}
    around = {"may": may, "code": request.scope.municipality}
    return render(request, f"catalogue/desk/{template}.html", around | context, status=status)


def refused(form: forms.Form, error: BadInput) -> None:
    """Put what an action refused at the form's field, or at the whole form when it has no such field."""
    form.add_error(error.field if error.field in form.fields else None, error.text)


def attempt(request: HttpRequest, act: Callable[[], Result]) -> Result | None:
    """Do an act of one button; when it is refused, say why on the next page."""
    try:
        return act()
    except BadInput as error:
        told(request, error)
        return None


def name_of(service: Service) -> str:
    return source_text(service).name


def confirmer(service: Service | None, place: Municipality) -> str:
    """Who confirmed last, to be offered again; else the municipality's editors."""
    answers = list(service.verifications.all()) if service else []
    latest = max(answers, key=lambda row: row.verified_at, default=None)
    return latest.verified_by if latest else _("Redaktøren i %(name)s") % {"name": owner_of(place)}


def owner_of(place: Municipality) -> str:
    """The municipality as it stands behind its services."""
    return f"{place.name} kommune"


def uuid_or_none(text: str) -> UUID | None:
    """Read an id from a form."""
    try:
        return UUID(text)
    except ValueError:
        return None


def fill(form: forms.Form, act: Callable[[], Result]) -> Result | None:
    """Do the act of a form; what it refuses is put at the form's field, and what was typed is kept."""
    try:
        return act()
    except BadInput as error:
        refused(form, error)
        return None


def told_text(request: HttpRequest, text: str) -> None:
    """Say on the next page why nothing was done."""
    messages.error(request, text)


def back(request: HttpRequest, municipality: str) -> HttpResponseRedirect:
    """Send the person back to where the button was: the desk, or the address in the form, if it is one of ours."""
    wanted = request.POST.get("tilbake", "")
    ours = f"/arbeid/{municipality}/"
    return (
        HttpResponseRedirect(wanted)
        if wanted.startswith(ours) and "//" not in wanted
        else to("catalogue-desk", municipality)
    )


def confirm_screen(request: ScopedRequest, context: dict[str, Any]) -> HttpResponse:
    """Ask once before something is taken away."""
    return render(request, "ui/staff/confirm.html", context)


def crumbs(municipality: str, service: Service | None = None, *more: dict[str, str]) -> list[dict[str, str]]:
    """The way to a screen about a service."""
    found = [{"name": _("Tjenester"), "url": resolve_url("catalogue-services", municipality)}]
    if service:
        address = resolve_url("catalogue-service", municipality, service.id)
        found.append({"name": name_of(service), "url": address})
    return [*found, *more]


def number(text: str) -> int | None:
    """Read a whole number from an address or a form."""
    return int(text) if text.isdecimal() and len(text) < 8 else None
