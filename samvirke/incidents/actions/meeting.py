"""Meetings, and the secret address of a member's calendar."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.incidents import queries
from samvirke.incidents.actions.logbook import own_municipality
from samvirke.incidents.models import CalendarKey, Meeting
from samvirke.kit.errors import BadInput


@dataclass(frozen=True)
class Planned:
    """A meeting as it is written. `invited`: words such as "kriseledelsen og politiet", no persons hit."""

    title: str
    starts: datetime
    ends: datetime
    place: str
    invited: str
    minutes_in: str = ""


@action("incidents.meeting.planned", needs=Need.INCIDENT_LOG, says=_("kalte inn til et møte"))
def plan(scope: Scope, incident_id: UUID, told: Planned, *, now: datetime) -> Done:
    """Plan a meeting. Raises BadInput at its field."""
    event, here = queries.incident(scope, incident_id), own_municipality(scope)
    _check(told)
    row = Meeting(incident_id=event.id, municipality_id=here, by=scope.account, changed_at=now, **vars(told))
    row.save(force_insert=True)
    return Done(here, incident_id, about={"meeting": row.id})


@action("incidents.meeting.changed", needs=Need.INCIDENT_LOG, says=_("endret et møte"))
def change(scope: Scope, meeting_id: UUID, told: Planned, *, now: datetime) -> Done:
    """Change a meeting of one's own municipality. Raises NotYours for another's."""
    row = queries.meeting(scope, meeting_id)
    _check(told)
    for name, value in vars(told).items():
        setattr(row, name, value)
    row.sequence, row.changed_at = row.sequence + 1, now
    row.save(update_fields=[*vars(told), "sequence", "changed_at"])
    return Done(row.municipality_id, row.incident_id, about={"meeting": meeting_id})


@action("incidents.meeting.cancelled", needs=Need.INCIDENT_LOG, says=_("avlyste et møte"))
def cancel(scope: Scope, meeting_id: UUID, *, now: datetime) -> Done:
    """Cancel a meeting of one's own municipality; calendars show it as cancelled."""
    row = queries.meeting(scope, meeting_id)
    if row.cancelled:
        raise BadInput(gettext("Møtet er allerede avlyst."))
    row.cancelled, row.sequence, row.changed_at = True, row.sequence + 1, now
    row.save(update_fields=["cancelled", "sequence", "changed_at"])
    return Done(row.municipality_id, row.incident_id, about={"meeting": meeting_id})


@dataclass(frozen=True)
class Keyed(Done):
    """A fresh key to a calendar. It is shown once and is not kept."""

    token: str = field(default="", repr=False)


@action("incidents.calendar.made", needs=Need.INCIDENT_READ, says=_("laget en adresse til kalenderen sin"))
def make_calendar(scope: Scope, *, now: datetime) -> Keyed:
    """Make the secret address of one's own calendar, or make it anew: the old one opens nothing from now on."""
    here, token = own_municipality(scope), secrets.token_urlsafe(32)
    if scope.account is None:
        raise BadInput(gettext("Bare den som er logget inn, kan ha en kalender."))
    CalendarKey.objects.bulk_create(
        [CalendarKey(municipality_id=here, account=scope.account, digest=digest(token), made_at=now)],
        update_conflicts=True, update_fields=["digest", "made_at"], unique_fields=["municipality", "account"],
    )  # fmt: skip
    return Keyed(here, scope.account, token=token)


@action("incidents.calendar.ended", needs=Need.INCIDENT_READ, says=_("slettet adressen til kalenderen sin"))
def end_calendar(scope: Scope, *, now: datetime) -> Done:  # noqa: ARG001  (every act takes its moment)
    """Let one's own calendar address open nothing."""
    here = own_municipality(scope)
    if scope.account is not None:
        CalendarKey.objects.visible_to(scope).filter(municipality=here, account=scope.account).delete()
    return Done(here, scope.account)


def digest(token: str) -> bytes:
    """Return what is kept of a calendar's key."""
    return sha256(token.encode()).digest()


def _check(told: Planned) -> None:
    for name in ("title", "place", "invited"):
        if not getattr(told, name).strip():
            raise BadInput(gettext("Fyll ut feltet."), field=name)
    if told.ends <= told.starts:
        raise BadInput(gettext("Møtet må slutte etter at det begynner."), field="ends")
