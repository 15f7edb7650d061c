import pytest

from shortener.domain.budgets import Budget, parse


@pytest.mark.parametrize(
    ("text", "budget"),
    [("60/min", Budget(60, 60)), (" 5/s", Budget(5, 1)), ("1000/h", Budget(1000, 3600)), ("7/day", Budget(7, 86_400))],
)
def test_a_budget_is_written_as_a_number_per_unit(text: str, budget: Budget) -> None:
    assert parse(text) == budget


@pytest.mark.parametrize("text", ["", "60", "x/min", "-1/min", "60/week", "1.5/s"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no budget"):
        parse(text)


def test_the_wait_is_in_whole_seconds_and_never_nothing() -> None:
    budget = Budget(60, 60)
    assert [budget.wait(second) for second in (0, 1, 59, 60)] == [60, 59, 1, 60]
    assert (budget.window(59), budget.window(60)) == (0, 1)


def test_a_budget_says_what_it_is() -> None:
    assert Budget(60, 60).text == "60 per minute"
