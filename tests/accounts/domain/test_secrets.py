import pytest

from portal.accounts.domain import secrets


def test_a_token_shows_its_prefix_and_hides_its_secret() -> None:
    fresh = secrets.new_token()
    assert fresh.text.startswith(f"prt_{fresh.prefix}_")
    assert len(fresh.prefix) == 8
    assert fresh.digest not in fresh.text


def test_a_token_splits_into_prefix_and_secret() -> None:
    fresh = secrets.new_token()
    parts = secrets.split(fresh.text)
    assert parts is not None
    assert parts[0] == fresh.prefix
    assert secrets.matches(parts[1], fresh.digest)


@pytest.mark.parametrize(
    "text",
    ["", "prt_", "prt_short_secret", "abc_12345678_secret", "prt_12345678_", "prt_12345678", "prt_\x002345678_x"],
)
def test_what_has_not_the_shape_of_a_token_is_none(text: str) -> None:
    assert secrets.split(text) is None


def test_another_secret_does_not_match() -> None:
    assert not secrets.matches("guess", secrets.new_token().digest)


def test_two_secrets_differ_and_hold_32_bytes() -> None:
    first, second = secrets.new_secret(), secrets.new_secret()
    assert first != second
    assert len(first) == 43
