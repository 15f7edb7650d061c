"""The registry of sources."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from slo.exceptions import UnknownSource
from slo.services import sources


def one_good(start: datetime, end: datetime) -> tuple[int, int]:
    return 1, 1


@pytest.fixture
def source() -> Iterator[sources.Source]:
    found = sources.Source("tests.queue", "A queue", one_good)
    sources.register(found)
    yield found
    sources.unregister("tests.queue")


def test_a_registered_source_is_found(source: sources.Source) -> None:
    assert sources.get_source("tests.queue") is source
    assert source in sources.registered()


def test_registering_again_replaces(source: sources.Source) -> None:
    sources.register(sources.Source("tests.queue", "Another", one_good))
    assert sources.get_source("tests.queue").label == "Another"


def test_an_unknown_source_names_those_there_are(source: sources.Source) -> None:
    with pytest.raises(UnknownSource) as caught:
        sources.get_source("tests.nothing")
    assert "tests.queue" in caught.value.fields["source"][0]


def test_a_source_that_was_taken_away_is_not_found(source: sources.Source) -> None:
    sources.unregister("tests.queue")
    assert sources.find_source("tests.queue") is None
