"""The hash chain, pure: each link is a digest of the one before and of one row."""

import hashlib
from collections.abc import Sequence

START = hashlib.sha256(b"samvirke").digest()


def link(before: bytes, number: int, parts: Sequence[object]) -> bytes:
    """Return the link over a row's parts. Every part's length is in it, so that nothing can slide between them."""
    state = hashlib.sha256(before)
    for part in (number, *parts):
        text = part if isinstance(part, bytes) else repr(part if part is None else str(part)).encode()
        state.update(len(text).to_bytes(8) + text)
    return state.digest()
