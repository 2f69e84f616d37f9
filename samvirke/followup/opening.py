"""Who may open whom: named access to strengt fortrolig, and the question about inhabilitet before a record opens.

barred or inhabil: the follow-up is not there at all (queries.followups)
strengt fortrolig: contact person, deputy and those named by a leader; others see that somebody stands there, no more
everybody else: asked once per person whether they know them
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from samvirke.access.scope import Scope
from samvirke.accounts.queries import memberships
from samvirke.followup.models import Barred, Declared, Followup, Named, Person
from samvirke.followup.rules.people import Protection


def openable(scope: Scope, people: Collection[Person]) -> set[UUID]:
    """Return which of these persons the asking person may open; one or four queries."""
    everybody = {one.id for one in people}
    if scope.account is None or not everybody:
        return everybody
    barred = Barred.objects.visible_to(scope).filter(
        person__in=everybody, account=scope.account, ended_at__isnull=True
    )
    everybody -= set(barred.values_list("person", flat=True))
    shielded = {one.id for one in people if one.protection == Protection.STRICTLY_CONFIDENTIAL.value}
    shielded &= everybody
    if not shielded:
        return everybody
    mine = memberships(scope, scope.account)
    theirs = Followup.objects.visible_to(scope).filter(person__in=shielded, live=True)
    followed = theirs.filter(Q(contact_id__in=mine) | Q(deputy_id__in=mine))
    named = Named.objects.visible_to(scope).filter(
        person__in=shielded, account=scope.account, ended_at__isnull=True
    )
    known = {*followed.values_list("person", flat=True), *named.values_list("person", flat=True)}
    return everybody - shielded | known


def may_open(scope: Scope, person_id: UUID) -> bool:
    """Say whether the asking person may open somebody whose follow-up they may see."""
    return bool(openable(scope, list(Person.objects.visible_to(scope).filter(id=person_id))))


def was_asked(scope: Scope, person_id: UUID) -> bool:
    """Say whether the asking person has answered that they are not inhabil."""
    if scope.account is None:
        return True
    return Declared.objects.visible_to(scope).filter(person=person_id, account=scope.account).exists()
