"""Roles: given, taken, ended with all that hangs on them."""

from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, act, action
from samvirke.access.permissions import Need, Role, may_hand_out
from samvirke.access.queries import is_invented
from samvirke.access.scope import Denied, NotYours, Scope, opened, system_scope
from samvirke.accounts import post, rules
from samvirke.accounts.models import Account, Membership
from samvirke.kit.errors import BadInput

Hook = Callable[[Scope, UUID, str, datetime], None]
CLOSED = act("accounts.account.closed", needs=Need.MEMBER_MANAGE, says=_("stengte en konto uten roller"))


@action("accounts.role.given", needs=Need.MEMBER_MANAGE, says=_("ga en person en rolle"))
def give_role(scope: Scope, municipality: str, account: UUID, role: Role, *, now: datetime) -> Done:
    """Give somebody who is a member here one more role, and tell them.

    Raises BadInput when they have it already, and when somebody would give themselves sight of people.
    """
    scope.require_sight(municipality)
    if not may_hand_out(scope.needs, role):
        raise Denied(role)
    held = [one.role for one in _here(scope, municipality, account)]
    if not rules.may_be_given(role, str(scope.account), str(account)):
        raise BadInput(
            gettext("Du kan ikke gi deg selv en rolle som ser personer. Be en annen administrator.")
        )
    if role in held:
        raise BadInput(gettext("Personen har rollen allerede."), field="role")
    Membership.objects.bulk_create(
        [
            Membership(
                account_id=account,
                role=role,
                municipality_id=municipality,
                invented=is_invented(municipality),
                since=now,
                given_by=scope.account,
            )
        ]
    )
    post.role_given(scope, account, role, municipality, now)
    return Done(municipality, account, about={"role": role.value, "member": account})


@action("accounts.role.taken", needs=Need.MEMBER_MANAGE, says=_("tok en rolle fra en person"))
def take_role(scope: Scope, municipality: str, account: UUID, role: Role, *, now: datetime) -> list[Done]:
    """End one of somebody's roles here. With their last role anywhere the account is closed."""
    scope.require_sight(municipality)
    mine = [one for one in _here(scope, municipality, account) if one.role == role]
    if not mine:
        raise BadInput(gettext("Personen har ikke rollen lenger."))
    return _ended(scope, municipality, account, mine, now)


@action("accounts.membership.ended", needs=Need.MEMBER_MANAGE, says=_("avsluttet et medlemskap"))
def end_membership(scope: Scope, municipality: str, account: UUID, *, now: datetime) -> list[Done]:
    """End all of somebody's roles here, as when they leave. Each room lets go of them in the same transaction."""
    scope.require_sight(municipality)
    return _ended(scope, municipality, account, _here(scope, municipality, account), now)


@action(
    "accounts.second-factor.removed",
    needs=Need.MEMBER_MANAGE,
    says=_("fjernet andre trinn i innloggingen for en person som har mistet det"),
)
def remove_second_factor(scope: Scope, municipality: str, account: UUID, *, now: datetime) -> Done:
    """Let somebody who has lost phone, passkey and codes set up a new second factor at their next login.

    Raises BadInput for oneself, and for somebody who has roles elsewhere too: then it is not this municipality's
    to decide.
    """
    scope.require_sight(municipality)
    _here(scope, municipality, account)
    if account == scope.account:
        raise BadInput(gettext("Du endrer ditt eget andre trinn under «Min konto»."))
    if _active_elsewhere(account, municipality):
        raise BadInput(gettext("Personen har roller også utenfor kommunen. Be driftsansvarlig om hjelp."))
    gone = Authenticator.objects.filter(user=account).delete()[0]
    end_sessions(account)
    post.security_notice(scope, account, "removed-by-administrator", now, place=municipality)
    return Done(municipality, account, about={"member": account, "removed": gone})


def end_sessions(account: UUID) -> None:
    """End all of somebody's sessions at once."""
    for session in UserSession.objects.filter(user_id=account):
        session.end()


def _ended(
    scope: Scope, municipality: str, account: UUID, mine: list[Membership], now: datetime
) -> list[Done]:
    _keep_an_administrator(scope, municipality, mine)
    Membership.objects.visible_to(scope).filter(pk__in=[one.pk for one in mine]).update(
        active=False, ended_at=now, ended_by=scope.account
    )
    for name in settings.LEAVING:
        cast(Hook, import_string(name))(scope, account, municipality, now)
    done = [Done(municipality, account, about={"roles": [one.role for one in mine], "member": account})]
    if not _active_elsewhere(account, None):
        Account.objects.filter(pk=account).update(is_active=False)
        end_sessions(account)
        done.append(Done(municipality, account, code=CLOSED, about={"member": account}))
    return done


def _here(scope: Scope, municipality: str, account: UUID) -> list[Membership]:
    """Return somebody's roles in a municipality, locked. Raises NotYours when they have none."""
    mine = list(
        Membership.objects.visible_to(scope)
        .filter(municipality=municipality, account=account, active=True)
        .select_for_update()
        .order_by("since")
    )
    if not mine:
        raise NotYours(account)
    return mine


def _keep_an_administrator(scope: Scope, municipality: str, going: list[Membership]) -> None:
    """Raise BadInput when the municipality would be left without an administrator. Two who leave at once wait."""
    if not any(one.role == Role.ADMINISTRATOR for one in going):
        return
    administrators = Membership.objects.visible_to(scope).filter(
        municipality=municipality, role=Role.ADMINISTRATOR, active=True
    )
    left = {one.pk for one in administrators.select_for_update().order_by("pk")} - {one.pk for one in going}
    if not left:
        raise BadInput(
            gettext("Kommunen må ha minst én administrator. Gi rollen til en annen først."), field="role"
        )


def _active_elsewhere(account: UUID, here: str | None) -> bool:
    """Say whether somebody has roles outside a municipality (None: anywhere). Only the system sees them all."""
    with opened(system_scope("se om personen har roller igjen")) as everywhere:
        rows = Membership.objects.visible_to(everywhere).filter(account=account, active=True)
        return (rows if here is None else rows.exclude(municipality=here)).exists()
