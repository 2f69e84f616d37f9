"""What the library says, in our words: faults, messages, and the journal's short names."""

from django.utils.translation import gettext_lazy as _

_WRONG = _("E-postadressen eller passordet er feil. Prøv igjen, eller lag nytt passord.")
_WAIT = _("For mange forsøk. Vent fem minutter og prøv igjen.")
_CODE = _("Koden er feil eller brukt. Vent på neste kode i appen, eller bruk en reservekode.")

ACCOUNT = {
    "account_inactive": _("Kontoen er stengt. Be administratoren i kommunen din om en ny invitasjon."),
    "email_password_mismatch": _WRONG,
    "enter_current_password": _("Passordet du har nå, er ikke riktig."),
    "incorrect_code": _CODE,
    "incorrect_password": _("Passordet er feil. Prøv igjen."),
    "invalid_login": _WRONG,
    "invalid_password_reset": _("Lenken er brukt eller for gammel. Be om en ny."),
    "invalid_or_expired_key": _("Lenken er brukt eller for gammel. Be om en ny."),
    "too_many_login_attempts": _WAIT,
    "rate_limited": _WAIT,
    "unknown_email": _WRONG,
}
SECOND_FACTOR = {
    "incorrect_code": _CODE,
    "unverified_email": _(
        "E-postadressen din er ikke bekreftet. Be administratoren i kommunen din om hjelp."
    ),
    "cannot_delete_authenticator": _("Du kan ikke fjerne dette."),
    "cannot_generate_recovery_codes": _("Sett opp en app eller en passnøkkel først."),
    "add_email_blocked": _("Du kan ikke endre e-postadressen her."),
}
PASSKEY_FAILED = _("Passnøkkelen ble ikke godtatt. Prøv igjen, eller logg inn med passord.")

# The library's message templates, and what we say instead. What is not here is not said.
TOLD = {
    "account/messages/password_changed.txt": _("Passordet er endret."),
    "account/messages/password_set.txt": _("Passordet er laget."),
    "mfa/messages/totp_activated.txt": _("Appen er koblet til kontoen din."),
    "mfa/messages/totp_deactivated.txt": _("Appen er fjernet fra kontoen din."),
    "mfa/messages/webauthn_added.txt": _("Passnøkkelen er lagt til."),
    "mfa/messages/webauthn_removed.txt": _("Passnøkkelen er fjernet."),
    "mfa/messages/recovery_codes_generated.txt": _("Nye reservekoder er laget. Ta vare på dem nå."),
    "usersessions/messages/sessions_logged_out.txt": _("Du er logget ut alle andre steder."),
}

# Changes in how somebody logs in: what the journal and the e-mail call them.
SECURITY = {
    "password-changed": _("passordet ble endret"),
    "password-set": _("et passord ble laget"),
    "password-reset": _("et nytt passord ble laget fra en lenke på e-post"),
    "totp-activated": _("en app med engangskoder ble koblet til"),
    "totp-deactivated": _("appen med engangskoder ble fjernet"),
    "webauthn-added": _("en passnøkkel ble lagt til"),
    "webauthn-removed": _("en passnøkkel ble fjernet"),
    "recovery-codes-generated": _("nye reservekoder ble laget"),
    "account-connected": _("innlogging med kommunens identitetstjeneste ble koblet til"),
    "account-disconnected": _("innlogging med kommunens identitetstjeneste ble koblet fra"),
    "removed-by-administrator": _("administratoren fjernet ditt andre trinn"),
}
# How somebody logged in, in the journal
WAYS = {
    "password": _("passord"),
    "password_reset": _("lenke på e-post"),
    "webauthn": _("passnøkkel"),
    "totp": _("engangskode"),
    "recovery_codes": _("reservekode"),
    "socialaccount": _("identitetstjeneste"),
    "provider-mfa": _("identitetstjenestens andre trinn"),
    "demonstration": _("oppdiktet person i demonstrasjonen"),
    "invitation": _("invitasjon"),
}
