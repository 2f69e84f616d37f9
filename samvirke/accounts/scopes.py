"""Who may do what where: the scope of a request, from the person's roles (settings.SCOPE_OF)."""

from typing import cast

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from samvirke.access.permissions import Need
from samvirke.access.scope import NATIONAL, Scope
from samvirke.accounts import queries, rules
from samvirke.accounts.factors import two_factors, way_to_second
from samvirke.accounts.models import Account
from samvirke.accounts.rules import Held, Town


def scope_of(request: HttpRequest, municipality: str | None) -> Scope | HttpResponseBase | None:
    """Return what the person may do in a municipality, or, for None, in their whole area.

    Without a role there: None. Without the second factor that one of their roles demands: the way to it. Roles in
    several municipalities never add up: what is allowed in one is not allowed in the next.
    """
    account, held = cast(Account, request.user), roles_of(request)
    if not held:
        return None
    if rules.sees_people(held) and not two_factors(request, account):
        return HttpResponseRedirect(way_to_second(request, account))
    if municipality is None:
        reached = rules.area(held, queries.towns())
        places = frozenset(code or NATIONAL for code in reached)
        return Scope(account.pk, places, rules.everywhere_in(reached) | {Need.WORK})
    town = town_of(request, municipality)
    here = [one for one in held if town and one.covers(town)]
    if not here:
        return None
    return Scope(account.pk, frozenset({municipality}), rules.needs_of(here), municipality)


def town_of(request: HttpRequest, municipality: str) -> Town | None:
    """Return where the municipality in the address lies; one query per request."""
    found = getattr(request, "towns", {})
    if municipality not in found:
        found[municipality] = queries.town(municipality)
        request.towns = found  # type: ignore[attr-defined]
    return cast(Town | None, found[municipality])


def roles_of(request: HttpRequest) -> list[Held]:
    """Return the roles of the person who asks; one query per request."""
    held = getattr(request, "held", None)
    if held is None:
        held = queries.held(cast(Account, request.user).pk)
        request.held = held  # type: ignore[attr-defined]
    return cast(list[Held], held)
