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
    """Confirm pieces that have a value (None: all, and the answers "not applicable"); return which. Raises BadInput."""
    if service.state == "withdrawn":
        raise BadInput(gettext("Tjenesten er trukket tilbake og kan ikke bekreftes."), field="state")
    filled = told(service)
    wanted = filled if pieces is None else frozenset(pieces)
    if lacking := sorted(wanted - filled):
        raise BadInput(gettext("Opplysningen er ikke fylt ut og kan ikke bekreftes."), field=lacking[0])
    writing.confirm_pieces(scope, service, wanted, by, now=now, max_age=max_age)
    if pieces is None:
        unanswered = Verification.objects.filter(service=service, state=rules.NOT_APPLICABLE)
        unanswered.visible_to(scope).update(verified_by=by, verified_at=now, due_at=now + max_age)
    if rules.SERVICES in wanted and service.state != "confirmed":
        service.state = "confirmed"
        service.save(update_fields=["state"])
    if service.state == "confirmed":
        writing.rebuild(service)
    return wanted
