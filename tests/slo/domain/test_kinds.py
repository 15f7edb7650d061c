"""Templates of SLOs by kind of service."""

import pytest

from slo.domain.drafts import Draft, problems
from slo.domain.kinds import KINDS, Kind, kind_of

ANY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)


@ANY_KIND
def test_a_template_can_be_kept_as_it_is(kind: Kind) -> None:
    facts = {name: value for name, value in kind.facts.items() if name != "rules"}
    assert problems(Draft(name=kind.name, objective=kind.objective, **facts)) == {}


@ANY_KIND
def test_a_template_says_why(kind: Kind) -> None:
    assert kind.why.endswith(".")
    assert kind_of(kind.key) is kind


def test_there_is_one_for_each_kind_of_service() -> None:
    assert [kind.key for kind in KINDS] == ["web", "api", "latency", "batch", "pipeline", "storage", "website"]


def test_what_is_no_template() -> None:
    assert kind_of("moon") is None
