"""The session store (settings.SESSION_ENGINE): Django's own table, with what is inside sealed.

While somebody sets up an authenticator app its secret waits in the session. In Django's store anybody with a copy of
the database could read it.
"""

import base64
import logging
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from samvirke.access.sealed import SealBroken, seal, unseal

log = logging.getLogger(__name__)


class SessionStore(DatabaseStore):
    """Sessions in the database that open only under their own key and the installation's master key."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return base64.b64encode(seal(super().encode(session_dict).encode(), self._about())).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            plain = unseal(base64.b64decode(session_data, validate=True), self._about())
        except (SealBroken, ValueError):
            log.warning("En økt kunne ikke åpnes og gjelder ikke lenger.")
            return {}
        return super().decode(plain.decode())

    def _about(self) -> str:
        return f"django_session:{self.session_key}"
