import asyncio
import inspect

import pytest

from slo.clients.kinds import KINDS
from slo.clients.kinds.base import Talk, attempt, cleaned_options
from slo.domain.probing import Outcome, ProbeSpec


@pytest.mark.parametrize("key", sorted(KINDS))
def test_every_kind_offers_what_the_protocol_asks(key: str) -> None:
    kind = KINDS[key]
    assert (kind.key, bool(kind.label), bool(kind.methods), bool(kind.summary)) == (key, True, True, True)
    assert inspect.iscoroutinefunction(kind.run)


@pytest.mark.parametrize("key", sorted(set(KINDS) - {"scenario"}))
def test_the_defaults_of_every_kind_are_in_order(key: str) -> None:
    assert cleaned_options(KINDS[key], {}) == ({}, {})


@pytest.mark.parametrize("raw", [None, [], "text", 7])
def test_options_are_an_object(raw: object) -> None:
    assert cleaned_options(KINDS["tcp"], raw)[1] == {"": "Give an object with named fields."}


@pytest.mark.parametrize(("seconds", "measured"), [(10.1, True), (60.0, False)])
def test_a_timeout_that_is_noticed_far_too_late_is_our_own_trouble(seconds: float, measured: bool) -> None:
    async def noticed(talk: Talk) -> Outcome:
        talk.started -= seconds
        raise TimeoutError

    assert asyncio.run(attempt(ProbeSpec(1, "http", "x"), noticed)).measured is measured
