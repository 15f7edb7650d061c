import pytest

from portal.accounts.domain import slugs


@pytest.mark.parametrize("slug", ["a", "payments", "team-7", "a-b-c"])
def test_small_letters_digits_and_single_hyphens_are_fine(slug: str) -> None:
    assert slugs.problems(slug) == []


@pytest.mark.parametrize("slug", ["", "-a", "a-", "a--b", "Big", "a_b", "ü", "a b", "new"])
def test_everything_else_is_refused_with_a_reason(slug: str) -> None:
    assert len(slugs.problems(slug)) == 1
