"""What we want otherwise than django-allauth: words, letters, sealed secrets, nobody signs up by themselves."""

import base64
from typing import Any, cast
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from samvirke.access.scope import own_scope
from samvirke.access.sealed import seal, unseal
from samvirke.accounts import factors, providers, words
from samvirke.accounts.actions import own
from samvirke.accounts.models import Account
from samvirke.kit.visitor import network, visitor


class AccountAdapter(DefaultAccountAdapter):
    """Login by e-mail and password, new passwords, and what is said about them."""

    error_messages = DefaultAccountAdapter.error_messages | words.ACCOUNT

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_safe_url(self, url: str) -> bool:
        """Lead back only to our own addresses behind the login."""
        return bool(url) and url.startswith(settings.STAFF_PATH) and super().is_safe_url(url)

    def get_client_ip(self, request: HttpRequest) -> str:
        who = visitor(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))
        return network(who)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Begin the session. Whoever has just logged in need not show at once again who they are."""
        super().login(request, user)
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record | {"reauthenticated": True} for record in records
        ]
        request.session["started"] = timezone.now().timestamp()
        own.log_in(own_scope(user.pk), _how(records), now=timezone.now())

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return f"{reverse('account_login')}?ut=1"

    def add_message(  # noqa: PLR0917 (the library's signature)
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say the library's messages in our words; those that say what everybody sees are not said."""
        said = message or words.TOLD.get(message_template or "")
        if said:
            super().add_message(
                request, level, message_context=message_context, extra_tags=extra_tags, message=str(said)
            )

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        own.ask_for_password(own_scope(user.pk), now=timezone.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Write in the journal that the way to log in has changed, and tell the person."""
        what = template_prefix.rpartition("/")[2].replace("_", "-")
        own.change_security(own_scope(user.pk), what, now=timezone.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Refuse: every letter goes through messaging, with our words."""
        raise LookupError(f"No letter is written for {template_prefix}")


def _how(records: list[dict[str, Any]]) -> str:
    return "+".join(str(record.get("type") or record.get("method")) for record in records)


def sealed_for(account: UUID, secret: str) -> str:
    """Seal the secret of somebody's second factor as the library's table keeps it. It opens for them only."""
    return base64.b64encode(seal(secret.encode(), _about(account))).decode()


def _about(account: UUID) -> str:
    return f"accounts.second-factor:{account}"


def _whose() -> UUID:
    """Return whose second factor it is: of the person logged in, or of the one who is half-way there."""
    request = context.request
    user = request.user if request.user.is_authenticated else request._login_stage.login.user  # noqa: SLF001
    return cast(UUID, user.pk)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps, recovery codes and passkeys. Their secrets are sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | words.SECOND_FACTOR

    def encrypt(self, text: str) -> str:
        return sealed_for(_whose(), text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), _about(_whose())).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the host of STAFF_URL, whatever name the request came by."""
        return {"id": settings.STAFF_HOST, "name": "Samvirke"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": str(user)}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passnøkkel {number}").format(number=number)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Login with a municipality's identity provider: only for those who have an account here, or are invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account that a verified address belongs to and tie the login to it; else say why not."""
        found = providers.vouched(sociallogin)
        if isinstance(found, str):
            raise ImmediateHttpResponse(refused(request, found))
        account = _theirs(sociallogin, found, request)
        if found.second_factor:
            record_authentication(request, account, factors.PROVIDER, provider=found.provider)

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        """Say in our words that the provider's answer could not be used."""
        raise ImmediateHttpResponse(
            refused(request, gettext("Innloggingen ble avbrutt eller gikk ikke. Prøv en gang til."))
        )


def _theirs(sociallogin: SocialLogin, found: providers.Vouched, request: HttpRequest) -> Account:
    account = providers.account_of(found, timezone.now())
    if account is None:
        why = gettext(
            "Ingen konto her har adressen {email}. Be administratoren i kommunen din om å invitere deg."
        )
        raise ImmediateHttpResponse(refused(request, why.format(email=found.email)))
    if not sociallogin.is_existing:
        sociallogin.connect(request, account)
    elif sociallogin.user != account:
        why = gettext(
            "Innloggingen hører til en annen konto enn {email}. Be administratoren i kommunen din om hjelp."
        )
        raise ImmediateHttpResponse(refused(request, why.format(email=found.email)))
    return account


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """Return the page that says why a login with an identity provider did not go."""
    return render(request, "accounts/provider_refused.html", {"why": why}, status=403)
