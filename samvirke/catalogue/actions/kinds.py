"""Answering that a municipality has no service of a kind the letter asks for, and who helps instead."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.catalogue import rules
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.models import Verification
from samvirke.catalogue.queries import siblings
from samvirke.kit.errors import BadInput


@action(
    "catalogue.kind.lacking",
    needs=Need.SERVICE_CONFIRM,
    says=_("svarte at kommunen ikke har en type tjeneste"),
)
def answer_lacking(
    scope: Scope,
    code: str,
    kind: str,
    reason: Mapping[str, str],
    by: str,
    *,
    now: datetime,
    max_age: timedelta = rules.MAX_AGE,
) -> Change:
    """Answer that a municipality has no service of a kind: why, and who helps instead, per language.

    The reason stands on the page «Om siden». Raises BadInput without a reason, for a kind that every municipality
    has, and when there is a service of the kind.
    """
    scope.require_sight(code)
    writing.must_have_joined(code)
    if kind not in rules.MAY_LACK:
        raise BadInput(
            gettext("Alle kommuner skal ha dette. Skriv hvem som gir tilbudet til innbyggerne."), field="kind"
        )
    if any(service.kind == kind for service in siblings(scope, code).filter(state="confirmed")):
        raise BadInput(gettext("Tjenesten står på siden. Trekk den tilbake først."), field="kind")
    reasons = writing.texts(reason, 1000)
    if not reasons:
        raise BadInput(gettext("Skriv hvorfor, på minst ett språk."), field="reason")
    piece = rules.of_kind(kind)
    there = Verification.objects.filter(municipality=code, piece=piece).visible_to(scope)
    before = there.values_list("reason", flat=True).first()
    there.delete()
    Verification.objects.create(
        municipality_id=code,
        piece=piece,
        state=rules.NOT_APPLICABLE,
        reason=reasons,
        verified_by=writing.somebody(by),
        verified_at=now,
        due_at=now + max_age,
    )
    writing.rebuild_places([code])
    return Change(code, code, {piece: (before, reasons)}, {"pieces": (piece,), "confirmed_by": by})


@action(
    "catalogue.kind.not-lacking",
    needs=Need.SERVICE_CONFIRM,
    says=_("tok bort svaret om at kommunen ikke har en type tjeneste"),
)
def forget_lacking(scope: Scope, code: str, kind: str, *, now: datetime) -> Change:  # noqa: ARG001  (the journal's)
    """Take back the answer that a municipality has no service of a kind. Doing so twice does no harm."""
    scope.require_sight(code)
    piece = rules.of_kind(kind)
    there = Verification.objects.filter(municipality=code, piece=piece).visible_to(scope)
    before = there.values_list("reason", flat=True).first()
    there.delete()
    writing.rebuild_places([code])
    return Change(code, code, {piece: (before, None)} if before else {}, {"pieces": (piece,)})
