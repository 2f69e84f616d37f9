"""The first screen: where one works. With one place it leads straight there."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from samvirke.access.guard import needs, own
from samvirke.access.permissions import Need
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts import context, queries, rules
from samvirke.accounts.factors import two_factors, way_to_second
from samvirke.accounts.models import Account
from samvirke.accounts.scopes import roles_of
from samvirke.accounts.views.again import scoped

MANY = 20  # places; from there on one searches


@own
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the only municipality, or show those there are to choose between."""
    held, account = roles_of(request), cast(Account, request.user)
    if rules.sees_people(held) and not two_factors(request, account):
        return redirect(way_to_second(request, account))
    reached = [code for code in rules.area(held, queries.towns()) if code]
    if len(reached) == 1:
        return redirect("accounts-municipality", municipality=reached[0])
    names, name = queries.place_names(reached), request.GET.get("navn", "").strip()
    found = [(names[code], code) for code in reached if name.casefold() in names[code].casefold()]
    shown = {
        "towns": sorted(found, key=lambda one: rules.by_name(one[0])),
        "many": len(reached) > MANY,
        "name": name,
        "roles": [ROLE_NAMES[one.role] for one in held],
        "invitations": queries.invitations_for(account.email, timezone.now()),
    }
    return render(request, "accounts/home.html", shown)


@needs(Need.WORK)
def municipality_home(request: HttpRequest, municipality: str) -> HttpResponse:  # noqa: ARG001
    """Lead to the first screen in the menu that this person may open here; say so when there is none."""
    entries = context.menu(request, scoped(request).scope)
    return redirect(entries[0]["url"]) if entries else render(request, "accounts/municipality.html")
