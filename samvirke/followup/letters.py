"""What messages from this room say: no names, no event, no health (settings.MESSAGE_TEMPLATES)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.messaging.letters import Letter, Recipient, labelled


@labelled(_("Varsel til leder om fare for liv"))
def alert(_recipient: Recipient, about: Mapping[str, Any], _now: datetime) -> Letter:
    """Tell the leader that somebody has logged acute danger. Who it is stands behind the login."""
    address = settings.STAFF_URL + reverse("followup-person", args=[about["municipality"], about["followup"]])
    return Letter(
        gettext("Noe haster i Samvirke"),
        gettext("En kontaktperson har meldt om noe som haster. Logg inn og les:") + f"\n{address}",
    )
