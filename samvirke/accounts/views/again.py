"""Small help for the views of this room: showing again who one is, and a fault in the right field."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samvirke.access.guard import ScopedRequest
from samvirke.kit.errors import BadInput

View = Callable[..., HttpResponse]


def shown_again(view: View) -> View:
    """Demand, for what cannot be taken back lightly, that the person has shown in the last ten minutes who they are."""

    @wraps(view)
    def demanding(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        methods = get_adapter().get_reauthentication_methods(request.user)
        if methods and not did_recently_reauthenticate(request):
            return HttpResponseRedirect(f"{methods[-1]['url']}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return demanding


def scoped(request: HttpRequest) -> ScopedRequest:
    """Return a request that came through @needs, as such."""
    return cast(ScopedRequest, request)


def put(error: BadInput, form: forms.Form) -> None:
    """Put a fault at the field it is about, or at the top of the form."""
    form.add_error(error.field if error.field in form.fields else None, error.text)


def act(request: HttpRequest, do: Callable[[], object], said: Any, to: str, **where: Any) -> HttpResponse:
    """Do something that has no form of its own, say that it is done or why it is not, and lead on."""
    try:
        do()
    except BadInput as error:
        messages.error(request, error.text)
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse(to, kwargs=where))
