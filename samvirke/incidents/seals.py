"""What is written about an incident is sealed: under the incident's own key, which all who work on it can use.

The key is derived from the master key and the incident's id, so a copy of the database opens nothing. Who may see a
row is the database's policy; the reporter's name is sealed under the municipality's key and opens only there.
"""

import json
from uuid import UUID

from django.conf import settings

from samvirke.access import sealed
from samvirke.access.sealed import Key

Words = dict[str, str]


def close(incident: UUID, table: str, row: UUID, words: Words) -> bytes:
    """Seal words of one row of an incident."""
    return close_under(_key(incident), table, row, words)


def read(incident: UUID, table: str, row: UUID, closed: bytes) -> Words:
    """Return the words that were sealed. Raises SealBroken."""
    return read_under(_key(incident), table, row, closed)


def close_under(key: Key, table: str, row: UUID, words: Words) -> bytes:
    """Seal words under a key."""
    text = json.dumps(words, ensure_ascii=False).encode()
    return sealed.seal_under(key, text, f"incidents_{table}.sealed {row}")


def read_under(key: Key, table: str, row: UUID, closed: bytes) -> Words:
    """Return the words that were sealed under a key. Raises SealBroken."""
    plain: Words = json.loads(sealed.unseal_under(key, bytes(closed), f"incidents_{table}.sealed {row}"))
    return plain


def _key(incident: UUID) -> Key:
    return sealed.derived(settings.MASTER_KEY, f"incident {incident}")
