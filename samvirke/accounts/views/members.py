"""Who has which role in a municipality: invite, give, take, end."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samvirke.access.guard import needs
from samvirke.access.permissions import Need, Role
from samvirke.access.scope import Scope
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts import queries
from samvirke.accounts.actions import invitations, members
from samvirke.accounts.forms import GiveRoleForm, InviteForm
from samvirke.accounts.queries import Member
from samvirke.accounts.rules import Held
from samvirke.accounts.views.again import act, put, scoped, shown_again
from samvirke.kit.errors import BadInput


@needs(Need.MEMBER_READ)
def list_members(request: HttpRequest, municipality: str) -> HttpResponse:
    """Show who has which role here, and who is invited."""
    scope = scoped(request).scope
    shown = {
        "members": queries.members(scope, municipality),
        "invitations": queries.open_invitations(scope, municipality),
        "may_manage": scope.may(Need.MEMBER_MANAGE),
        "now": timezone.now(),
    }
    return render(request, "accounts/members.html", shown)


@needs(Need.MEMBER_MANAGE)
@shown_again
def invite(request: HttpRequest, municipality: str) -> HttpResponse:
    """Invite somebody to a role."""
    form = InviteForm(request.POST or None, initial={"language": "nb"})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        offer = Held(Role(told.pop("role")), municipality=municipality)
        try:
            invitations.invite(scoped(request).scope, offer, **told, now=timezone.now())
        except BadInput as error:
            put(error, form)
        else:
            messages.success(
                request, gettext("Invitasjonen er sendt til {email}.").format(email=told["email"])
            )
            return redirect("accounts-members", municipality=municipality)
    return render(request, "accounts/invite.html", {"form": form})


@needs(Need.MEMBER_READ)
def member(request: HttpRequest, municipality: str, account: UUID) -> HttpResponse:
    """Show somebody's roles here, and what can be done with them."""
    scope = scoped(request).scope
    found = _member(scope, municipality, account)
    form = GiveRoleForm(held=frozenset(found.roles))
    return render(
        request,
        "accounts/member.html",
        {"member": found, "form": form, "manages": scope.may(Need.MEMBER_MANAGE)},
    )


@needs(Need.MEMBER_MANAGE)
@shown_again
def give(request: HttpRequest, municipality: str, account: UUID) -> HttpResponse:
    """Give a member one more role."""
    scope = scoped(request).scope
    found = _member(scope, municipality, account)
    form = GiveRoleForm(request.POST or None, held=frozenset(found.roles))
    if request.method == "POST" and form.is_valid():
        try:
            members.give_role(
                scope, municipality, account, Role(form.cleaned_data["role"]), now=timezone.now()
            )
        except BadInput as error:
            put(error, form)
        else:
            messages.success(request, gettext("Rollen er gitt."))
            return redirect("accounts-member", municipality=municipality, account=account)
    return render(request, "accounts/member.html", {"member": found, "form": form, "manages": True})


@needs(Need.MEMBER_MANAGE)
@shown_again
def take(request: HttpRequest, municipality: str, account: UUID, role: str) -> HttpResponse:
    """Ask, and end one of somebody's roles here."""
    scope = scoped(request).scope
    found = _member(scope, municipality, account)
    mine = next((one for one in found.roles if one.value == role), None)
    if mine is None:
        raise Http404
    if request.method != "POST":
        shown = {"member": found, "role": ROLE_NAMES[mine], "last": len(found.roles) == 1}
        return render(request, "accounts/role_take.html", shown)
    return act(
        request,
        lambda: members.take_role(scope, municipality, account, mine, now=timezone.now()),
        gettext("Rollen er avsluttet."),
        "accounts-members",
        municipality=municipality,
    )


@needs(Need.MEMBER_MANAGE)
@shown_again
def end(request: HttpRequest, municipality: str, account: UUID) -> HttpResponse:
    """Ask, and end all of somebody's roles here."""
    scope = scoped(request).scope
    found = _member(scope, municipality, account)
    if request.method != "POST":
        return render(request, "accounts/member_end.html", {"member": found})
    return act(
        request,
        lambda: members.end_membership(scope, municipality, account, now=timezone.now()),
        gettext("Medlemskapet er avsluttet."),
        "accounts-members",
        municipality=municipality,
    )


@needs(Need.MEMBER_MANAGE)
@shown_again
def remove_second_factor(request: HttpRequest, municipality: str, account: UUID) -> HttpResponse:
    """Ask, and let somebody who has lost their second factor set up a new one."""
    scope = scoped(request).scope
    found = _member(scope, municipality, account)
    if request.method != "POST":
        return render(request, "accounts/second_factor_remove.html", {"member": found})
    return act(
        request,
        lambda: members.remove_second_factor(scope, municipality, account, now=timezone.now()),
        gettext("Andre trinn er fjernet. Personen setter opp et nytt ved neste innlogging."),
        "accounts-member",
        municipality=municipality,
        account=account,
    )


@needs(Need.MEMBER_MANAGE)
@require_POST
def send_invitation_again(request: HttpRequest, municipality: str, invitation: UUID) -> HttpResponse:
    """Send an invitation once more."""
    scope = scoped(request).scope
    return act(
        request,
        lambda: invitations.send_again(scope, invitation, now=timezone.now()),
        gettext("Invitasjonen er sendt på nytt. Den gamle lenken virker ikke lenger."),
        "accounts-members",
        municipality=municipality,
    )


@needs(Need.MEMBER_MANAGE)
@require_POST
def withdraw_invitation(request: HttpRequest, municipality: str, invitation: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    scope = scoped(request).scope
    return act(
        request,
        lambda: invitations.withdraw(scope, invitation, now=timezone.now()),
        gettext("Invitasjonen er trukket."),
        "accounts-members",
        municipality=municipality,
    )


def _member(scope: Scope, municipality: str, account: UUID) -> Member:
    found = queries.member(scope, municipality, account)
    if found is None:
        raise Http404
    return found
