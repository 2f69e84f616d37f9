"""Who messages to the team go to (settings.MESSAGE_RECIPIENTS). Asked for when a message is sent."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samvirke.access.scope import current
from samvirke.incidents.callout import queries
from samvirke.incidents.models import TeamMember
from samvirke.messaging.letters import Recipient, labelled


@labelled(_("Medlem av kriseteamet"))
def team_member(id_: str) -> Recipient | None:
    """Return where somebody in the register can be reached; None when they have left it."""
    scope = current()
    row = TeamMember.objects.visible_to(scope).filter(id=UUID(id_), active=True).first() if scope else None
    if scope is None or row is None:
        return None
    known = queries.contact_of(scope, row, row.added_at)  # the key is there: the row was sealed under it
    return Recipient(email=known.email, phone=known.mobile, language=row.language)
