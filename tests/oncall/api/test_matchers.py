"""Matchers in requests: a line or a list."""

import pytest
from rest_framework.serializers import ValidationError

from oncall.api.matchers import MatcherListField
from oncall.domain.matchers import Matcher


def test_a_line_and_a_list_mean_the_same() -> None:
    field = MatcherListField()
    rows = [{"name": "a", "op": "=~", "value": "b"}]
    assert field.to_internal_value('a=~"b"') == field.to_internal_value(rows) == (Matcher("a", "=~", "b"),)


def test_each_fault_is_named() -> None:
    with pytest.raises(ValidationError) as caught:
        MatcherListField().to_internal_value(
            [{"name": "a", "op": "=~", "value": "("}, {"name": "b", "op": "?", "value": ""}]
        )
    assert len(caught.value.detail) == 2
