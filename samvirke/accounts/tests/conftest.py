"""What the tests of accounts share: an account with a password, a second factor, the way through the login."""

import time
from datetime import UTC, datetime
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from samvirke.access.models import Journal
from samvirke.access.permissions import Role
from samvirke.access.scope import opened, system_scope
from samvirke.accounts.adapters import sealed_for
from samvirke.accounts.models import Account, Invitation, Membership
from samvirke.messaging.models import Message
from tests.cast import HALDEN

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
PASSWORD = "fjell vind hav lykt"
LOGIN = "/arbeid/konto/logg-inn/"
EMAIL = "kari@halden.kommune.no"


def make(email: str = EMAIL, *roles: Role, municipality: str = HALDEN, password: str = PASSWORD) -> Account:
    """Write an account with a password, and its roles in a municipality."""
    account = Account(email=email, name="Kari Nordmann", created_at=NOW)
    account.set_password(password)
    account.save()
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    with opened(system_scope("prøve")):
        for role in roles:
            Membership(account=account, role=role, municipality_id=municipality, since=NOW).save(
                force_insert=True
            )
    return account


def app_of(account: Account) -> str:
    """Give an account an authenticator app and return its secret."""
    secret = generate_totp_secret()
    Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data={"secret": sealed_for(account.pk, secret)}
    )
    return secret


def code(secret: str, *, ahead: int = 0) -> str:
    """Return what an app shows now, or some half minutes ahead."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def journal(**sought: object) -> list[tuple[str, UUID | None]]:
    """Return codes and accounts of the journal's rows, in order."""
    with opened(system_scope("prøve")) as scope:
        return list(
            Journal.objects.visible_to(scope)
            .filter(**sought)
            .order_by("written_at")
            .values_list("code", "account")
        )


def letters() -> list[Message]:
    with opened(system_scope("prøve")) as scope:
        return list(Message.objects.visible_to(scope).order_by("created_at"))


def invitations() -> list[Invitation]:
    with opened(system_scope("prøve")) as scope:
        return list(Invitation.objects.visible_to(scope).order_by("invited_at"))


def roles(account: Account | UUID) -> set[str]:
    """Return the roles somebody has now."""
    id_ = account.pk if isinstance(account, Account) else account
    with opened(system_scope("prøve")) as scope:
        return set(
            Membership.objects.visible_to(scope)
            .filter(account=id_, active=True)
            .values_list("role", flat=True)
        )


@pytest.fixture
def editor(db: None) -> Account:
    return make(EMAIL, Role.EDITOR)


@pytest.fixture
def leader(db: None) -> Account:
    return make(EMAIL, Role.TEAM_LEADER)
