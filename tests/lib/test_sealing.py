"""Secrets at rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from portal.lib.sealing import BrokenSeal, seal, unseal


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_is_opened_as_it_was(secret: str) -> None:
    assert unseal(seal(secret)) == secret


def test_the_secret_cannot_be_read_from_its_seal() -> None:
    assert "hunter2" not in seal("hunter2")


def test_the_same_secret_never_looks_the_same() -> None:
    assert seal("hunter2") != seal("hunter2")


def test_nothing_stays_nothing() -> None:
    assert (seal(""), unseal("")) == ("", "")


def test_a_changed_seal_is_refused() -> None:
    with pytest.raises(BrokenSeal, match="Enter it again"):
        unseal("x" + seal("hunter2")[1:])


def test_a_former_key_still_opens_when_it_is_kept(settings: Settings) -> None:
    sealed = seal("hunter2")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-that-is-long-enough-0123456789"
    assert unseal(sealed) == "hunter2"


def test_another_key_does_not_open(settings: Settings) -> None:
    sealed = seal("hunter2")
    settings.SECRET_KEY = "another-key-that-is-long-enough-0123456789"
    with pytest.raises(BrokenSeal):
        unseal(sealed)
