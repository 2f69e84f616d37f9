"""What every screen of people who log in shows around its content: menu, municipality, roles, when the session ends."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from samvirke.access.scope import NATIONAL, Scope
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts import queries, rules
from samvirke.accounts.scopes import roles_of, town_of

MOST_PLACES = 12  # in the menu for another municipality; more are found on the first screen


def staff(request: HttpRequest) -> dict[str, Any]:
    """Return what ui/staff.html needs (settings' context processor); nothing for public pages."""
    if not request.path.startswith(settings.STAFF_PATH) or not request.user.is_authenticated:
        return {}
    account, scope = request.user, getattr(request, "scope", None)
    told: dict[str, Any] = {
        "account": {"name": account.name, "url": reverse("accounts-own")},
        "home": reverse("accounts-home"),
        "invented": account.invented,
        "session_ends": getattr(request, "session_ends", None),
        "session_keep": reverse("accounts-stay"),
    }
    return told | (_here(request, scope) if isinstance(scope, Scope) else {})


def _here(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """Return what depends on the municipality in the address."""
    held, code = roles_of(request), scope.municipality
    mine = {one.municipality for one in held if one.municipality}
    names = queries.place_names(mine | ({code} if code else set()))
    town = town_of(request, code) if code else None
    return {
        "menu": menu(request, scope),
        "municipality": {"code": code, "name": names.get(code, "")} if code else None,
        "roles": [ROLE_NAMES[one.role] for one in held if not town or one.covers(town)],
        "places": _places(mine, names),
    }


def menu(request: HttpRequest, scope: Scope) -> list[dict[str, Any]]:
    """Return the menu's entries that the scope may open, in the order of settings.STAFF_MENU."""
    found = []
    for name, words, need in settings.STAFF_MENU:
        address = _address(name, scope.municipality)
        if address and scope.may(need):
            current = request.path == address or request.path.startswith(address)
            found.append({"url": address, "name": gettext(words), "current": current})
    return found


def _address(name: str, municipality: str | None) -> str:
    """Return the address of a screen here: in the municipality, or the one that needs none; "" when there is neither."""
    for kwargs in ({"municipality": municipality}, {}) if municipality else ({},):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


def _places(mine: set[str], names: Any) -> list[dict[str, str]]:
    codes = sorted(mine - {NATIONAL}, key=lambda code: rules.by_name(names.get(code, code)))
    return [{"code": code, "name": names.get(code, code)} for code in codes[:MOST_PLACES]]
