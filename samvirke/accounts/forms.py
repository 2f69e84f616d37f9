"""Forms about accounts: the library's with our words, and our own. They clean, they do not save."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from samvirke.access.permissions import ROLES, Level, Role
from samvirke.access.readiness import NAMES as DOCUMENT_NAMES
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts.models import Account
from samvirke.accounts.words import PASSKEY_FAILED

MISSING = {
    "email": _("Skriv e-postadressen din."),
    "password": _("Skriv passordet."),
    "code": _("Skriv koden."),
    "name": _("Skriv navnet ditt, slik kollegaene dine kjenner det."),
}
NOT_AN_ADDRESS = _("Dette er ikke en e-postadresse. Skriv for eksempel kari@kommune.no.")
LANGUAGE_CHOICES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
HINT = _("Minst 12 tegn. Flere vanlige ord etter hverandre er lett å huske og vanskelig å gjette.")


def _worded(field: forms.Field, label: Any, missing: Any, hint: Any = "") -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


def _address(field: forms.Field) -> None:
    _worded(field, _("E-postadresse"), MISSING["email"])
    field.error_messages["invalid"] = NOT_AN_ADDRESS
    for validator in field.validators:
        if isinstance(validator, EmailValidator):
            validator.message = NOT_AN_ADDRESS


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["login"])
        self.fields["login"].widget.attrs |= {"autocomplete": "username"}
        _worded(self.fields["password"], _("Passord"), MISSING["password"])


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], _("Passord"), MISSING["password"])


class _NewPassword:
    """One field for a new password: who mistypes it makes another from a link. Shown or hidden by the reader."""

    fields: dict[str, forms.Field]

    def _word(self) -> None:
        _worded(self.fields["password1"], _("Nytt passord"), MISSING["password"], HINT)
        del self.fields["password2"]


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["oldpassword"], _("Passordet du har nå"), MISSING["password"])
        self._word()


class SetPasswordForm(_NewPassword, account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._word()


class ResetPasswordKeyForm(_NewPassword, account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._word()


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"])


def _code(field: forms.Field, label: Any, hint: Any = "") -> None:
    _worded(field, label, MISSING["code"], hint)
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "size": "10"}


class CodeForm(codes.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Kode"), _("Seks sifre fra appen, eller en reservekode."))


class CodeAgainForm(codes.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Kode"), _("Seks sifre fra appen, eller en reservekode."))


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Koden som appen viser"), _("Seks sifre."))


UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
)  # what the library raises for what no browser sends


def _unreadable() -> forms.ValidationError:
    return forms.ValidationError(PASSKEY_FAILED)


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    """A new passkey. It always works alone: it is asked for finger, face or code, and counts as two factors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["name"], _("Navn på passnøkkelen"), "", _("For eksempel «Jobbtelefonen»."))
        self.fields["name"].widget.attrs |= {"maxlength": "60"}
        del self.fields["passwordless"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True  # so that the library demands that the holder was verified
        try:
            return dict(super().clean())
        except UNREADABLE as error:
            raise _unreadable() from error


class NamePasskeyForm(passkeys.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["name"], _("Navn på passnøkkelen"), _("Gi passnøkkelen et navn."))
        self.fields["name"].widget.attrs |= {"maxlength": "60"}


class _ReadPasskey:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as error:
            raise _unreadable() from error


class PasskeyLoginForm(_ReadPasskey, passkeys.LoginWebAuthnForm):
    """A passkey instead of a password."""


class PasskeyForm(_ReadPasskey, passkeys.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyAgainForm(_ReadPasskey, passkeys.ReauthenticateWebAuthnForm):
    """A passkey before something that matters."""


class AcceptForm(forms.Form):
    """What a newcomer tells. Without a password there is a passkey in `credential`."""

    name = forms.CharField(
        label=_("Navnet ditt"),
        max_length=120,
        error_messages={"required": MISSING["name"]},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Språk"), choices=LANGUAGE_CHOICES)
    password1 = forms.CharField(
        label=_("Lag et passord"),
        help_text=HINT,
        strip=False,
        error_messages={"required": MISSING["password"]},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        self.user.name = self.cleaned_data.get("name", "")
        return str(account.get_adapter().clean_password(self.cleaned_data["password1"], user=self.user))


class AcceptWithPasskeyForm(passkeys.SignupWebAuthnForm):
    """What a newcomer who makes a passkey instead of a password tells."""

    name = AcceptForm.base_fields["name"]
    language = AcceptForm.base_fields["language"]

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            return dict(super().clean())
        except UNREADABLE as error:
            raise _unreadable() from error


class OwnForm(forms.Form):
    name = AcceptForm.base_fields["name"]
    language = AcceptForm.base_fields["language"]


def role_choices(*, without: frozenset[Role] = frozenset()) -> list[tuple[str, Any]]:
    """Return the roles that live in a municipality, for a form."""
    return [
        (role.value, ROLE_NAMES[role])
        for role, facts in ROLES.items()
        if facts.level is Level.MUNICIPALITY and role not in without
    ]


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-postadresse"),
        error_messages={
            "required": _("Skriv e-postadressen til den du inviterer."),
            "invalid": NOT_AN_ADDRESS,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Navn"),
        max_length=120,
        error_messages={"required": _("Skriv navnet til den du inviterer.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Rolle"), widget=forms.RadioSelect, error_messages={"required": _("Velg en rolle.")}
    )
    language = forms.ChoiceField(label=_("Språk i invitasjonen"), choices=LANGUAGE_CHOICES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = role_choices()


class GiveRoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Ny rolle"), error_messages={"required": _("Velg en rolle.")})

    def __init__(self, *args: Any, held: frozenset[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = role_choices(without=held)


class ReadinessForm(forms.Form):
    document = forms.ChoiceField(
        label=_("Dokument"),
        choices=lambda: [(code, str(name).capitalize()) for code, name in DOCUMENT_NAMES.items()],
    )
    reference = forms.CharField(
        label=_("Saksnummer eller adresse"),
        max_length=300,
        help_text=_("Der andre finner dokumentet, for eksempel 2026/1234 i arkivet."),
        error_messages={"required": _("Skriv saksnummeret eller adressen til dokumentet.")},
    )
    decided = forms.DateField(
        label=_("Vedtatt dato"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Skriv datoen dokumentet ble vedtatt."),
            "invalid": _("Skriv en dato."),
        },
    )
    valid_until = forms.DateField(
        label=_("Gjelder til"),
        required=False,
        help_text=_("La feltet stå tomt hvis dokumentet ikke har noen sluttdato."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Skriv en dato.")},
    )


class LogFilterForm(forms.Form):
    """What is looked for in the journal or the access log."""

    code = forms.ChoiceField(label=_("Hva"), required=False)
    account = forms.ChoiceField(label=_("Hvem"), required=False)
    since = forms.DateField(label=_("Fra"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("Til og med"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self, *args: Any, codes: list[tuple[str, Any]], people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("code", codes), ("account", people)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("alle")), *choices]
