"""What a set of documents asks for."""

from dataclasses import FrozenInstanceError

import pytest

from slo.domain.openslo.reading import read
from tests.slo.domain.openslo.examples import SOURCE, slo


def test_what_is_wanted_stays_as_it_was_read() -> None:
    [wanted] = read([("a.yaml", slo()), ("b.yaml", SOURCE)])[0]
    assert (wanted.where, wanted.referred) == (("a.yaml", "SLO checkout-answers"), (SOURCE,))
    with pytest.raises(FrozenInstanceError):
        wanted.name = "another"  # type: ignore[misc]
