from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.seed.demo.conftest import NOW, few_clicks


@pytest.mark.django_db
def test_the_command_says_what_it_made_and_refuses_a_second_time() -> None:
    out = StringIO()
    with few_clicks(), time_machine.travel(NOW):
        call_command("demo", days=31, stdout=out)
        with pytest.raises(CommandError, match="empty database only"):
            call_command("demo", days=31)
    assert "5 services, 3 links" in out.getvalue()
