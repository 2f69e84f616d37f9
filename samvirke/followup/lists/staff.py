"""Who may follow people up, with their load and their absence."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.accounts.queries import staff_with
from samvirke.followup import queries
from samvirke.followup.actions.assigning import MAY_BE_CONTACT
from samvirke.followup.lists.worklists import away
from samvirke.followup.models import Absence
from samvirke.followup.rules.staffing import LIMIT, Worker, least_loaded
from samvirke.kit.hours import OSLO


def workers(scope: Scope, municipality: str, now: datetime) -> list[Worker]:
    """Return who may be a contact person, one line per person, in the order to propose them; three queries."""
    load = queries.load(scope, municipality, now)
    today = now.astimezone(OSLO).date()
    gone = dict(away(scope, today).order_by("last").values_list("membership_id", "last"))
    found: dict[UUID, Worker] = {}
    for membership, account, name in staff_with(scope, municipality, MAY_BE_CONTACT):
        has = load.get(membership)
        one = Worker(
            membership,
            account,
            name,
            has.people if has else 0,
            has.overdue if has else 0,
            gone.get(membership),
        )
        if account not in found or one.people > found[account].people:
            found[account] = one
    return least_loaded(found.values())


def option(one: Worker) -> str:
    """Return a worker as a choice: name, people, late ones, and until when they are away."""
    told = [ngettext("{n} person", "{n} personer", one.people).format(n=one.people)]
    if one.overdue:
        told.append(gettext("{n} over fristen").format(n=one.overdue))
    if one.people >= LIMIT:
        told.append(gettext("har nok"))
    if one.away:
        told.append(gettext("borte til {day}").format(day=date_format(one.away, "j.n.")))
    return f"{one.name}: {', '.join(told)}"


@dataclass(frozen=True)
class Away:
    """An absence that lasts or comes. `people`: how many stand on deputies' lists meanwhile."""

    id: UUID
    name: str
    first: date
    last: date
    now: bool
    people: int
    mine: bool


def absences(scope: Scope, municipality: str, staff: list[Worker], now: datetime) -> list[Away]:
    """Return the absences that last or come, the first first: one's own, and for the leader everybody's; one query."""
    today, known = now.astimezone(OSLO).date(), {one.membership: one for one in staff}
    rows = Absence.objects.visible_to(scope).filter(municipality=municipality, last__gte=today)
    found = []
    for row in rows.order_by("first", "last", "id"):
        one = known.get(row.membership_id)
        if one and (one.account == scope.account or scope.may(Need.FOLLOWUP_ASSIGN)):
            lasts = row.first <= today
            mine = one.account == scope.account
            found.append(Away(row.id, one.name, row.first, row.last, lasts, one.people, mine))
    return found
