"""Rows of burn-rate rules."""

import pytest

from slo.forms.rule_rows import rule_rows


def sent(*rows: tuple[str, str, str, str]) -> dict[str, str]:
    names = ("severity", "long", "short", "burn")
    fields = {f"own-{n}-{name}": value for n, row in enumerate(rows) for name, value in zip(names, row, strict=True)}
    return {"own-TOTAL_FORMS": str(len(rows)), "own-INITIAL_FORMS": "0", **fields}


def test_rows_become_keys_and_empty_rows_nothing() -> None:
    rows = rule_rows(sent(("critical", "1h", "5m", "14.4"), ("warning", "3d", "6h", "1"), ("critical", "", "", "")), [])
    assert rows.is_valid()
    assert rows.keys() == ["critical:60m/5m@14.4", "warning:4320m/360m@1"]


def test_a_repeated_row_is_one_rule() -> None:
    rows = rule_rows(sent(*[("critical", "60m", "5 min", "2.50")] * 2), [])
    assert rows.is_valid()
    assert rows.keys() == ["critical:60m/5m@2.5"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        pytest.param(("critical", "1h", "", "2"), "short", id="no short window"),
        pytest.param(("critical", "an hour", "5m", "2"), "long", id="words"),
        pytest.param(("critical", "1h", "5m", "NaN"), "burn", id="no number"),
        pytest.param(("critical", "1h", "2h", "2"), "__all__", id="short is longer"),
        pytest.param(("critical", "1h", "5m", "0"), "__all__", id="no burn"),
        pytest.param(("loud", "1h", "5m", "2"), "severity", id="severity"),
        pytest.param(("critical", "1h\x00", "5m", "2"), "long", id="NUL"),
    ],
)
def test_a_wrong_row_is_told_at_its_field(row: tuple[str, str, str, str], field: str) -> None:
    rows = rule_rows(sent(row), [])
    assert not rows.is_valid()
    assert list(rows.forms[0].errors) == [field]


def test_own_rules_are_shown_as_they_were_typed() -> None:
    rows = rule_rows(None, ["page-1h", "critical:90m/5m@14.4"])
    assert [form.initial for form in rows.forms[:1]] == [
        {"severity": "critical", "long": "90m", "short": "5m", "burn": rows.forms[0].initial["burn"]}
    ]
    assert str(rows.forms[0].initial["burn"]) == "14.4"
