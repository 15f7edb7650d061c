import pytest

from shortener.domain.allowance import Allowance


@pytest.mark.parametrize(
    ("used", "near", "full"), [(79, False, False), (80, True, False), (99, True, False), (100, True, True)]
)
def test_a_bound_warns_at_eighty_and_is_full_at_a_hundred_per_cent(used: int, near: bool, full: bool) -> None:
    found = Allowance("links", used, 100)
    assert (found.is_near, found.is_full) == (near, full)


def test_without_a_bound_nothing_is_near_or_full() -> None:
    found = Allowance("links", 10**9, None)
    assert (found.is_near, found.is_full, found.percent) == (False, False, 0)


def test_a_bound_of_nothing_is_full_from_the_beginning() -> None:
    found = Allowance("links", 0, 0)
    assert (found.is_near, found.is_full, found.percent) == (True, True, 100)


def test_almost_full_is_never_shown_as_full() -> None:
    assert Allowance("clicks", 999, 1000).percent == 99


def test_the_sentence_names_both_numbers() -> None:
    assert Allowance("links", 450, 1500).sentence == "450 of 1,500 links of this month are used."
    assert Allowance("links", 450, None).sentence == "450 links this month, without a bound."
