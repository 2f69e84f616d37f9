"""The letters this room sends, each in its caller's transaction. What they say: letters.py."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from samvirke.access.permissions import Role
from samvirke.access.scope import NATIONAL, Scope, system_scope
from samvirke.accounts.models import Invitation
from samvirke.messaging.actions import send


def invitation(scope: Scope, found: Invitation, now: datetime) -> None:
    """Send the link to whoever is invited."""
    send(
        scope,
        to=("invitation", str(found.pk)),
        template="accounts.invitation",
        channel="email",
        about={"invitation": str(found.pk)},
        municipality=found.municipality_id,
        now=now,
    )


def role_given(scope: Scope, account: UUID, role: Role, municipality: str, now: datetime) -> None:
    """Tell somebody that they have a new role."""
    _to_account(scope, account, "accounts.role-given", {"role": role.value}, now, place=municipality)


def password_reset(scope: Scope, account: UUID, now: datetime) -> None:
    """Send the way to a new password; the link is made when the letter is."""
    _to_account(scope, account, "accounts.password-reset", {"account": str(account)}, now)


def security_notice(
    scope: Scope, account: UUID, what: str, now: datetime, *, place: str | None = None
) -> None:
    """Tell somebody that the way they log in has changed, in case it was not them."""
    _to_account(scope, account, "accounts.security-notice", {"what": what}, now, place=place)


def _to_account(
    scope: Scope,
    account: UUID,
    template: str,
    about: Mapping[str, str],
    now: datetime,
    *,
    place: str | None = None,
) -> None:
    """`place` None: a letter about one's own account, which belongs to no municipality that its owner could see."""
    send(
        scope if place else system_scope("skriver til en konto om kontoen selv", NATIONAL),
        to=("account", str(account)),
        template=template,
        channel="email",
        about=about,
        municipality=place,
        now=now,
    )
