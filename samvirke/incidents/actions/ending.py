"""Closing an incident and opening it again. What other rooms still have in it holds it open."""

from datetime import datetime
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.incidents import queries
from samvirke.incidents.actions.logbook import add
from samvirke.incidents.rules import State
from samvirke.kit.errors import BadInput


class Holds(Protocol):
    """settings.INCIDENT_HOLDS: why an incident cannot be closed, in whole sentences; none when it may."""

    def __call__(self, scope: Scope, incident_id: UUID) -> list[str]: ...


def held_by(scope: Scope, incident_id: UUID) -> list[str]:
    """Return why an incident cannot be closed yet."""
    found = [
        reason
        for path in settings.INCIDENT_HOLDS
        for reason in cast(Holds, import_string(path))(scope, incident_id)
    ]
    if queries.offer(scope, incident_id):
        found.append(gettext("Et tilbud om å overta ledelsen er ikke besvart. Trekk det tilbake først."))
    return found


@action("incidents.incident.closed", needs=Need.INCIDENT_LEAD, says=_("avsluttet en hendelse"))
def close(scope: Scope, incident_id: UUID, reason: str, *, now: datetime) -> Done:
    """Close an incident. Raises BadInput while somebody in it is followed up, or an offer waits."""
    event = queries.led(scope, incident_id)
    if event.state != State.ACTIVE:
        raise BadInput(gettext("Bare en aktiv hendelse kan avsluttes."))
    if reasons := held_by(scope, incident_id):
        raise BadInput(" ".join(reasons))
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor hendelsen avsluttes."), field="reason")
    event.state = State.CLOSED.value
    event.version += 1
    event.save(update_fields=["state", "version"])
    text = gettext("Hendelsen er avsluttet: {reason}").format(reason=reason.strip())
    add(scope, incident_id, event.municipality_id, "decision", text, now, now)
    return Done(event.municipality_id, incident_id, {"state": (State.ACTIVE.value, event.state)})


@action("incidents.incident.reopened", needs=Need.INCIDENT_LEAD, says=_("åpnet en hendelse igjen"))
def reopen(scope: Scope, incident_id: UUID, reason: str, *, now: datetime) -> Done:
    """Open a closed incident again."""
    event = queries.led(scope, incident_id)
    if event.state != State.CLOSED:
        raise BadInput(gettext("Bare en avsluttet hendelse kan åpnes igjen."))
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor hendelsen åpnes igjen."), field="reason")
    event.state = State.ACTIVE.value
    event.version += 1
    event.save(update_fields=["state", "version"])
    text = gettext("Hendelsen er åpnet igjen: {reason}").format(reason=reason.strip())
    add(scope, incident_id, event.municipality_id, "decision", text, now, now)
    return Done(event.municipality_id, incident_id, {"state": (State.CLOSED.value, event.state)})
