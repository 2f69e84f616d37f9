"""Interpreters, booked for one contact at a time."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, queries, words
from samvirke.followup.forms.interpreting import InterpreterForm
from samvirke.followup.rules.interpreting import SIGN_LANGUAGE, Kind
from samvirke.followup.views.common import act_on, record_view
from samvirke.kit.errors import BadInput


@needs(Need.ATTEMPT_WRITE)
@require_http_methods(["GET", "POST"])
@record_view
def book(request: ScopedRequest, municipality: str, followup: UUID, step: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write that an interpreter is booked for a contact."""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    queries.step_of(scope, followup, step)
    language = queries.person(scope, one.person_id).language
    first = {"kind": (Kind.SIGN if language == SIGN_LANGUAGE else Kind.PHONE).value}
    form = InterpreterForm(request.POST or None, initial=first)
    return act_on(
        request, followup, form, gettext("Tolk bestilt"), gettext("Lagre"),
        lambda told: actions.book_interpreter(
            scope, step, Kind(told["kind"]), told["at"], told["agency"], now=now
        ),
        template="followup/interpreter.html", more={"spoken": words.language(language)},
    )  # fmt: skip


@needs(Need.ATTEMPT_WRITE)
@require_POST
@record_view
def cannot_come(request: ScopedRequest, municipality: str, followup: UUID, step: UUID) -> HttpResponse:
    """Write that the interpreter cannot come."""
    queries.step_of(request.scope, followup, step)
    try:
        actions.interpreter_cannot_come(request.scope, step, now=timezone.now())
        notices.success(request, gettext("Lagret. Bestill en ny tolk."))
    except BadInput as refused:
        notices.error(request, refused.text)
    return redirect("followup-person", municipality=municipality, followup=followup)
