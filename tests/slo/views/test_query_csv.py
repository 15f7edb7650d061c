"""The answer of an ad-hoc query as a table."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db
ASKED = "?measure=bad&way=sum&by=sli&last=1h"


@pytest.fixture
def client(client_for: Callable[[Any], Client], vera: Any, service: Any) -> Client:
    end = timezone.now().replace(second=0, microsecond=0)
    minutes(SliFactory(service=service, name="=Answers"), end=end, pairs=[(8, 10)])
    return client_for(vera)


def test_a_table_has_a_line_for_each_step_and_no_formulas(client: Client) -> None:
    lines = client.get("/queries/csv/" + ASKED).content.decode().splitlines()
    assert lines[0] == "at,label,events"
    assert [line.split(",")[1:] for line in lines[1:] if not line.endswith(",")] == [["'=Answers (Checkout)", "2"]]


def test_what_cannot_be_asked_is_refused(client: Client) -> None:
    assert client.get("/queries/csv/?measure=sql").status_code == 422
