"""Which staff may come near a person: inhabilitet, staff the person has said no to, named access."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need, Role
from samvirke.access.scope import Scope
from samvirke.accounts.queries import member
from samvirke.followup import identity, queries
from samvirke.followup.actions.assigning import step_aside
from samvirke.followup.models import Barred, Declared, Followup, Named
from samvirke.kit.errors import BadInput


@action(
    "followup.inhabilitet.declared",
    needs=Need.PERSON_READ,
    says=_("svarte på om de kjenner en person, før saken ble åpnet"),
)
def declare(scope: Scope, followup_id: UUID, *, inhabil: bool, now: datetime) -> list[Done]:
    """Answer, before the record opens, whether one is too close to the person.

    Who is, is barred at once; were they contact person, the person stands visibly in the queue. (Forvaltningsloven
    § 6; PRODUCT.md 4.5.)
    """
    one = queries.followup(scope, followup_id, lock=True)
    if scope.account is None:
        raise BadInput(gettext("Bare en person kan svare på dette."))
    about = {"inhabil": inhabil}
    if not inhabil:
        Declared.objects.bulk_create(
            [
                Declared(
                    person_id=one.person_id,
                    municipality_id=one.municipality_id,
                    account=scope.account,
                    at=now,
                )
            ],
            ignore_conflicts=True,
        )
        return [Done(one.municipality_id, one.id, about=about)]
    _bar(scope, one, scope.account, by_person=False, now=now)
    return [Done(one.municipality_id, one.id, about=about), *_aside(scope, one, scope.account, now)]


@action(
    "followup.staff.barred",
    needs=Need.PERSON_EDIT,
    says=_("førte at en person ikke vil ha en medarbeider i saken sin"),
)
def bar(scope: Scope, followup_id: UUID, account: UUID, *, now: datetime) -> list[Done]:
    """Keep a member of staff away from somebody who asked for it, the leader included. It holds at once."""
    one = queries.followup(scope, followup_id, lock=True)
    if member(scope, one.municipality_id, account) is None:
        raise BadInput(gettext("Velg en som har en rolle i kommunen."), field="account")
    _bar(scope, one, account, by_person=True, now=now)
    about = {"account": account}
    return [Done(one.municipality_id, one.id, about=about), *_aside(scope, one, account, now)]


@action(
    "followup.staff.unbarred",
    needs=Need.PERSON_EDIT,
    says=_("førte at en person likevel godtar en medarbeider"),
)
def unbar(scope: Scope, followup_id: UUID, account: UUID, *, now: datetime) -> Done:
    """Take back what the person said about a member of staff. A declared inhabilitet stays."""
    one = queries.followup(scope, followup_id, lock=True)
    rows = Barred.objects.visible_to(scope).filter(
        person=one.person_id, account=account, by_person=True, ended_at__isnull=True
    )
    if not rows.update(ended_at=now):
        raise BadInput(gettext("Personen har ikke sagt nei til denne medarbeideren."), field="account")
    return Done(one.municipality_id, one.id, about={"account": account})


@action(
    "followup.access.named",
    needs=Need.PERSON_READ_ALL,
    says=_("ga en leder tilgang til en person med strengt fortrolig adresse"),
)
def name_access(scope: Scope, followup_id: UUID, account: UUID, reason: str, *, now: datetime) -> Done:
    """Name a leader who may open somebody with strengt fortrolig address, with the reason."""
    one = queries.followup(scope, followup_id, lock=True)
    found = member(scope, one.municipality_id, account)
    if found is None or Role.TEAM_LEADER not in found.roles:
        raise BadInput(gettext("Velg en leder i kommunen."), field="account")
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor tilgangen trengs."), field="reason")
    id_ = uuid4()
    key = queries.key_of(scope, one.person_id, one.municipality_id, now)
    Named.objects.bulk_create(
        [
            Named(
                id=id_,
                person_id=one.person_id,
                municipality_id=one.municipality_id,
                account=account,
                given_by=scope.account,
                sealed=identity.close_text(reason.strip(), key, "named", id_),
                at=now,
            )
        ],
        ignore_conflicts=True,
    )
    return Done(one.municipality_id, one.id, about={"account": account})


@action(
    "followup.access.ended",
    needs=Need.PERSON_READ_ALL,
    says=_("tok bort en leders tilgang til en person med strengt fortrolig adresse"),
)
def end_access(scope: Scope, followup_id: UUID, account: UUID, *, now: datetime) -> Done:
    """Take back a named access."""
    one = queries.followup(scope, followup_id, lock=True)
    rows = Named.objects.visible_to(scope).filter(
        person=one.person_id, account=account, ended_at__isnull=True
    )
    if not rows.update(ended_at=now):
        raise BadInput(gettext("Lederen har ikke tilgang."), field="account")
    return Done(one.municipality_id, one.id, about={"account": account})


def _bar(scope: Scope, one: Followup, account: UUID, *, by_person: bool, now: datetime) -> None:
    rows = Barred.objects.visible_to(scope).filter(person=one.person_id, account=account, by_person=by_person)
    if rows.update(ended_at=None, at=now):
        return
    Barred.objects.bulk_create(
        [
            Barred(
                person_id=one.person_id,
                municipality_id=one.municipality_id,
                account=account,
                by_person=by_person,
                at=now,
            )
        ]
    )


def _aside(scope: Scope, one: Followup, account: UUID, now: datetime) -> list[Done]:
    """Let every follow-up of the person go on without this member of staff."""
    rows = Followup.objects.visible_to(scope).filter(person=one.person_id, live=True)
    return [
        done
        for row in rows.select_for_update(of=("self",)).order_by("id")
        for done in step_aside(scope, row, account, now=now)
    ]
