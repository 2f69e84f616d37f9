"""The public form's POST: anybody, without cookies. It answers everybody alike, whoever is registered."""

import time

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from samvirke.access.guard import public
from samvirke.access.scope import system_scope
from samvirke.followup import actions, pages
from samvirke.followup.actions.tips import Full
from samvirke.followup.forms.public import SendForm
from samvirke.kit.errors import BadInput
from samvirke.publishing import fallback
from samvirke.publishing.answers import constant
from samvirke.publishing.limits import Limit, address
from samvirke.publishing.origin import same_origin

LIMIT = Limit(burst=600, per_second=3.0)
"""Of one address: a school of pupils may send at the same time, a machine may not go on."""
SALT = "followup.form"
SOONEST, LATEST = 2, 60 * 60
"""Seconds between the two steps. A program that sends as fast as it can is too soon."""


@public
@csrf_exempt
def send(request: HttpRequest, municipality: str) -> HttpResponse:
    """Show what was written for looking over, then keep it. Without a token: the first step."""
    found = next(iter(pages.load([municipality])), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(f"/{found.slug}/")
    if not same_origin(request):
        return constant(fallback.FOREIGN)
    language = request.POST.get("sprak", "nb")
    language = language if language in found.languages else found.languages[0]
    with translation.override(language):
        answer = _answer(request, found, language)
    answer["Cache-Control"] = "no-store"
    return answer


def _answer(request: HttpRequest, site: pages.FormSite, language: str) -> HttpResponse:
    now = timezone.now()
    around, form = pages.around(site, language), SendForm(request.POST)
    whose = address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))
    if not LIMIT.allows(whose, time.monotonic()):
        return render(request, "followup/public/full.html", around, status=429)
    valid = form.is_valid()
    typed = {name: form.cleaned_data.get(name, request.POST.get(name, "")[:100]) for name in form.fields}
    around |= {"values": typed, "errors": {name: said[0] for name, said in form.errors.items()}}
    if not valid or not site.open:
        return render(request, "followup/public/form.html", around, status=422 if site.open else 410)
    if not _looked_over(request.POST.get("token", ""), typed, int(now.timestamp())):
        return render(
            request, "followup/public/form.html", around | {"token": _token(typed, int(now.timestamp()))}
        )
    try:
        actions.receive(system_scope("public-form", site.code), site.code, form.sent(), now=now)
    except (Full, BadInput):
        return render(request, "followup/public/full.html", around, status=429)
    return HttpResponseRedirect(pages.address(site, language, "takk/"), status=303)


def _token(typed: dict[str, str], now: int) -> str:
    return signing.dumps([_digest(typed), now], salt=SALT)


def _looked_over(token: str, typed: dict[str, str], now: int) -> bool:
    """Say whether exactly this was shown for looking over, some seconds ago and not longer than an hour."""
    try:
        digest, shown = signing.loads(token, salt=SALT, max_age=LATEST)
    except signing.BadSignature:
        return False
    return bool(digest == _digest(typed) and now - shown >= SOONEST)


def _digest(typed: dict[str, str]) -> str:
    return salted_hmac(SALT, "\x00".join(typed.values())).hexdigest()
