"""What somebody does with their own account. The scope is access.scope.own_scope."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.accounts import post, rules
from samvirke.accounts.models import LANGUAGES, Account
from samvirke.kit.errors import BadInput


@action("accounts.account.changed", needs=Need.WORK, says=_("endret sitt eget navn eller språk"))
def change_account(scope: Scope, name: str, language: str, *, now: datetime) -> Done:  # noqa: ARG001
    """Change one's own name and language."""
    before = _me(scope)
    name = rules.plain_name(name)
    if not name:
        raise BadInput(gettext("Skriv navnet ditt, slik kollegaene dine kjenner det."), field="name")
    if language not in LANGUAGES:
        raise BadInput(gettext("Velg et av språkene i listen."), field="language")
    Account.objects.filter(pk=before.pk).update(name=name, language=language)
    changed = {"language": (before.language, language)} if before.language != language else {}
    return Done(None, before.pk, changed, {"name_changed": before.name != name})


@action("accounts.session.started", needs=Need.WORK, says=_("logget inn"))
def log_in(scope: Scope, how: str, *, now: datetime) -> Done:  # noqa: ARG001
    """Record that somebody logged in, and how."""
    return Done(None, scope.account, about={"how": how})


@action("accounts.session.ended", needs=Need.WORK, says=_("avsluttet en av sine egne økter"))
def end_session(scope: Scope, session: int, *, now: datetime) -> Done:  # noqa: ARG001
    """End one of one's own sessions, as on a machine one has left."""
    found = UserSession.objects.filter(pk=session, user_id=scope.account).first()
    if found is None:
        raise NotYours(session)
    found.end()
    return Done(None, scope.account)


@action("accounts.security.changed", needs=Need.WORK, says=_("endret måten de logger inn på"))
def change_security(scope: Scope, what: str, *, now: datetime) -> Done:
    """Record that somebody's way to log in has changed, and tell them by e-mail in case it was not them."""
    me = _me(scope)
    post.security_notice(scope, me.pk, what, now)
    return Done(None, me.pk, about={"what": what})


@action("accounts.password.forgotten", needs=Need.WORK, says=_("ba om nytt passord"))
def ask_for_password(scope: Scope, *, now: datetime) -> Done:
    """Send somebody the way to a new password."""
    me = _me(scope)
    post.password_reset(scope, me.pk, now)
    return Done(None, me.pk)


def _me(scope: Scope) -> Account:
    found = Account.objects.filter(pk=scope.account).first() if scope.account else None
    if found is None:
        raise NotYours(scope.account)
    return found
