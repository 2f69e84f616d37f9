"""When staff are away: their people stand on the deputy's list meanwhile. Nobody's contact person changes by it."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.accounts.queries import memberships, owners_of, staff_with
from samvirke.followup.actions.assigning import MAY_BE_CONTACT
from samvirke.followup.models import Absence
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO

LONGEST = timedelta(days=366)


@action("followup.absence.registered", needs=Need.PERSON_READ, says=_("registrerte fravær"))
def register_absence(
    scope: Scope, municipality: str, membership: UUID, first: date, last: date, *, now: datetime
) -> Done:
    """Write that somebody is away from a day to a day: oneself, or, for the leader, anybody of the team.

    Counts for all their roles here. Raises BadInput naming the field; NotYours for another's absence.
    """
    scope.require_sight(municipality)
    owner = {one: account for one, account, _name in staff_with(scope, municipality, MAY_BE_CONTACT)}
    account = owner.get(membership)
    if account is None or (account != scope.account and not scope.may(Need.FOLLOWUP_ASSIGN)):
        raise NotYours(membership)
    if last < first:
        raise BadInput(gettext("Siste dag må komme etter første dag."), field="last")
    if last < now.astimezone(OSLO).date():
        raise BadInput(gettext("Fraværet er over. Velg en dag som ligger framover."), field="last")
    if last - first > LONGEST:
        raise BadInput(gettext("Fraværet kan vare i inntil ett år."), field="last")
    Absence.objects.bulk_create(
        [
            Absence(id=uuid4(), municipality_id=municipality, membership_id=one, first=first, last=last)
            for one, theirs in owner.items()
            if theirs == account
        ]
    )
    return Done(municipality, membership, about={"first": first, "last": last})


@action("followup.absence.ended", needs=Need.PERSON_READ, says=_("avsluttet et fravær"))
def end_absence(scope: Scope, absence_id: UUID, *, now: datetime) -> Done:
    """End an absence yesterday: who was away is at work today. One that has not begun is taken away. Raises NotYours."""
    row = Absence.objects.visible_to(scope).filter(id=absence_id).first()
    if row is None:
        raise NotYours(absence_id)
    account = owners_of(scope, [row.membership_id]).get(row.membership_id)
    if account is None or (account != scope.account and not scope.may(Need.FOLLOWUP_ASSIGN)):
        raise NotYours(absence_id)
    same = Absence.objects.visible_to(scope).filter(
        membership_id__in=memberships(scope, account), first=row.first, last=row.last
    )
    yesterday = now.astimezone(OSLO).date() - timedelta(days=1)
    if row.first > yesterday:
        same.delete()
    else:
        same.update(last=yesterday)
    return Done(row.municipality_id, row.membership_id, about={"first": row.first, "last": yesterday})
