"""What the screens of incidents share: the frame around one incident, and a form that acts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from samvirke.access.guard import ScopedRequest
from samvirke.incidents import queries
from samvirke.incidents.models import Incident
from samvirke.kit.errors import BadInput


def address(request: ScopedRequest, name: str, incident: UUID, **more: Any) -> str:
    """Return the address of one of an incident's screens, in the municipality one works for."""
    return reverse(name, kwargs={"municipality": request.scope.municipality, "incident": incident, **more})


def frame(request: ScopedRequest, event: Incident, here: str = "") -> dict[str, Any]:
    """Return what every screen of an incident shows: the way here, and the watermark of a drill."""
    listed = reverse("incidents", args=[request.scope.municipality])
    crumbs = [{"name": gettext("Hendelser"), "url": listed}]
    crumbs.append({"name": event.title, "url": address(request, "incidents-incident", event.id)})
    return {"event": event, "exercise": event.exercise, "crumbs": crumbs, "here": here}


def show(request: ScopedRequest, template: str, event: Incident, here: str, **given: Any) -> HttpResponse:
    """Answer with one of an incident's screens; a form with faults with 422."""
    wrong = any(isinstance(one, forms.Form) and one.errors for one in given.values())
    return render(
        request,
        f"incidents/{template}.html",
        frame(request, event, here) | given,
        status=422 if wrong else 200,
    )


def carried_out(form: forms.Form | None, act: Callable[[], object]) -> bool:
    """Carry out an act; what it refuses is said at its field. Without a form the refusal goes on."""
    try:
        act()
    except BadInput as refused:
        if form is None:
            raise
        form.add_error(refused.field if refused.field in form.fields else None, refused.text)
        return False
    return True


def form_screen(  # noqa: PLR0917  (what the screen says, in the order it is read)
    request: ScopedRequest,
    incident: UUID,
    form: Any,
    title: str,
    button: str,
    act: Callable[[dict[str, Any]], object],
    back: str = "incidents-incident",
    text: str = "",
) -> HttpResponse:
    """Show a form about an incident, or carry out what it says and go back."""
    event = queries.incident(request.scope, incident)
    there = address(request, back, incident)
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda: act(form.cleaned_data)):
        notices.success(request, gettext("Lagret."))
        return redirect(there)
    return show(request, "form", event, title, form=form, button=button, cancel=there, text=text)


def question_screen(  # noqa: PLR0917  (what the screen says, in the order it is read)
    request: ScopedRequest,
    incident: UUID,
    question: str,
    text: str,
    button: str,
    act: Callable[[], object],
    back: str = "incidents-incident",
    *,
    danger: bool = False,
) -> HttpResponse:
    """Ask before something is done, or do it and go back. What is refused is said on the screen one comes back to."""
    event = queries.incident(request.scope, incident)
    there = address(request, back, incident)
    if request.method == "POST":
        try:
            act()
        except BadInput as refused:
            notices.error(request, refused.text)
        else:
            notices.success(request, gettext("Lagret."))
        return redirect(there)
    given = {"question": question, "text": text, "button": button, "cancel": there, "danger": danger}
    return render(request, "ui/staff/confirm.html", frame(request, event) | given)
