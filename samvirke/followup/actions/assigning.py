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
from samvirke.followup.actions import pointing
from samvirke.followup.models import Absence, Barred, ContactChange, Followup, Relation
from samvirke.followup.models.contact import ACTIVE
from samvirke.followup.rules.outcomes import Added
from samvirke.followup.rules.plan import DAY, Owner, Window
from samvirke.followup.rules.staffing import LIMIT as LIMIT
from samvirke.followup.rules.staffing import left_behind
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO

MAY_BE_CONTACT = (Role.CONTACT_PERSON, Role.TEAM_LEADER, Role.HEALTH_PROFESSIONAL)
TOLD = ("phone", "meeting", "letter", "sms", "planned", "not-possible")
"""How somebody learns of a new contact person. "planned": the new one tells them, as a step of the plan."""


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
    together: bool = False,
) -> list[Done]:
    """Give people from the unassigned queue a contact person and a deputy (memberships). All or none.

    `over_limit`: it is meant, although they get many or are away. `together`: refuse to part a family. Raises
    BadInput when one of them may not be it, is barred by a person, already follows the other side of a conflict,
    has too many, is away, or when a family would be parted.
    """
    rows = _locked(scope, followup_ids)
    _check_staff(scope, municipality, contact, deputy)
    if not over_limit:
        _check_load(scope, municipality, contact, len(rows), now)
    if together:
        _check_families(scope, rows, contact)
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
    if person_told not in TOLD:
        raise BadInput(gettext("Skriv hvordan personen fikk vite om byttet."), field="person_told")
    _check_staff(scope, one.municipality_id, contact, deputy)
    _check_person(scope, one, (contact, deputy))
    done = _set(scope, one, (contact, deputy), f"told-{person_told}", now=now, note=note)
    if person_told == "planned" and not one.stopped and not one.waits_for_message:
        soon = Window(now, now + DAY, now + 3 * DAY)
        pointing.add(scope, one, Added("new-contact", soon, Owner.CONTACT, "tell-new-contact"), now=now)
        pointing.point(scope, one, now)
    return done


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


def _check_load(scope: Scope, municipality: str, contact: UUID, more: int, now: datetime) -> None:
    load = queries.load(scope, municipality, now).get(contact)
    if (load.people if load else 0) + more > LIMIT:
        text = gettext("Kontaktpersonen får flere enn {n}. Velg en annen, eller bekreft at det er meningen.")
        raise BadInput(text.format(n=LIMIT), field="contact")
    today = now.astimezone(OSLO).date()
    gone = Absence.objects.visible_to(scope).filter(membership_id=contact, first__lte=today, last__gte=today)
    if gone.exists():
        text = gettext("Kontaktpersonen er borte i dag. Velg en annen, eller bekreft at det er meningen.")
        raise BadInput(text, field="contact")


def _check_families(scope: Scope, rows: Sequence[Followup], contact: UUID) -> None:
    """Refuse to part a family, unless its members are flagged to be kept apart (Household.closed_view)."""
    homes = {row.household_id for row in rows if row.household_id}
    members = Followup.objects.visible_to(scope).filter(
        household__in=homes, household__closed_view=False, live=True
    )
    families: dict[UUID, list[UUID]] = {}
    for one, home, theirs in members.values_list("id", "household_id", "contact_id"):
        if theirs is None and home:
            families.setdefault(home, []).append(one)
        elif theirs != contact:
            text = gettext(
                "Familien har en annen kontaktperson. Velg den samme, eller kryss av for hver sin."
            )
            raise BadInput(text, field="contact")
    if behind := left_behind([row.id for row in rows], families):
        text = gettext("{n} til i familien står i køen. Velg dem også, eller kryss av for hver sin.")
        raise BadInput(text.format(n=len(behind)), field="contact")


def _check_person(scope: Scope, one: Followup, staff: Sequence[UUID]) -> None:
    accounts = owners_of(scope, staff)
    if _barred(scope, one) & set(accounts.values()):
        raise BadInput(
            gettext("Personen har sagt nei til denne medarbeideren, eller medarbeideren er inhabil."),
            field="contact",
        )
    others = _other_side(scope, one)
    theirs = Followup.objects.visible_to(scope).filter(person__in=others, live=True)
    taken = {staff_ for pair in theirs.values_list("contact_id", "deputy_id") for staff_ in pair if staff_}
    if taken & set(staff):
        raise BadInput(
            gettext("Kontaktpersonen følger opp en som skal holdes atskilt fra denne personen."),
            field="contact",
        )


def _other_side(scope: Scope, one: Followup) -> set[UUID]:
    """Return the persons whom this one and their family must be kept apart from, families included.

    The families of victim and perpetrator never share contact person (PRODUCT.md § 4.5): who lives with or belongs
    to somebody on one side counts with them.
    """
    ours = _family(scope, {one.person_id})
    apart = Relation.objects.visible_to(scope).filter(no_contact=True, ended_at__isnull=True)
    direct = {*apart.filter(person=one.person_id).values_list("other", flat=True),
              *apart.filter(other=one.person_id).values_list("person", flat=True)}  # fmt: skip
    theirs = {*apart.filter(person__in=ours).values_list("other", flat=True),
              *apart.filter(other__in=ours).values_list("person", flat=True)} - ours  # fmt: skip
    return direct | (_family(scope, theirs) - ours if theirs else set())


def _family(scope: Scope, people: set[UUID]) -> set[UUID]:
    """Return persons with those they live with and those they belong to."""
    rows = Followup.objects.visible_to(scope)
    homes = rows.filter(person__in=people, household__isnull=False).values("household")
    close = Relation.objects.visible_to(scope).filter(no_contact=False, ended_at__isnull=True)
    return {
        *people,
        *rows.filter(household__in=homes).values_list("person", flat=True),
        *close.filter(person__in=people).values_list("other", flat=True),
        *close.filter(other__in=people).values_list("person", flat=True),
    }


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
