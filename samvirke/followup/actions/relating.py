"""Who belongs together: relations, households, who must be kept apart, and a family view that is closed."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.followup import queries, words
from samvirke.followup.actions.assigning import set_apart
from samvirke.followup.models import Followup, Household, Relation
from samvirke.followup.opening import may_open
from samvirke.kit.errors import BadInput


@action("followup.relation.added", needs=Need.PERSON_EDIT, says=_("førte hvordan to personer hører sammen"))
def relate(
    scope: Scope,
    followup_id: UUID,
    other: UUID,
    kind: str,
    *,
    now: datetime,
    custody: bool = False,
    household: bool = False,
    apart: bool = False,
) -> list[Done]:
    """Write what `other` (a person the asking one may see) is to somebody.

    `custody`: the other has parental responsibility. `household`: they are visited together. `apart`: they must never
    share contact person, list or gathering; do they today, the person stands in the queue at once.
    """
    one = queries.followup(scope, followup_id, lock=True)
    if kind not in words.RELATIONS:
        raise BadInput(gettext("Velg hva den andre er for personen."), field="kind")
    if other == one.person_id:
        raise BadInput(gettext("Velg en annen person."), field="other")
    if apart and household:
        raise BadInput(
            gettext("De som skal holdes atskilt, kan ikke være i samme husstand."), field="household"
        )
    if not may_open(scope, queries.person(scope, other).id):
        raise NotYours(other)
    _write(scope, one, other, kind, custody=custody, apart=apart, now=now)
    done = [Done(one.municipality_id, one.id, about={"other": other, "kind": kind, "apart": apart})]
    theirs = list(Followup.objects.visible_to(scope).filter(person=other, live=True).order_by("id"))
    if household:
        _together(scope, one, theirs)
    if apart:
        done += [row for row in (set_apart(scope, one, theirs, now=now),) if row is not None]
    return done


@action("followup.relation.ended", needs=Need.PERSON_EDIT, says=_("tok bort en kobling mellom to personer"))
def end_relation(scope: Scope, followup_id: UUID, relation: UUID, *, now: datetime) -> Done:
    """Take away a relation that was wrong or is over."""
    one = queries.followup(scope, followup_id, lock=True)
    rows = Relation.objects.visible_to(scope).filter(id=relation, ended_at__isnull=True)
    if not rows.filter(Q(person=one.person_id) | Q(other=one.person_id)).update(ended_at=now):
        raise BadInput(gettext("Koblingen finnes ikke."), field="relation")
    return Done(one.municipality_id, one.id, about={"relation": relation})


@action("followup.household.left", needs=Need.PERSON_EDIT, says=_("tok en person ut av husstanden"))
def leave_household(scope: Scope, followup_id: UUID, *, now: datetime) -> Done:  # noqa: ARG001  (each act has a moment)
    """Let somebody be visited alone from now on."""
    one = queries.followup(scope, followup_id, lock=True)
    before, one.household_id = one.household_id, None
    one.save(update_fields=["household_id"])
    return Done(one.municipality_id, one.id, {"household": (before, None)})


@action("followup.family.closed", needs=Need.PERSON_EDIT, says=_("lukket eller åpnet familiebildet"))
def close_family(scope: Scope, followup_id: UUID, *, closed: bool, now: datetime) -> Done:  # noqa: ARG001
    """Close the family view where it is unsafe to show the members together, or open it again."""
    one = queries.followup(scope, followup_id, lock=True)
    house = _house(one)
    Household.objects.visible_to(scope).filter(id=house).update(closed_view=closed)
    return Done(one.municipality_id, one.id, about={"closed": closed})


def _write(
    scope: Scope, one: Followup, other: UUID, kind: str, *, custody: bool, apart: bool, now: datetime
) -> None:
    rows = Relation.objects.visible_to(scope).filter(person=one.person_id, other=other, kind=kind)
    facts = {"custody": custody, "no_contact": apart, "added_at": now, "ended_at": None}
    if not rows.update(**facts):
        Relation.objects.bulk_create(
            [
                Relation(
                    id=uuid4(), municipality_id=one.municipality_id, person_id=one.person_id, other_id=other,
                    kind=kind, **facts,
                )
            ]
        )  # fmt: skip


def _house(one: Followup) -> UUID:
    """Return the person's household; one of their own is made when there is none."""
    if one.household_id is None:
        house = Household(id=uuid4(), municipality_id=one.municipality_id)
        house.save(force_insert=True)
        one.household = house
        one.save(update_fields=["household"])
    return one.household_id or UUID(int=0)


def _together(scope: Scope, one: Followup, theirs: list[Followup]) -> None:
    shared = next((row.household_id for row in theirs if row.household_id), None)
    if shared and one.household_id is None:
        one.household_id = shared
        one.save(update_fields=["household_id"])
        return
    house = _house(one)
    ids = [row.id for row in theirs]
    Followup.objects.visible_to(scope).filter(id__in=ids).update(household=house)
