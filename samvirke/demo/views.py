"""Becoming one of the demonstration's invented people with one click."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from samvirke.access.guard import public
from samvirke.accounts.factors import PERSONA
from samvirke.demo.personas import PERSONAS, account_of, may_be_offered


@public
@require_POST
def become(request: HttpRequest, persona: str) -> HttpResponse:
    """Log in as a persona, where the personas may be offered; else there is nothing here."""
    wanted = next((one for one in PERSONAS if one.key == persona), None)
    account = account_of(wanted) if wanted and may_be_offered(request) else None
    if account is None:
        raise Http404
    logout(request)
    record_authentication(request, account, PERSONA)
    login = Login(user=account, email=account.email, redirect_url=reverse("accounts-home"))
    answer: HttpResponse = perform_login(request, login)
    return answer
