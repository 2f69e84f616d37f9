"""What letters from this room say (settings.MESSAGE_TEMPLATES), in the recipient's language. Links are made here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import opened, system_scope
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts import queries
from samvirke.accounts.models import Account
from samvirke.accounts.words import SECURITY
from samvirke.kit.hours import OSLO
from samvirke.messaging.letters import Letter, Recipient, labelled


@labelled(_("Invitasjon"))
def invitation(_recipient: Recipient, about: Mapping[str, Any], now: datetime) -> Letter | None:
    """Tell somebody which role they are offered, and the way in."""
    with opened(system_scope("sende en invitasjon")) as scope:
        found = queries.invitation(scope, UUID(about["invitation"]))
    if found is None or found.expires_at <= now:
        return None
    role = Role(found.role)
    where = queries.place_names({found.municipality_id or ""}).get(found.municipality_id or "", "Samvirke")
    lines = [
        gettext("Hei {name}.").format(name=found.name),
        gettext("{place} inviterer deg til å bruke Samvirke. Rollen din blir: {role}.").format(
            place=where, role=ROLE_NAMES[role]
        ),
        gettext("Åpne lenken og velg hvordan du vil logge inn:"),
        address("accounts-invitation", token=queries.link_token(found)),
        gettext("Lenken virker én gang, og til {date}.").format(date=day(found.expires_at)),
    ]
    if ROLES[role].sees_people:
        lines.append(
            gettext(
                "Rollen kan se opplysninger om personer. Ha telefonen klar: Du må sette opp et andre trinn i innloggingen."
            )
        )
    lines.append(gettext("Venter du ikke denne invitasjonen? Da kan du slette e-posten."))
    return Letter(gettext("Invitasjon til Samvirke"), "\n\n".join(lines))


@labelled(_("Beskjed om ny rolle"))
def role_given(_recipient: Recipient, about: Mapping[str, Any], _now: datetime) -> Letter:
    """Tell somebody that they have one more role."""
    role = ROLE_NAMES[Role(about["role"])]
    text = gettext("Du har fått en ny rolle i Samvirke: {role}.").format(role=role)
    return Letter(gettext("Ny rolle i Samvirke"), f"{text}\n\n{address('accounts-home')}")


@labelled(_("Lenke til nytt passord"))
def password_reset(_recipient: Recipient, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """Give somebody the way to a new password. The link is made now and works once, for four hours."""
    found = Account.objects.filter(pk=about["account"], is_active=True).first()
    if found is None:
        return None
    key = default_token_generator.make_token(found)
    link = address("account_reset_password_from_key", uidb36=user_pk_to_url_str(found), key=key)
    lines = [
        gettext("Noen har bedt om nytt passord for kontoen din i Samvirke. Åpne lenken for å lage det:"),
        link,
        gettext("Lenken virker én gang, i fire timer. Har du ikke bedt om den? Da kan du slette e-posten."),
    ]
    return Letter(gettext("Nytt passord i Samvirke"), "\n\n".join(lines))


@labelled(_("Varsel om endret innlogging"))
def security_notice(_recipient: Recipient, about: Mapping[str, Any], now: datetime) -> Letter:
    """Tell somebody that the way they log in has changed."""
    what = SECURITY.get(str(about["what"]), _("måten du logger inn på, ble endret"))
    lines = [
        gettext("Kontoen din i Samvirke: {what} {date}.").format(what=what, date=day(now)),
        gettext(
            "Var det ikke deg? Si fra til administratoren i kommunen med en gang, og lag nytt passord her:"
        ),
        address("account_reset_password"),
    ]
    return Letter(gettext("Innloggingen din er endret"), "\n\n".join(lines))


def address(name: str, **parts: str) -> str:
    """Return the whole address of one of our screens."""
    return settings.STAFF_URL + reverse(name, kwargs=parts)


def day(moment: datetime) -> str:
    """Return a moment's day in words, in Norwegian time."""
    return date_format(moment.astimezone(OSLO), "DATE_FORMAT")
