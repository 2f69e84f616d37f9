"""Writing that somebody stands for pieces of a service."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext

from samvirke.access.scope import Scope
from samvirke.catalogue import rules
from samvirke.catalogue.actions import writing
from samvirke.catalogue.models import Service, Verification
from samvirke.catalogue.queries import told
from samvirke.kit.errors import BadInput


def confirm_told(
    scope: Scope,
    service: Service,
    pieces: Collection[str] | None,
    by: str,
    *,
    now: datetime,
    max_age: timedelta,
) -> frozenset[str]:
    """Confirm pieces that have a value, and renew answers "not applicable" (None: all of both); return which.

    Raises BadInput for a withdrawn service, and for a piece that has neither.
    """
    if service.state == "withdrawn":
        raise BadInput(gettext("Tjenesten er trukket tilbake og kan ikke bekreftes."), field="state")
    filled = told(service)
    answered = {
        row.piece for row in service.verifications.all() if row.state == rules.NOT_APPLICABLE
    } - filled
    wanted = filled | answered if pieces is None else frozenset(pieces)
    if lacking := sorted(wanted - filled - answered):
        raise BadInput(gettext("Opplysningen er ikke fylt ut og kan ikke bekreftes."), field=lacking[0])
    writing.confirm_pieces(scope, service, wanted & filled, by, now=now, max_age=max_age)
    renewed = Verification.objects.filter(service=service, piece__in=wanted & answered).visible_to(scope)
    renewed.update(verified_by=by, verified_at=now, due_at=now + max_age)
    if rules.SERVICES in wanted and service.state != "confirmed":
        service.state = "confirmed"
        service.save(update_fields=["state"])
    if service.state == "confirmed":
        writing.rebuild(service)
    return wanted
