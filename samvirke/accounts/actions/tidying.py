"""What is removed when its time is over."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q

from samvirke.access.scope import opened, system_scope
from samvirke.accounts import queries
from samvirke.accounts.models import Invitation

INVITATIONS_KEPT = timedelta(days=183)


def tidy(now: datetime) -> dict[str, int]:
    """Remove ended sessions and spent limits; blank name and address in invitations that count no more."""
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    alone, _ = UserSession.objects.exclude(
        session_key__in=Session.objects.values_list("session_key", flat=True)
    ).delete()
    before = now - INVITATIONS_KEPT
    over = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    with opened(system_scope("rydde i gamle invitasjoner")) as scope:
        old = Invitation.objects.visible_to(scope).filter(over).exclude(email="")
        blanked = 0
        for one in old:
            Invitation.objects.visible_to(scope).filter(pk=one.pk).update(
                email="",
                name="",
                nonce="",
                withdrawn_at=one.withdrawn_at or (None if one.accepted_at else now),
            )
            blanked += 1
    return {"sessions": ended + alone, "limits": queries.forget_spent_limits(now), "invitations": blanked}
