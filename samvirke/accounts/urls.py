"""The site map of accounts: the way in, one's own account, and who has which role where."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from samvirke.access.guard import OWN, PUBLIC, marked
from samvirke.accounts import library
from samvirke.accounts.views import home, invitations, members, own, records


class Code(StringConverter):
    """A municipality's four digits, so that no other address under /arbeid/ is taken for one."""

    regex = "[0-9]{4}"


register_converter(Code, "kommune")
K = "arbeid/konto/"
M = "arbeid/<kommune:municipality>/"

THE_WAY_IN = [
    path(f"{K}logg-inn/", marked(library.login, PUBLIC), name="account_login"),
    path(f"{K}logg-ut/", marked(library.logout, PUBLIC), name="account_logout"),
    path(f"{K}stengt/", marked(library.inactive, PUBLIC), name="account_inactive"),
    path(f"{K}passnokkel/", marked(library.login_with_passkey, PUBLIC), name="mfa_login_webauthn"),
    path(f"{K}kode/", marked(library.give_code, PUBLIC), name="mfa_authenticate"),
    path(f"{K}glemt-passord/", marked(library.forgot_password, PUBLIC), name="account_reset_password"),
    path(
        f"{K}glemt-passord/sendt/",
        marked(library.forgot_password_sent, PUBLIC),
        name="account_reset_password_done",
    ),
    path(
        f"{K}nytt-passord/ferdig/",
        marked(library.new_password_done, PUBLIC),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        f"^{K}nytt-passord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        marked(library.new_password, PUBLIC),
        name="account_reset_password_from_key",
    ),
    path(
        f"{K}tjeneste/<slug:provider_id>/", marked(library.to_provider, PUBLIC), name="openid_connect_login"
    ),
    path(
        f"{K}tjeneste/<slug:provider_id>/svar/",
        marked(library.from_provider, PUBLIC),
        name="openid_connect_callback",
    ),
    path(f"{K}invitasjon/<str:token>/", invitations.accept, name="accounts-invitation"),
    path(
        f"{K}invitasjon/<str:token>/passnokkel/",
        invitations.accept_with_passkey,
        name="accounts-invitation-passkey",
    ),
]
OWN_ACCOUNT = [
    path(K, own.account, name="accounts-own"),
    path(f"{K}endre/", own.change, name="accounts-own-change"),
    path(f"{K}fortsett/", own.stay, name="accounts-stay"),
    path(f"{K}bekreft/", marked(library.reauthenticate, OWN), name="account_reauthenticate"),
    path(f"{K}bekreft/kode/", marked(library.give_code_again, OWN), name="mfa_reauthenticate"),
    path(f"{K}bekreft/passnokkel/", marked(library.passkey_again, OWN), name="mfa_reauthenticate_webauthn"),
    path(f"{K}passord/", marked(library.change_password, OWN), name="account_change_password"),
    path(f"{K}passord/lag/", marked(library.set_password, OWN), name="account_set_password"),
    path(f"{K}to-trinn/", marked(library.second_factor, OWN), name="mfa_index"),
    path(f"{K}to-trinn/app/", marked(library.activate_app, OWN), name="mfa_activate_totp"),
    path(f"{K}to-trinn/app/fjern/", marked(library.remove_app, OWN), name="mfa_deactivate_totp"),
    path(f"{K}to-trinn/koder/", marked(library.recovery_codes, OWN), name="mfa_view_recovery_codes"),
    path(
        f"{K}to-trinn/koder/nye/", marked(library.new_recovery_codes, OWN), name="mfa_generate_recovery_codes"
    ),
    path(
        f"{K}to-trinn/koder/fil/",
        marked(library.download_recovery_codes, OWN),
        name="mfa_download_recovery_codes",
    ),
    path(f"{K}passnokler/", marked(library.passkeys_list, OWN), name="mfa_list_webauthn"),
    path(f"{K}passnokler/ny/", marked(library.add_passkey, OWN), name="mfa_add_webauthn"),
    path(f"{K}passnokler/<int:pk>/fjern/", marked(library.remove_passkey, OWN), name="mfa_remove_webauthn"),
    path(f"{K}passnokler/<int:pk>/navn/", marked(library.name_passkey, OWN), name="mfa_edit_webauthn"),
    path(f"{K}okter/", marked(library.own_sessions, OWN), name="usersessions_list"),
    path(f"{K}okter/<int:session>/avslutt/", own.end_session, name="accounts-end-session"),
]
EVERYWHERE = [
    path("arbeid/", home.home, name="accounts-home"),
    path("arbeid/roller/", records.roles, name="accounts-roles"),
]
IN_A_MUNICIPALITY = [
    path(M, home.municipality_home, name="accounts-municipality"),
    path(f"{M}medlemmer/", members.list_members, name="accounts-members"),
    path(f"{M}medlemmer/inviter/", members.invite, name="accounts-invite"),
    path(f"{M}medlemmer/<uuid:account>/", members.member, name="accounts-member"),
    path(f"{M}medlemmer/<uuid:account>/gi/", members.give, name="accounts-give-role"),
    path(f"{M}medlemmer/<uuid:account>/ta/<slug:role>/", members.take, name="accounts-take-role"),
    path(f"{M}medlemmer/<uuid:account>/avslutt/", members.end, name="accounts-end-membership"),
    path(
        f"{M}medlemmer/<uuid:account>/andre-trinn/",
        members.remove_second_factor,
        name="accounts-remove-second-factor",
    ),
    path(
        f"{M}invitasjoner/<uuid:invitation>/send/",
        members.send_invitation_again,
        name="accounts-send-invitation-again",
    ),
    path(
        f"{M}invitasjoner/<uuid:invitation>/trekk/",
        members.withdraw_invitation,
        name="accounts-withdraw-invitation",
    ),
    path(f"{M}klar/", records.readiness, name="accounts-readiness"),
    path(f"{M}journal/", records.journal, name="accounts-journal"),
    path(f"{M}innsyn/", records.access_log, name="accounts-access-log"),
    path(f"{M}personopplysninger/", records.inventory, name="accounts-inventory"),
]
urlpatterns = [*THE_WAY_IN, *OWN_ACCOUNT, *EVERYWHERE, *IN_A_MUNICIPALITY]
