"""What a load says of itself, and that it is the only one."""

import pytest

from portal.seed.demo import load
from tests.seed.demo.conftest import NOW


def test_it_says_how_much_it_made(loaded: load.Loaded) -> None:
    assert (loaded.people, loaded.services, loaded.links, loaded.incidents) == (5, 5, 3, 8)


def test_a_database_with_something_in_it_is_refused(loaded: load.Loaded) -> None:
    with pytest.raises(load.NotEmpty, match="links and incidents and postmortems and the demo's team"):
        load.load(now=NOW, days=31)
