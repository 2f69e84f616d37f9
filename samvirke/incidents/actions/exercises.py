"""A drill is deleted as a whole: what every room has of it. The journal keeps that it was there."""

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
from samvirke.kit.errors import BadInput


class Eraser(Protocol):
    """settings.EXERCISE_ERASERS: what a room above erases first, of what does not itself point at the incident."""

    def __call__(self, scope: Scope, incident_id: UUID) -> None: ...


@action("incidents.exercise.deleted", needs=Need.INCIDENT_LEAD, says=_("slettet en øvelse"))
def delete(scope: Scope, incident_id: UUID, *, now: datetime) -> Done:  # noqa: ARG001  (every act takes its moment)
    """Delete a drill that one's municipality leads, with all that belongs to it. Raises BadInput for what is none."""
    event = queries.led(scope, incident_id)
    if not event.exercise:
        raise BadInput(gettext("Bare en øvelse kan slettes."))
    for path in settings.EXERCISE_ERASERS:
        cast(Eraser, import_string(path))(scope, incident_id)
    if not queries.erase_exercise(incident_id):
        raise BadInput(gettext("Bare en øvelse kan slettes."))
    return Done(event.municipality_id, incident_id, about={"reference": event.reference})
