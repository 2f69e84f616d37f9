"""Sealing what a stolen copy of the database must not tell: AES-256-GCM under keys that stand outside it.

The master key lies in DATA/secrets/master, or where MASTER_KEY_FILE says. It is not part of a backup: keep a copy
apart. Whoever loses it loses everything that was sealed.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = b"\x01"  # says how it was sealed, should that ever change
_NONCE = 12


class SealBroken(ValueError):
    """What should be unsealed was changed, moved to another place, or sealed under another key."""


def seal(plain: bytes, about: str) -> bytes:
    """Seal bytes. `about` (table, column and row id) is bound to them: they open nowhere else."""
    nonce = os.urandom(_NONCE)
    return _FORM + nonce + AESGCM(_key("installation")).encrypt(nonce, plain, about.encode())


def unseal(sealed: bytes, about: str) -> bytes:
    """Return what was sealed with the same `about`. Raises SealBroken."""
    if sealed[:1] != _FORM or len(sealed) < 1 + _NONCE + 16:
        raise SealBroken(about)
    nonce = sealed[1 : 1 + _NONCE]
    try:
        return AESGCM(_key("installation")).decrypt(nonce, sealed[1 + _NONCE :], about.encode())
    except InvalidTag as error:
        raise SealBroken(about) from error


def _key(purpose: str) -> bytes:
    """Derive the key for one purpose from the master key (HKDF, RFC 5869)."""
    master = base64.urlsafe_b64decode(settings.MASTER_KEY + "=" * (-len(settings.MASTER_KEY) % 4))
    return HKDF(SHA256(), 32, salt=None, info=f"samvirke {purpose}".encode()).derive(master)
