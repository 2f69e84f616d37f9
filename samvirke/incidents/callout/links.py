"""Secret links: made from the master key when they are sent, looked up by their digest. The database has only that."""

import base64
import hashlib
import hmac
import re
from uuid import UUID

from django.conf import settings

from samvirke.access import sealed

CALL, MEMBER = "call", "member"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def token(kind: str, id_: UUID) -> str:
    """Return the secret of one link: 128 bits, the same each time it is made, of use for one kind of link alone."""
    key = sealed.derived(settings.MASTER_KEY, f"callout link {kind}")
    return (
        base64.urlsafe_b64encode(hmac.new(key, id_.bytes, hashlib.sha256).digest()[:16]).decode().rstrip("=")
    )


def digest(text: str) -> bytes:
    """Return what is kept of a link, and what is looked up when somebody comes with one."""
    return hashlib.sha256(text.encode()).digest()


def digest_of(kind: str, id_: UUID) -> bytes:
    """Return what is kept of the link for one call, or one asking to confirm."""
    return digest(token(kind, id_))


def may_be_one(text: str) -> bool:
    """Say whether a text has the form of a link's secret."""
    return _TOKEN.fullmatch(text) is not None
