"""Contact persons: given from the queue, handed over with a note, and let go when somebody leaves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need, Role
from samvirke.access.scope import Scope
from samvirke.accounts.queries import holders, memberships, owners_of
from samvirke.followup import identity, queries
from samvirke.followup.models import Barred, ContactChange, Followup, Relation
from samvirke.followup.models.contact import ACTIVE
from samvirke.kit.errors import BadInput

MAY_BE_CONTACT = (Role.CONTACT_PERSON, Role.TEAM_LEADER, Role.HEALTH_PROFESSIONAL)
LIMIT = 30
"""People per contact person before the leader must say that it is meant: a municipal proposal."""


@action("followup.contact.assigned", needs=Need.FOLLOWUP_ASSIGN, says=_("ga en rammet en kontaktperson"))
def assign(
    scope: Scope,
    municipality: str,
    followup_ids: Sequence[UUID],
    contact: UUID,
    deputy: UUID,
    *,
    now: datetime,
    over_limit: bool = False,
) -> list[Done]:
    """Give people from the unassigned queue a contact person and a deputy (memberships). All or none.

    Raises BadInput when one of them may not be it, is barred by a person, already follows the other side of a
    conflict, or has too many.
    """
    rows = _locked(scope, followup_ids)
    _check_staff(scope, municipality, contact, deputy)
    load = queries.load(scope, municipality, now).get(contact)
    if not over_limit and (load.people if load else 0) + len(rows) > LIMIT:
        raise BadInput(
            gettext(
                "Kontaktpersonen får flere enn {n}. Velg en annen, eller bekreft at det er meningen."
            ).format(n=LIMIT),
            field="contact",
        )
    done = []
    for one in rows:
        if one.queued_since is None:
            raise BadInput(
                gettext("Personen har alt en kontaktperson. Bruk overlevering."), field="followups"
            )
        _check_person(scope, one, (contact, deputy))
        done.append(_set(scope, one, (contact, deputy), "assigned", now=now))
    return done


@action(
    "followup.contact.changed",
    needs=Need.FOLLOWUP_ASSIGN,
    says=_("overleverte en rammet til en ny kontaktperson"),
)
def hand_over(
    scope: Scope,
    followup_id: UUID,
    contact: UUID,
    deputy: UUID,
    note: str,
    *,
    person_told: str,
    now: datetime,
) -> Done:
    """Change somebody's contact person, with a hand-over note, after the person has been told (how: `person_told`)."""
    (one,) = _locked(scope, [followup_id])
    if not note.strip():
        raise BadInput(gettext("Skriv hva den nye kontaktpersonen må vite."), field="note")
    if person_told not in {"phone", "letter", "sms", "meeting", "not-possible"}:
        raise BadInput(gettext("Skriv hvordan personen fikk vite om byttet."), field="person_told")
    _check_staff(scope, one.municipality_id, contact, deputy)
    _check_person(scope, one, (contact, deputy))
    return _set(scope, one, (contact, deputy), f"told-{person_told}", now=now, note=note)


@action(
    "followup.contact.left",
    needs=Need.MEMBER_MANAGE,
    says=_("la rammede tilbake i køen da en medarbeider sluttet"),
)
def release(scope: Scope, account: UUID, municipality: str, *, now: datetime) -> list[Done]:
    """Let go of everybody whose contact person or deputy has ended their membership, in that same transaction.

    Without a contact person they stand in the queue, visible at once. Without a deputy, a leader steps in.
    """
    gone = set(memberships(scope, account, active=False))
    rows = Followup.objects.visible_to(scope).filter(municipality=municipality, state=ACTIVE)
    orphans = list(rows.filter(contact_id__in=gone).select_for_update().order_by("id"))
    done = [_set(scope, one, (None, None), "left", now=now) for one in orphans]
    leaders = [one for one in holders(scope, municipality, [Role.TEAM_LEADER]) if one not in gone]
    for one in rows.filter(deputy_id__in=gone).select_for_update().order_by("id"):
        instead = next((leader for leader in leaders if leader != one.contact_id), None)
        done.append(_set(scope, one, (one.contact_id if instead else None, instead), "left", now=now))
    return done


def step_aside(scope: Scope, one: Followup, account: UUID, *, now: datetime) -> list[Done]:
    """Let a person's follow-up go on without one who may no longer come near them. Inside another act.

    Without a contact person they stand in the queue; instead of a deputy a leader steps in who may.
    """
    gone = set(memberships(scope, account))
    if one.contact_id in gone:
        return [_set(scope, one, (None, None), "barred", now=now)]
    if one.deputy_id not in gone:
        return []
    barred = _barred(scope, one)
    leaders = owners_of(scope, holders(scope, one.municipality_id, [Role.TEAM_LEADER]))
    able = (id_ for id_, owner in leaders.items() if owner not in barred and id_ != one.contact_id)
    instead = next(able, None)
    return [_set(scope, one, (one.contact_id if instead else None, instead), "barred", now=now)]


def set_apart(scope: Scope, one: Followup, others: Sequence[Followup], *, now: datetime) -> Done | None:
    """Put a person in the queue when they share contact person or deputy with one they must be kept apart from."""
    taken = {staff for row in others for staff in (row.contact_id, row.deputy_id) if staff}
    household = {row.household_id for row in others} - {None}
    if one.household_id in household:
        one.household_id = None
        one.save(update_fields=["household_id"])
    if one.state == ACTIVE and taken & {one.contact_id, one.deputy_id}:
        return _set(scope, one, (None, None), "apart", now=now)
    return None


def leaving(scope: Scope, account: UUID, municipality: str, now: datetime) -> None:
    """Be called by accounts when a membership ends (settings.LEAVING)."""
    release(scope, account, municipality, now=now)


def _locked(scope: Scope, ids: Sequence[UUID]) -> list[Followup]:
    """Lock follow-ups in the order of their ids, so that two who do the same wait instead of stopping each other."""
    rows = [queries.followup(scope, one, lock=True) for one in sorted(ids)]
    if any(one.state != ACTIVE for one in rows):
        raise BadInput(gettext("Oppfølgingen er avsluttet."), field="followups")
    return rows


def _check_staff(scope: Scope, municipality: str, contact: UUID, deputy: UUID) -> None:
    may = set(holders(scope, municipality, MAY_BE_CONTACT))
    if contact not in may:
        raise BadInput(gettext("Velg en kontaktperson som har rollen i kommunen."), field="contact")
    if deputy not in may:
        raise BadInput(gettext("Velg en stedfortreder som har rollen i kommunen."), field="deputy")
    accounts = owners_of(scope, [contact, deputy])
    if contact == deputy or accounts[contact] == accounts[deputy]:
        raise BadInput(gettext("Kontaktperson og stedfortreder må være to ulike personer."), field="deputy")


def _check_person(scope: Scope, one: Followup, staff: Sequence[UUID]) -> None:
    accounts = owners_of(scope, staff)
    if _barred(scope, one) & set(accounts.values()):
        raise BadInput(
            gettext("Personen har sagt nei til denne medarbeideren, eller medarbeideren er inhabil."),
            field="contact",
        )
    apart = Relation.objects.visible_to(scope).filter(no_contact=True, ended_at__isnull=True)
    others = {*apart.filter(person=one.person_id).values_list("other", flat=True),
              *apart.filter(other=one.person_id).values_list("person", flat=True)}  # fmt: skip
    theirs = Followup.objects.visible_to(scope).filter(person__in=others, live=True)
    taken = {staff_ for pair in theirs.values_list("contact_id", "deputy_id") for staff_ in pair if staff_}
    if taken & set(staff):
        raise BadInput(
            gettext("Kontaktpersonen følger opp en som skal holdes atskilt fra denne personen."),
            field="contact",
        )


def _barred(scope: Scope, one: Followup) -> set[UUID]:
    rows = Barred.objects.visible_to(scope).filter(person=one.person_id, ended_at__isnull=True)
    return set(rows.values_list("account", flat=True))


def _set(
    scope: Scope,
    one: Followup,
    staff: tuple[UUID | None, UUID | None],
    why: str,
    *,
    now: datetime,
    note: str = "",
) -> Done:
    before, (contact, deputy) = one.contact_id, staff
    one.contact_id, one.deputy_id = contact, deputy
    one.queued_since = None if contact else now
    one.version += 1
    one.save(update_fields=["contact_id", "deputy_id", "queued_since", "version"])
    id_ = uuid4()
    key = queries.key_of(scope, one.person_id, one.municipality_id, now) if note else b""
    ContactChange.objects.bulk_create(
        [
            ContactChange(
                id=id_,
                municipality_id=one.municipality_id,
                followup_id=one.id,
                before_id=before,
                after_id=contact,
                sealed=identity.close_text(note, key, "contactchange", id_) if note else None,
                why=why,
                at=now,
                account=scope.account,
            )
        ]
    )
    return Done(one.municipality_id, one.id, {"contact": (before, contact)}, {"why": why})
