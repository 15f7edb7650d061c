"""Burn-rate rules as a file for Prometheus."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.test import Client

from tests.factories.slo import SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db


def test_the_rules_of_what_one_may_see(client_for: Callable[[Any], Client], vera: Any, service: Any) -> None:
    status = SloStatusFactory(slo=SloFactory(service=service))
    answer = client_for(vera).get("/slos/as-code/prometheus.yaml")
    groups = yaml.safe_load(answer.content)["groups"]
    assert [group["name"] for group in groups] == [f"slo-{status.slo.public_id}-alerts"]
    assert answer["Content-Disposition"] == 'attachment; filename="slo-rules.yaml"'


def test_a_private_team_s_rules_are_not_told(
    client_for: Callable[[Any], Client], charlie: Any, service: Any, team: Any
) -> None:
    team.is_private = True
    team.save()
    SloStatusFactory(slo=SloFactory(service=service))
    assert yaml.safe_load(client_for(charlie).get("/slos/as-code/prometheus.yaml").content) == {"groups": []}
