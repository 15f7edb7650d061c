"""What the tests of links share."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.shortener.receiver import Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A receiver on loopback that is one of the operator's private targets."""
    with receiving(settings) as server:
        yield server
