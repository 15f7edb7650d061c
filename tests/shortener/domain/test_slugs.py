import pytest

from shortener.domain import slugs


def test_a_random_slug_has_the_length_and_symbols_that_were_asked_for() -> None:
    assert len(slugs.random_slug(length=9)) == 9
    assert set("".join(slugs.random_slug() for _ in range(50))) <= set(slugs.UNAMBIGUOUS)


def test_no_symbol_has_a_twin() -> None:
    assert not set(slugs.UNAMBIGUOUS) & set("oO0iIl1")
    assert len(set(slugs.UNAMBIGUOUS)) == len(slugs.UNAMBIGUOUS) == 55


def test_where_case_is_folded_slugs_are_small_and_still_without_twins() -> None:
    symbols = set("".join(slugs.random_slug(case_sensitive=False) for _ in range(50)))
    assert "".join(symbols).islower()
    assert not symbols & set("oil01")


def test_random_slugs_differ() -> None:
    assert len({slugs.random_slug() for _ in range(200)}) == 200


@pytest.mark.parametrize("slug", ["launch", "a", "Q3_report", "v1.2~beta-3", "x" * 64])
def test_good_slugs_pass(slug: str) -> None:
    assert slugs.problems(slug) == []


@pytest.mark.parametrize(
    "slug",
    ["", "x" * 65, "a b", "a/b", "a+", "\u00fcber", "-x", ".x", "API", "healthz", "a%20b", "fUck-it", "a\n", "sh1t"],
)
def test_bad_slugs_are_refused(slug: str) -> None:
    assert slugs.problems(slug)


def test_all_problems_are_told() -> None:
    assert len(slugs.problems("sh1t " * 20)) == 3


def test_alternatives_are_good_slugs_and_end_in_a_random_one() -> None:
    found = list(slugs.alternatives("x" * 64))
    assert found[0].endswith("-2")
    assert not any(slugs.problems(slug) for slug in found)
    assert len(set(found)) == 9
