"""Accepting an invitation: with a new account (password or passkey), or with the one somebody has."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal import auth as passkeys
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from samvirke.access.guard import public
from samvirke.access.permissions import ROLES, Role
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts import queries
from samvirke.accounts.actions import invitations as actions
from samvirke.accounts.actions.invitations import Newcomer, newcomer_id, scope_to_accept
from samvirke.accounts.forms import AcceptForm, AcceptWithPasskeyForm
from samvirke.accounts.models import Account, Invitation
from samvirke.accounts.views.again import put
from samvirke.kit.errors import BadInput


@public
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered, and take it: for a newcomer with name and password."""
    found = queries.invitation_by_token(token, timezone.now())
    if found is None:
        return render(request, "accounts/invitation_gone.html", status=410)
    known = queries.account_by_email(found.email)
    if known and known.is_active:
        return _as_known(request, found, known, token)
    with translation.override(_language(request, found)):
        user = _newcomer(found)
        form = AcceptForm(
            request.POST or None, user=user, initial={"name": found.name, "language": found.language}
        )
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            newcomer = Newcomer(told["name"], told["language"], told["password1"])
            if answer := _welcome(request, found, newcomer, form):
                return answer
        options = passkeys.begin_registration(user, passwordless=True)
        return render(
            request, "accounts/invitation.html", _shown(found, token) | {"form": form, "options": options}
        )


@public
@require_POST
def accept_with_passkey(request: HttpRequest, token: str) -> HttpResponse:
    """Take what is offered, with a passkey instead of a password."""
    found = queries.invitation_by_token(token, timezone.now())
    known = queries.account_by_email(found.email) if found else None
    if found is None or (known and known.is_active):
        return redirect("accounts-invitation", token=token)
    with translation.override(_language(request, found)):
        user = _newcomer(found)
        form = AcceptWithPasskeyForm(request.POST, user=user)
        if form.is_valid():
            told = form.cleaned_data
            newcomer = Newcomer(told["name"], told["language"])
            if answer := _welcome(request, found, newcomer, form, told["credential"]):
                return answer
        plain = AcceptForm(
            user=user, initial={"name": request.POST.get("name", ""), "language": found.language}
        )
        shown = {
            "form": plain,
            "faulty": form,
            "options": passkeys.begin_registration(user, passwordless=True),
        }
        return render(request, "accounts/invitation.html", _shown(found, token) | shown)


def _as_known(request: HttpRequest, found: Invitation, known: Account, token: str) -> HttpResponse:
    """Let somebody who has an account log in and take the role with it."""
    me = request.user if request.user.is_authenticated else None
    if me == known and request.method == "POST":
        actions.accept(scope_to_accept(found, known.pk), found.pk, now=timezone.now())
        return redirect("accounts-home")
    back = reverse("accounts-invitation", kwargs={"token": token})
    return render(
        request,
        "accounts/invitation_known.html",
        _shown(found, token) | {"me": me, "known": me == known, "back": back},
    )


def _welcome(
    request: HttpRequest, found: Invitation, newcomer: Newcomer, form: Any, passkey: Any = None
) -> HttpResponse | None:
    """Make the account and log the newcomer in; None when it could not be made, and the form says why."""
    id_ = newcomer_id(found)
    try:
        actions.accept(scope_to_accept(found, id_), found.pk, now=timezone.now(), newcomer=newcomer)
    except BadInput as error:
        put(error, form)
        return None
    account = Account.objects.get(pk=id_)
    if passkey:
        made = passkeys.WebAuthn.add(
            account, str(request.POST.get("key", "")) or "Passnøkkel", passkey
        ).instance
        record_authentication(request, account, "mfa", type="webauthn", id=made.pk, passwordless=True)
    else:
        record_authentication(request, account, "password")
    to = "mfa_view_recovery_codes" if passkey else _next_step(found)
    answer: HttpResponse = perform_login(
        request, Login(user=account, email=account.email, redirect_url=reverse(to))
    )
    if passkey:
        RecoveryCodes.activate(account)
    return answer


def _next_step(found: Invitation) -> str:
    return "mfa_index" if ROLES[Role(found.role)].sees_people else "accounts-home"


def _newcomer(found: Invitation) -> Account:
    return Account(pk=newcomer_id(found), email=found.email, name=found.name, invented=found.invented)


def _language(request: HttpRequest, found: Invitation) -> str:
    return found.language if request.method == "GET" else request.POST.get("language", found.language)


def _shown(found: Invitation, token: str) -> dict[str, Any]:
    role = Role(found.role)
    code = found.municipality_id or ""
    return {
        "invitation": found,
        "token": token,
        "role": ROLE_NAMES[role],
        "place": queries.place_names({code}).get(code, ""),
        "second_factor": ROLES[role].sees_people,
    }
