"""DORA's numbers as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db


def rows(client: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get("/reports/dora.csv?days=30").content.decode())))


def test_a_line_for_each_service(service: Any, vera: Any, client_for: Any) -> None:
    at = timezone.now() - timedelta(days=1)
    ReleaseFactory(service=service, started_at=at, committed_at=at - timedelta(hours=3))
    (row,) = rows(client_for(vera))
    assert (row["service"], row["team"], row["lead_time_median_hours"]) == ("checkout", "payments", "3.0")
    assert (row["change_fail_ratio"], row["deployments_per_day"]) == ("0.0", "0.0333")


def test_no_data_is_an_empty_cell(service: Any, vera: Any, client_for: Any) -> None:
    (row,) = rows(client_for(vera))
    assert (row["change_fail_ratio"], row["lead_time_median_hours"], row["deployments"]) == ("", "", "0")
