from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from portal.seed.demo import load
from tests.seed.demo.conftest import NOW


def test_it_says_how_much_it_made(loaded: load.Loaded) -> None:
    assert (loaded.people, loaded.services, loaded.links, loaded.incidents) == (5, 5, 3, 8)


def test_a_database_with_something_in_it_is_refused(loaded: load.Loaded) -> None:
    with pytest.raises(load.NotEmpty, match="links and incidents and postmortems and the demo's team"):
        load.load(now=NOW, days=31)


@pytest.mark.django_db
def test_the_command_says_what_it_made_and_refuses_a_second_time(small: None) -> None:
    out = StringIO()
    with time_machine.travel(NOW):
        call_command("demo", days=31, stdout=out)
        with pytest.raises(CommandError, match="empty database only"):
            call_command("demo", days=31)
    assert "5 services, 3 links" in out.getvalue()
