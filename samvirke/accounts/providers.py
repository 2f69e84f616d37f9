"""Identity providers (OpenID Connect): what they tell us, and how far we take their word for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.utils.translation import gettext

from samvirke.accounts import queries
from samvirke.accounts.actions.invitations import Newcomer, accept, newcomer_id, scope_to_accept
from samvirke.accounts.models import Account


@dataclass(frozen=True)
class Vouched:
    """Whom a provider says somebody is, after we have looked at what it may vouch for."""

    provider: str
    email: str
    name: str
    second_factor: bool


@dataclass(frozen=True)
class Choice:
    """A provider on the login page."""

    id: str
    name: str


def choices() -> list[Choice]:
    """Return the providers to log in with, in the order they are configured."""
    return [Choice(one["provider_id"], one["name"]) for one in _configured()]


def origins() -> list[str]:
    """Return the sites that the login page's forms may lead to."""
    return sorted({origin for one in _configured() for origin in one["settings"]["origins"]})


def vouched(login: SocialLogin) -> Vouched | str:
    """Return whom the provider vouches for, or the sentence that says why its word is not enough.

    An address counts when the provider says that it is verified and when its domain is one of the provider's own.
    """
    told = next(one for one in _configured() if one["provider_id"] == login.account.provider)
    claims = getattr(login, "claims", {})
    email = str(claims.get("email") or "").strip().lower()
    if not email or (claims.get("email_verified") is not True and not told["settings"]["verified_email"]):
        return gettext(
            "{name} har ikke bekreftet e-postadressen din. Logg inn med passord eller passnøkkel i stedet."
        ).format(name=told["name"])
    if email.rpartition("@")[2] not in told["settings"]["domains"]:
        return gettext(
            "{name} kan ikke bekrefte at adressen {email} er din. Logg inn med passord eller passnøkkel i stedet."
        ).format(name=told["name"], email=email)
    used = claims.get("amr")
    proved = isinstance(used, list) and bool({*used} & {*told["settings"]["second_factor"]})
    return Vouched(told["provider_id"], email, str(claims.get("name") or email.partition("@")[0]), proved)


def account_of(found: Vouched, now: datetime) -> Account | None:
    """Return the account of an address: the one there is, or a new one if its owner is invited; else None."""
    known = queries.account_by_email(found.email)
    if known and known.is_active:
        return known
    newcomer: Newcomer | None = Newcomer(found.name[:120])
    for offer in queries.invitations_for(found.email, now):
        accept(scope_to_accept(offer, newcomer_id(offer)), offer.pk, now=now, newcomer=newcomer)
        newcomer = None
    known = queries.account_by_email(found.email)
    return known if known and known.is_active else None


def _configured() -> list[dict[str, Any]]:
    return list(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])
