"""Inviting somebody to a role, and accepting: the only way an account comes to be."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need, Role, may_hand_out
from samvirke.access.queries import is_invented
from samvirke.access.scope import NATIONAL, Denied, NotYours, Scope
from samvirke.accounts import post, queries, rules
from samvirke.accounts.models import Account, Invitation, Membership
from samvirke.accounts.rules import Held
from samvirke.kit.errors import BadInput


@dataclass(frozen=True)
class Newcomer:
    """What somebody without an account tells when they accept. `password` None: a passkey or an identity provider."""

    name: str
    language: str = "nb"
    password: str | None = None


@action("accounts.invitation.sent", needs=Need.MEMBER_MANAGE, says=_("inviterte en person til en rolle"))
def invite(scope: Scope, offer: Held, email: str, name: str, *, now: datetime, language: str = "nb") -> Done:
    """Invite an address to a role in a place, and send the link. An earlier invitation to the same is withdrawn.

    Raises BadInput when the address is none, or its owner has the role already.
    """
    scope.require_sight(offer.municipality)
    _may_offer(scope, offer)
    address = clean_email(email)
    known = queries.account_by_email(address)
    if known and known.is_active:
        if scope.account == known.pk and not rules.may_be_given(offer.role, str(known.pk), str(known.pk)):
            raise BadInput(
                gettext("Du kan ikke gi deg selv en rolle som ser personer. Be en annen administrator.")
            )
        if _roles_in(scope, offer, known.pk):
            raise BadInput(
                gettext(
                    "Personen er medlem her allerede. Åpne navnet i listen over medlemmer, og gi rollen der."
                ),
                field="email",
            )
    at = _at(offer)
    Invitation.objects.visible_to(scope).filter(
        email=address, accepted_at__isnull=True, withdrawn_at__isnull=True, role=offer.role, **at
    ).update(withdrawn_at=now)
    made = Invitation(
        email=address,
        name=rules.plain_name(name),
        language=language,
        role=offer.role,
        invented=bool(offer.municipality) and is_invented(str(offer.municipality)),
        nonce=secrets.token_urlsafe(32),
        invited_by=scope.account,
        invited_at=now,
        expires_at=now + rules.INVITATION_LASTS,
        **at,
    )
    made.save(force_insert=True)
    post.invitation(scope, made, now)
    return Done(offer.municipality, made.pk, about={"role": offer.role.value})


@action("accounts.invitation.sent-again", needs=Need.MEMBER_MANAGE, says=_("sendte en invitasjon på nytt"))
def send_again(scope: Scope, invitation: UUID, *, now: datetime) -> Done:
    """Send an invitation once more, with a new link and a new term; the earlier link no longer works."""
    found = _open(scope, invitation)
    _may_offer(scope, Held(Role(found.role), found.municipality_id, found.county_id, found.region_id))
    found.nonce, found.expires_at = secrets.token_urlsafe(32), now + rules.INVITATION_LASTS
    found.save(update_fields=["nonce", "expires_at"])
    post.invitation(scope, found, now)
    return Done(found.municipality_id, found.pk, about={"role": found.role})


@action("accounts.invitation.withdrawn", needs=Need.MEMBER_MANAGE, says=_("trakk en invitasjon"))
def withdraw(scope: Scope, invitation: UUID, *, now: datetime) -> Done:
    """Withdraw an invitation that is not used: its link stops working at once."""
    found = _open(scope, invitation)
    changed = Invitation.objects.visible_to(scope).filter(pk=found.pk, accepted_at__isnull=True)
    if not changed.update(withdrawn_at=now):
        raise BadInput(gettext("Invitasjonen er tatt i bruk. Avslutt medlemskapet i stedet."))
    return Done(found.municipality_id, found.pk, about={"role": found.role})


@action("accounts.invitation.accepted", needs=Need.WORK, says=_("tok imot en invitasjon"))
def accept(scope: Scope, invitation: UUID, *, now: datetime, newcomer: Newcomer | None = None) -> Done:
    """Take up the role that an invitation offers: with a new account, or (newcomer None) with the one scope names.

    `scope` is `scope_to_accept`. Raises BadInput when the invitation is used, withdrawn or too old by now, or when
    the address has an account: then its owner logs in first.
    """
    found = Invitation.objects.visible_to(scope).filter(pk=invitation).select_for_update().first()
    if found is None or scope.account is None:
        raise NotYours(invitation)
    used = queries.open_for(scope, now).filter(pk=found.pk)
    if not used.update(accepted_at=now, accepted_by=scope.account):
        raise BadInput(gettext("Invitasjonen er brukt eller for gammel. Be om en ny."))
    account = _joined(found, newcomer, scope.account, now)
    at = _at(Held(Role(found.role), found.municipality_id, found.county_id, found.region_id))
    held = Membership.objects.visible_to(scope).filter(account=account, role=found.role, active=True, **at)
    if not held.exists():
        Membership.objects.bulk_create(
            [
                Membership(
                    account=account,
                    role=found.role,
                    invented=found.invented,
                    since=now,
                    given_by=found.invited_by,
                    **at,
                )
            ]
        )
    return Done(found.municipality_id, found.pk, about={"role": found.role, "member": account.pk})


def scope_to_accept(invitation: Invitation, account: UUID) -> Scope:
    """Return the scope of somebody who accepts an invitation: they see its municipality for that one act."""
    return Scope(account, frozenset({invitation.municipality_id or NATIONAL}), frozenset({Need.WORK}))


def newcomer_id(invitation: Invitation) -> UUID:
    """Return the id that the person will have: their earlier account's if they have been here before."""
    known = queries.account_by_email(invitation.email)
    return known.pk if known else invitation.account


def clean_email(email: str) -> str:
    """Return an address in small letters. Raises BadInput."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        message = gettext("«{address}» er ikke en e-postadresse. Skriv for eksempel kari@kommune.no.")
        raise BadInput(message.format(address=email.strip()), field="email") from error
    return address


def _joined(found: Invitation, newcomer: Newcomer | None, account_id: UUID, now: datetime) -> Account:
    """Return the account that accepts: the one logged in, or a new one (or one that was closed, opened again)."""
    known = queries.account_by_email(found.email)
    if newcomer is None:
        if known is None or known.pk != account_id or not known.is_active:
            raise Denied("invitation for somebody else")
        return known
    if known and known.is_active:
        raise BadInput(gettext("Du har allerede en konto. Logg inn for å ta imot rollen."))
    name = rules.plain_name(newcomer.name)
    if not name:
        raise BadInput(gettext("Skriv navnet ditt, slik kollegaene dine kjenner det."), field="name")
    account = known or Account(pk=account_id, email=found.email, invented=found.invented, created_at=now)
    if known:
        Authenticator.objects.filter(user=known).delete()
    account.name, account.language, account.is_active = name, newcomer.language, True
    account.set_password(newcomer.password)
    account.save()
    EmailAddress.objects.update_or_create(
        user=account, email=found.email, defaults={"verified": True, "primary": True}
    )
    return account


def _may_offer(scope: Scope, offer: Held) -> None:
    """Raise Denied unless the scope may give the role: people in municipalities give municipal roles only."""
    if scope.account is not None and not may_hand_out(scope.needs, offer.role):
        raise Denied(offer.role)


def _open(scope: Scope, invitation: UUID) -> Invitation:
    found = queries.invitation(scope, invitation)
    if found is None:
        raise NotYours(invitation)
    if found.accepted_at or found.withdrawn_at:
        raise BadInput(gettext("Invitasjonen er allerede brukt eller trukket."))
    return found


def _at(place: Held) -> dict[str, str | None]:
    return {"municipality_id": place.municipality, "county_id": place.county, "region_id": place.region}


def _roles_in(scope: Scope, offer: Held, account: UUID) -> bool:
    mine = Membership.objects.visible_to(scope).filter(account=account, active=True)
    same = Q(role=offer.role, **_at(offer))
    return mine.filter(Q(municipality=offer.municipality) if offer.municipality else same).exists()
