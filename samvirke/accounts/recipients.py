"""Who letters from this room go to (settings.MESSAGE_RECIPIENTS). Asked for when a letter is sent."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samvirke.access.scope import opened, system_scope
from samvirke.accounts import queries
from samvirke.messaging.letters import Recipient, labelled


@labelled(_("Medarbeider"))
def account(id_: str) -> Recipient | None:
    """Return where somebody who logs in can be reached; None when the account is closed."""
    found = queries.person(UUID(id_))
    return Recipient(email=found.email, language=found.language) if found and found.active else None


@labelled(_("Den som er invitert"))
def invitation(id_: str) -> Recipient | None:
    """Return where an invitation goes; None when it is used or withdrawn."""
    with opened(system_scope("sende en invitasjon")) as scope:
        found = queries.invitation(scope, UUID(id_))
    if found is None or found.accepted_at or found.withdrawn_at:
        return None
    return Recipient(email=found.email, language=found.language)
