"""What the screens share: carrying out an act, and a form about one person."""

from collections.abc import Callable, Mapping
from functools import wraps
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
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours
from samvirke.followup import opening, queries
from samvirke.kit.errors import BadInput


def act_on(  # noqa: PLR0917  (what the screen says, in the order it is read)
    request: ScopedRequest,
    followup: UUID,
    form: Any,
    title: str,
    button: str,
    act: Callable[[dict[str, Any]], object],
    *,
    template: str = "followup/act.html",
    more: Mapping[str, Any] | None = None,
    after: str = "followup-person",
) -> HttpResponse:
    """Show a form about one person, or carry out what it says and go back to them (or on to `after`)."""
    scope = request.scope
    if (before := door(request, followup)) is not None:
        return before
    one = queries.followup(scope, followup)
    back = reverse("followup-person", args=[scope.municipality, followup])
    if request.method == "POST" and form.is_valid() and done(form, lambda: act(form.cleaned_data)):
        notices.success(request, gettext("Lagret."))
        return redirect(back if after == "followup-person" else reverse(after, args=[scope.municipality]))
    seen = queries.seen(scope, one.person_id, why="act", now=timezone.now())
    given = {"form": form, "title": title, "button": button, "cancel": back, "name": seen.identity.name}
    given |= {"one": one, "who": seen.identity, **(more or {})}
    return render(request, template, given, status=422 if form.errors else 200)


def door(request: ScopedRequest, followup: UUID) -> HttpResponse | None:
    """Return where to go before a record opens: to the question about inhabilitet, or to named access. None: open it."""
    scope = request.scope
    one = queries.followup(scope, followup)
    if not opening.may_open(scope, one.person_id):
        if not scope.may(Need.PERSON_READ_ALL):
            raise NotYours(followup)
        return redirect("followup-named", municipality=scope.municipality, followup=followup)
    if not opening.was_asked(scope, one.person_id):
        return redirect("followup-declare", municipality=scope.municipality, followup=followup)
    return None


def record_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view of one person open only through the door."""

    @wraps(view)
    def behind(request: ScopedRequest, municipality: str, followup: UUID, **rest: Any) -> HttpResponse:
        before = door(request, followup)
        return before if before is not None else view(request, municipality, followup, **rest)

    return behind


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
