"""The links in messages to the team: no login, no script, nobody else's name. Only POST answers, never a scanner's GET.

The secret in the address is the key: who has it may answer. So the forms need no CSRF token, and set no cookie.
Guessed, too old, used up or of another kind: all get the same answer.
"""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samvirke.access.guard import public, unkept
from samvirke.access.scope import opened, system_scope
from samvirke.accounts.queries import place_names
from samvirke.incidents.callout import actions, queries
from samvirke.incidents.callout.forms import AnswerForm, OwnForm
from samvirke.incidents.callout.rules import Answer, comes_at
from samvirke.kit.errors import BadInput

FOLDER = "incidents/callout/staff"


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody who was called say whether they come, and change their mind."""
    now = timezone.now()
    door = queries.call_by_token(token, now)
    if door is None:
        return _gone(request)
    scope = system_scope("svar fra den som er kalt ut", door.municipality)
    with opened(scope):
        one = queries.call(scope, door.id)
        language = queries.members_by_id(scope, door.municipality, [one.member_id])[one.member_id].language
    with translation.override(language):
        form = AnswerForm(request.POST)
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            said = Answer(told["answer"])
            try:
                actions.answer(scope, door.municipality, door.id, said, told["minutes"], now=now)
            except BadInput:
                return _gone(request)
            return unkept(redirect("callout-answer", token=token))
        with opened(scope):
            given = {
                "row": one.callout, "said": one.answer, "town": _town(door.municipality),
                "comes_at": comes_at(one.answered_at, one.minutes),
                "place": queries.place_of(scope, one.callout, now), "wrong": request.method == "POST",
                "language": language,
            }  # fmt: skip
        return _page(request, f"{FOLDER}/answer.html", given, 422 if request.method == "POST" else 200)


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Let a member say whether their own numbers are right. The page shows only how the number ends."""
    now = timezone.now()
    door = queries.member_by_token(token, now)
    if door is None:
        return _gone(request)
    scope = system_scope("svar om egne opplysninger", door.municipality)
    with opened(scope):
        row = queries.member(scope, door.municipality, door.id)
        known = queries.contact_of(scope, row, now)
    with translation.override(row.language):
        given = {"town": _town(door.municipality), "hint": known.hint, "language": row.language, "said": ""}
        form = OwnForm(request.POST)
        if request.method == "POST" and form.is_valid():
            given["said"] = form.cleaned_data["answer"]
            if given["said"] == "right":
                actions.confirm(scope, door.municipality, door.id, now=now, by_link=True)
            else:
                actions.say_wrong(scope, door.municipality, door.id, now=now)
        return _page(request, f"{FOLDER}/own.html", given, 200)


def _gone(request: HttpRequest) -> HttpResponse:
    """Say the same whatever is wrong with a link."""
    given = {"language": translation.get_language() or "nb", "heading": gettext("Lenken virker ikke")}
    return _page(request, f"{FOLDER}/gone.html", given, 404)


def _page(request: HttpRequest, template: str, given: Mapping[str, object], status: int) -> HttpResponse:
    response = unkept(render(request, template, given, status=status))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _town(code: str) -> str:
    return place_names({code}).get(code, code)
