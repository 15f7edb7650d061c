"""Rule files for Prometheus."""

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone

from slo.models import Slo, SloStatus
from slo.selectors.rule_files import budget_samples, burn_samples, rule_file
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
SETTINGS: list[dict[str, Any]] = [
    {"mode": "ratio", "good": 'http_total{code!~"5.."}', "total": "http_total"},
    {"mode": "ratio", "bad": 'http_total{code=~"5.."}', "total": "http_total"},
    {"mode": "latency_bucket", "bucket": 'seconds_bucket{job="api"}', "le": "0.3"},
    {"mode": "gauge", "query": "max by (queue) (age_seconds)", "comparison": "<=", "limit": "60"},
    {"mode": "expression", "good": "sum(increase(g[1m]))", "total": "sum(increase(t[1m]))"},
]


def prometheus_slo(service: Any, settings: dict[str, Any], **fields: Any) -> Slo:
    sli = SliFactory(service=service, kind="prometheus", source="", settings=settings)
    slo: Slo = SloFactory(service=service, sli=sli, **fields)
    return slo


def test_promtool_finds_nothing_wrong(service: Any, tmp_path: Path) -> None:
    slos = [prometheus_slo(service, settings, name=f"{{{{ $x }}}} {n}") for n, settings in enumerate(SETTINGS)]
    slos += [SloFactory(service=service), SloFactory(service=service, rules=["critical:90m/7m@20.25"])]
    path = tmp_path / "rules.yml"
    path.write_text(rule_file(slos))
    checked = subprocess.run(["promtool", "check", "rules", str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, "SUCCESS: 49 rules found" in checked.stdout) == (0, True), (
        checked.stdout + checked.stderr
    )


def test_a_stream_of_its_own_is_read_from_the_portal(service: Any) -> None:
    slo = prometheus_slo(service, SETTINGS[0])
    slo.stream = SliFactory(service=service, kind="derived", source="", owner=slo)
    assert [group["name"] for group in yaml.safe_load(rule_file([slo]))["groups"]] == [f"slo-{slo.public_id}-alerts"]


def test_no_slos_are_an_empty_file() -> None:
    assert yaml.safe_load(rule_file([])) == {"groups": []}


def test_burns_are_exported_by_window(service: Any) -> None:
    status = SloStatusFactory(slo=SloFactory(service=service))
    SloStatus.objects.filter(pk=status.pk).update(burns={"3600": "2.5", "300": None})
    labels = {"slo_id": status.slo.public_id, "service": "checkout", "window": "1h"}
    assert list(burn_samples()) == [(labels, 2.5)]


def test_budgets_are_exported_unless_there_is_no_data(service: Any) -> None:
    known = SloStatusFactory(slo=SloFactory(service=service), remaining_ratio="0.25")
    SloStatusFactory(slo=SloFactory(service=service))
    assert list(budget_samples()) == [({"slo_id": known.slo.public_id, "service": "checkout"}, 0.25)]


def test_archived_slos_are_not_exported(service: Any) -> None:
    SloStatusFactory(
        slo=SloFactory(service=service, archived_at=timezone.now() - timedelta(days=1)), remaining_ratio="1"
    )
    assert list(budget_samples()) == []
