"""The library's views that we use, each with our template. What is not here has no address."""

from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.usersessions import views as sessions
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samvirke.accounts import factors, providers, rules
from samvirke.ui.headers import POLICY

FORMS_LEAD_HOME = "form-action 'self'"


class Login(account.LoginView):
    template_name = "accounts/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        additions = [import_string(name)(self.request) for name in settings.LOGIN_ADDITIONS]
        shown = {"providers": providers.choices(), "additions": [one for one in additions if one]}
        return super().get_context_data(**kwargs) | shown

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let the login page's forms lead to the identity providers too: Chromium follows redirects with the policy."""
        response = super().dispatch(request, *args, **kwargs)
        if origins := providers.origins():
            wider = f"{FORMS_LEAD_HOME} {' '.join(origins)}"
            response.headers["Content-Security-Policy"] = POLICY.replace(FORMS_LEAD_HOME, wider)
        return response


class ActivateApp(totp.ActivateTOTPView):
    template_name = "accounts/app_add.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        factors.record_second(self.request, self.request.user, "totp")
        return response


class AddPasskey(passkeys.AddWebAuthnView):
    template_name = "accounts/passkey_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer a passkey that works alone: kept in the device, opened by finger, face or code."""
        context = super().get_context_data(**kwargs)
        options = passkeys.auth.begin_registration(self.request.user, passwordless=True)
        return context | {"options": options}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        factors.record_second(self.request, self.request.user, "webauthn")
        return response


class Sessions(sessions.ListUserSessionsView):
    template_name = "accounts/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for one in context["sessions"]:
            name, system = rules.browser(one.user_agent)
            one.browser = gettext("{browser} på {system}").format(
                browser=name or gettext("nettleser"), system=system or gettext("ukjent maskin")
            )
        return context


class Provider(OpenIDConnectOAuth2Adapter):
    """A municipality's identity provider. Its claims are looked at and forgotten: they are not ours to keep."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        login.claims = {**told.get("id_token", {}), **told.get("userinfo", {})}
        login.claims["amr"] = told.get("id_token", {}).get("amr")
        login.account.extra_data = {}
        return login


def _provider(view: Any) -> Any:
    def answer(request: HttpRequest, provider_id: str) -> HttpResponseBase:
        try:
            return view.adapter_view(Provider(request, provider_id))(request)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error

    return answer


login = Login.as_view()
logout = account.LogoutView.as_view(template_name="accounts/logout.html")
inactive = account.AccountInactiveView.as_view(template_name="accounts/inactive.html")
reauthenticate = account.ReauthenticateView.as_view(template_name="accounts/reauthenticate.html")
change_password = account.PasswordChangeView.as_view(template_name="accounts/password_change.html")
set_password = reauthentication_required(
    account.PasswordSetView.as_view(template_name="accounts/password_set.html"), app="allauth.mfa"
)
forgot_password = account.PasswordResetView.as_view(template_name="accounts/password_forgot.html")
forgot_password_sent = account.PasswordResetDoneView.as_view(
    template_name="accounts/password_forgot_sent.html"
)
new_password = account.PasswordResetFromKeyView.as_view(template_name="accounts/password_new.html")
new_password_done = account.PasswordResetFromKeyDoneView.as_view(
    template_name="accounts/password_new_done.html"
)

second_factor = factor.IndexView.as_view(template_name="accounts/second_factor.html")
give_code = factor.AuthenticateView.as_view(template_name="accounts/code.html")
give_code_again = factor.ReauthenticateView.as_view(template_name="accounts/code_again.html")
activate_app = ActivateApp.as_view()
remove_app = totp.DeactivateTOTPView.as_view(template_name="accounts/app_remove.html")
recovery_codes = codes.ViewRecoveryCodesView.as_view(template_name="accounts/recovery_codes.html")
new_recovery_codes = codes.GenerateRecoveryCodesView.as_view(template_name="accounts/recovery_codes_new.html")
download_recovery_codes = codes.DownloadRecoveryCodesView.as_view(template_name="accounts/recovery_codes.txt")
login_with_passkey = passkeys.LoginWebAuthnView.as_view()
passkeys_list = passkeys.ListWebAuthnView.as_view(template_name="accounts/passkeys.html")
add_passkey = AddPasskey.as_view()
passkey_again = passkeys.ReauthenticateWebAuthnView.as_view(template_name="accounts/passkey_again.html")
remove_passkey = passkeys.RemoveWebAuthnView.as_view(template_name="accounts/passkey_remove.html")
name_passkey = passkeys.EditWebAuthnView.as_view(template_name="accounts/passkey_name.html")
own_sessions = Sessions.as_view()

to_provider = require_POST(_provider(OAuth2LoginView))
from_provider = _provider(OAuth2CallbackView)
