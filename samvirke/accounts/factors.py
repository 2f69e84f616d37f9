"""Whether somebody has proved who they are in two ways in this session."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from samvirke.access.queries import is_demonstration
from samvirke.accounts.models import Account

PERSONA = "demonstration"
PROVIDER = "provider-mfa"


def two_factors(request: HttpRequest, account: Account) -> bool:
    """Say whether the session has two factors: a passkey alone, a code after the password, or the provider's word.

    One of the demonstration's personas counts as having them, in a demonstration and nowhere else.
    """
    used = {record.get("method") for record in get_authentication_records(request, account)}
    return bool({"mfa", PROVIDER} & used) or (PERSONA in used and account.invented and is_demonstration())


def record_second(request: HttpRequest, account: Account, kind: str) -> None:
    """Remember that the person has just shown, by setting it up, that they hold a second factor."""
    record_authentication(request, account, "mfa", type=kind, reauthenticated=True)


def way_to_second(request: HttpRequest, account: Account) -> str:
    """Return where to go for a second factor: to prove the one there is, or to set one up."""
    kinds = set(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    if Authenticator.Type.WEBAUTHN.value in kinds:
        name = "mfa_reauthenticate_webauthn"
    else:
        name = "mfa_reauthenticate" if kinds else "mfa_index"
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("accounts-home")
    return f"{reverse(name)}?{urlencode({'next': back})}"
