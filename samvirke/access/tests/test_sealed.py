"""Sealed bytes open where they were sealed, under the same key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvirke.access.sealed import SealBroken, seal, unseal


@given(st.binary(max_size=300), st.text(max_size=50))
def test_what_was_sealed_opens_with_the_same_about(plain, about):
    sealed = seal(plain, about)
    assert unseal(sealed, about) == plain
    assert len(plain) < 6 or plain not in sealed


@given(st.binary(min_size=1, max_size=50), st.integers(0, 70))
def test_a_changed_byte_is_noticed(plain, where):
    sealed = bytearray(seal(plain, "a"))
    sealed[where % len(sealed)] ^= 1
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), "a")


def test_it_opens_in_its_own_place_only():
    with pytest.raises(SealBroken):
        unseal(seal(b"secret", "accounts.totp:1"), "accounts.totp:2")


def test_another_master_key_opens_nothing(settings):
    sealed = seal(b"secret", "a")
    settings.MASTER_KEY = "another-key-another-key-another-key-another-key"
    with pytest.raises(SealBroken):
        unseal(sealed, "a")


def test_the_same_text_is_never_sealed_alike():
    assert seal(b"secret", "a") != seal(b"secret", "a")
