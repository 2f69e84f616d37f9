"""One's own account: name, language, sessions, and which roles one has where."""

from typing import cast

from allauth.account.internal import flows
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samvirke.access.guard import own
from samvirke.access.scope import NotYours, own_scope
from samvirke.accounts import queries
from samvirke.accounts.actions import own as actions
from samvirke.accounts.forms import OwnForm
from samvirke.accounts.models import Account
from samvirke.accounts.scopes import roles_of
from samvirke.accounts.views.again import put
from samvirke.kit.errors import BadInput


@own
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is here, and how one logs in."""
    me = cast(Account, request.user)
    kinds = list(Authenticator.objects.filter(user=me).values_list("type", flat=True))
    shown = {
        "places": queries.named(roles_of(request)),
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN.value),
        "app": Authenticator.Type.TOTP.value in kinds,
        "codes": Authenticator.Type.RECOVERY_CODES.value in kinds,
        "sessions": UserSession.objects.filter(user=me).count(),
    }
    return render(request, "accounts/own.html", shown)


@own
def change(request: HttpRequest) -> HttpResponse:
    """Change one's name and language."""
    me = cast(Account, request.user)
    form = OwnForm(request.POST or None, initial={"name": me.name, "language": me.language})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_account(own_scope(me.pk), **form.cleaned_data, now=timezone.now())
        except BadInput as error:
            put(error, form)
        else:
            with translation.override(form.cleaned_data["language"]):
                messages.success(request, gettext("Endringene er lagret."))
            return redirect("accounts-own")
    return render(request, "accounts/own_change.html", {"form": form})


@own
@require_POST
def stay(_request: HttpRequest) -> HttpResponse:
    """Keep the session: asking was enough. When it now ends stands in a header."""
    return HttpResponse(status=204)


@own
@require_POST
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """End one of one's sessions; with the one in use one is logged out."""
    me = cast(Account, request.user)
    here = UserSession.objects.filter(pk=session, session_key=request.session.session_key).exists()
    if here:
        flows.logout.logout(request)
        return redirect("account_login")
    try:
        actions.end_session(own_scope(me.pk), session, now=timezone.now())
    except NotYours as error:
        raise Http404 from error
    messages.success(request, gettext("Økten er avsluttet."))
    return redirect("usersessions_list")
