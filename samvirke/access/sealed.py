"""Sealing what a stolen copy of the database must not tell: AES-256-GCM under keys that stand outside it.

The master key lies in DATA/secrets/master, or where MASTER_KEY_FILE says. It is not part of a backup: keep a copy
apart. Whoever loses it loses everything that was sealed. Under it each municipality has a key, and under that each
person: moving a person wraps their key anew, and erasing somebody removes it.
"""

import base64
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = b"\x01"  # says how it was sealed, should that ever change
_NONCE = 12
Key = bytes


class SealBroken(ValueError):
    """What should be unsealed was changed, moved to another place, or sealed under another key."""


def seal(plain: bytes, about: str) -> bytes:
    """Seal bytes under the installation's key. `about` (table, column and row id) is bound to them."""
    return seal_under(installation_key(), plain, about)


def unseal(sealed: bytes, about: str) -> bytes:
    """Return what was sealed with the same `about`. Raises SealBroken."""
    return unseal_under(installation_key(), sealed, about)


def seal_under(key: Key, plain: bytes, about: str) -> bytes:
    """Seal bytes under a key. They open nowhere else than with the same key and `about`."""
    nonce = os.urandom(_NONCE)
    return _FORM + nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal_under(key: Key, sealed: bytes, about: str) -> bytes:
    """Return what was sealed under the key with the same `about`. Raises SealBroken."""
    if sealed[:1] != _FORM or len(sealed) < 1 + _NONCE + 16:
        raise SealBroken(about)
    nonce = bytes(sealed[1 : 1 + _NONCE])
    try:
        return AESGCM(key).decrypt(nonce, bytes(sealed[1 + _NONCE :]), about.encode())
    except InvalidTag as error:
        raise SealBroken(about) from error


def new_key() -> Key:
    """Return a fresh data key."""
    return AESGCM.generate_key(256)


def wrap(key: Key, under: Key, about: str) -> bytes:
    """Return a key sealed under another, to be kept in the database."""
    return seal_under(under, key, f"key {about}")


def unwrap(wrapped: bytes, under: Key, about: str) -> Key:
    """Return a wrapped key. Raises SealBroken."""
    return unseal_under(under, wrapped, f"key {about}")


def installation_key() -> Key:
    """Return the key of what belongs to the installation itself."""
    return derived(settings.MASTER_KEY, "installation")


def wrapping_key() -> Key:
    """Return the key that the municipalities' keys are wrapped under."""
    return derived(settings.MASTER_KEY, "municipalities")


def blind(field: str, text: str, length: int = 16) -> bytes:
    """Return a keyed digest for looking up what is sealed, the same in all municipalities.

    `length` in bytes: few for what many share (the sound of a name with a birth year), so that a count of
    digests tells nobody which name it is.
    """
    return hmac.digest(derived(settings.MASTER_KEY, f"blind {field}"), text.encode(), "sha256")[:length]


@lru_cache(maxsize=64)
def derived(master: str, purpose: str) -> Key:
    """Derive the key for one purpose from the master key (HKDF, RFC 5869)."""
    secret = base64.urlsafe_b64decode(master + "=" * (-len(master) % 4))
    return HKDF(SHA256(), 32, salt=None, info=f"samvirke {purpose}".encode()).derive(secret)
