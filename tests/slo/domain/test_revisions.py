"""What a revision changed."""

from typing import Any

import pytest

from slo.domain.revisions import changes


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ({"objective": "0.990000"}, {"objective": "0.999"}, ["objective: 99 % -> 99.9 %"]),
        ({"objective": "0.990000"}, {"objective": "0.99"}, []),
        ({"rules": ["page-1h"]}, {"rules": []}, ["rules: page-1h -> none"]),
        ({"method": "occurrences"}, {"method": "ratio_timeslices"}, ["method: occurrences -> ratio timeslices"]),
        ({"excludes_maintenance": True}, {"excludes_maintenance": False}, ["leaving out maintenance: yes -> no"]),
        ({"threshold": None}, {"threshold": "300"}, ["threshold: none -> 300"]),
        ({}, {"zone": "UTC"}, []),
    ],
    ids=["objective", "same", "rules", "method", "flag", "threshold", "not known before"],
)
def test_changes_in_words(before: dict[str, Any], after: dict[str, Any], lines: list[str]) -> None:
    assert changes(before, after) == lines
