"""The invented people of a demonstration. Only for an invented municipality: the database refuses all others."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need, Role
from samvirke.access.scope import Scope
from samvirke.accounts import queries
from samvirke.accounts.models import Account, Membership


@action("accounts.persona.made", needs=Need.MEMBER_MANAGE, says=_("laget en oppdiktet person"))
def make_persona(
    scope: Scope, municipality: str, role: Role, email: str, name: str, *, now: datetime
) -> Done:
    """Make an invented person with a role in an invented municipality, unless they are there.

    They have no password and no address that letters reach. Whatever the role's level, it counts in that one
    municipality.
    """
    scope.require_sight(municipality)
    account = queries.account_by_email(email)
    if account is None:
        account = Account(email=email, name=name, invented=True, created_at=now)
        account.set_unusable_password()
        account.save(force_insert=True)
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    mine = Membership.objects.visible_to(scope).filter(account=account, municipality=municipality, role=role)
    there = mine.filter(active=True).exists()
    if not there:
        Membership(account=account, role=role, municipality_id=municipality, invented=True, since=now).save(
            force_insert=True
        )
    return Done(municipality, account.pk, about={"role": role.value, "member": account.pk}, nothing=there)
