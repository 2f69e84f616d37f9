"""What the screens share: carrying out an act, and a form about one person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from samvirke.access.guard import ScopedRequest
from samvirke.followup import queries
from samvirke.kit.errors import BadInput


def act_on(  # noqa: PLR0917  (what the screen says, in the order it is read)
    request: ScopedRequest,
    followup: UUID,
    form: Any,
    title: str,
    button: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Show a form about one person, or carry out what it says and go back to them."""
    scope = request.scope
    one = queries.followup(scope, followup)
    back = reverse("followup-person", args=[scope.municipality, followup])
    if request.method == "POST" and form.is_valid() and done(form, lambda: act(form.cleaned_data)):
        notices.success(request, gettext("Lagret."))
        return redirect(back)
    seen = queries.seen(scope, one.person_id, why="act", now=timezone.now())
    given = {"form": form, "title": title, "button": button, "cancel": back, "name": seen.identity.name}
    return render(request, "followup/act.html", given, status=422 if form.errors else 200)


def done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """Carry out an act; what it refuses is said at its field."""
    try:
        return act()
    except BadInput as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.text)
        return None


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
