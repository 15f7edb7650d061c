"""Bringing in SLOs from OpenSLO files."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml

from portal.accounts.models import AuditEntry
from portal.lib.yaml_text import dump_all
from slo.models import OpenSloDocument, PrometheusServer, Sli, Slo
from slo.selectors.openslo import openslo_file
from slo.services import openslo
from slo.services.openslo_jobs import Imported
from slo.services.yaml_files import File
from tests.factories.slo import SliFactory
from tests.slo.domain.openslo.examples import SOURCE, metric, policy, slo

pytestmark = pytest.mark.django_db
Bring = Callable[..., Imported]


@pytest.fixture
def server(team: Any, now: datetime) -> PrometheusServer:
    return PrometheusServer.objects.create(team=team, name="main", url="https://prometheus.example", created_at=now)


@pytest.fixture
def bring(alice: Any, actor_of: Callable[[Any], Any], now: datetime, server: Any, service: Any) -> Bring:
    def brought(*documents: Any, user: Any = None, later: int = 0, **words: Any) -> Imported:
        text = dump_all([*documents, SOURCE])
        at = now + timedelta(minutes=later)
        return openslo.import_files(actor=actor_of(user or alice), files=[File("slos.yaml", text)], now=at, **words)

    return brought


def verbs(found: Imported) -> list[str]:
    assert found.refusals == []
    return [change.verb for change in found.changes]


def paths(found: Imported) -> list[str]:
    assert found.changes == []
    return [refusal.path for refusal in found.refusals]


def test_an_slo_is_made_with_its_sli(bring: Bring) -> None:
    assert verbs(bring(slo(alertPolicies=[policy()]))) == ["created"]
    made = Slo.objects.get()
    assert (made.name, made.objective, made.window_days) == ("Checkout answers", Decimal("0.995"), 28)
    assert (made.rules, made.sli.settings["good"]) == (["critical:60m/5m@14.4"], "good_total")


def test_a_repeat_changes_nothing(bring: Bring) -> None:
    bring(slo())
    entries = AuditEntry.objects.count()
    assert verbs(bring(slo(), later=5)) == ["unchanged"]
    assert (Slo.objects.count(), Sli.objects.count(), AuditEntry.objects.count()) == (1, 1, entries)


def test_a_change_is_a_revision(bring: Bring) -> None:
    bring(slo())
    assert verbs(bring(slo(objectives=[{"target": 0.9}]), later=5)) == ["updated"]
    assert (Slo.objects.get().revision, Slo.objects.get().objective) == (2, Decimal("0.9"))


def test_further_objectives_stand_beside_and_leave_again(bring: Bring) -> None:
    assert verbs(bring(slo(objectives=[{"target": 0.99}, {"target": 0.999}]))) == ["created", "created"]
    first, second = Slo.objects.order_by("pk")
    assert second.primary == first
    bring(slo(objectives=[{"target": 0.99}]), later=5)
    assert list(Slo.objects.filter(archived_at=None)) == [first]


def test_an_sli_of_the_portal_is_counted(bring: Bring, service: Any) -> None:
    sli = SliFactory(service=service)
    own = {"metricSource": {"type": "sre-portal", "spec": {"sli": sli.public_id}}}
    bring(slo(indicator={"spec": {"ratioMetric": {"good": own, "total": own}}}))
    assert Slo.objects.get().sli == sli


def test_a_gauge_is_read_with_its_comparison(bring: Bring) -> None:
    gauge = {"metadata": {"name": "age"}, "spec": {"thresholdMetric": metric("age_seconds")}}
    bring(slo(indicator=gauge, objectives=[{"target": 0.99, "op": "lt", "value": 60}]))
    asked = {key: value for key, value in Sli.objects.get().settings.items() if key != "server"}
    assert asked == {"mode": "gauge", "query": "age_seconds", "comparison": "<", "limit": "60"}


def test_a_rehearsal_says_the_same_and_leaves_nothing(bring: Bring) -> None:
    assert verbs(bring(slo(), rehearse=True)) == ["created"]
    assert (Slo.objects.count(), Sli.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_one_refusal_takes_all_back(bring: Bring) -> None:
    other = slo(service="nothing")
    other["metadata"]["name"] = "other"
    assert paths(bring(slo(), other)) == ["spec.service"]
    assert Slo.objects.count() == 0


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (slo(objectives=[{"target": 2}]), "spec.objectives[0].target"),
        (slo(objectives=[{"target": 0.9}], alertPolicies=[policy()]), "spec.alertPolicies"),
        (slo(timeWindow=[{"duration": "1M", "calendar": {"timeZone": "Mars/Olympus"}}]), "spec.timeWindow"),
    ],
    ids=["target", "rule-cannot-fire", "zone"],
)
def test_what_the_portal_refuses_is_told_at_its_path(bring: Bring, document: Any, path: str) -> None:
    assert paths(bring(document)) == [path]


def test_an_unknown_server_and_a_foreign_sli_are_refused(bring: Bring, server: Any) -> None:
    own = {"metricSource": {"type": "sre-portal", "spec": {"sli": SliFactory().public_id}}}
    foreign = slo(indicator={"spec": {"ratioMetric": {"good": own, "total": own}}})
    assert paths(bring(foreign))[0].endswith("spec.sli")
    PrometheusServer.objects.update(name="another")
    assert paths(bring(slo()))[0].endswith("metricSourceRef")


def test_only_managers_bring_in(bring: Bring, bob: Any) -> None:
    found = bring(slo(), user=bob)
    assert ("managers" in found.refusals[0].rule, Slo.objects.count()) == (True, 0)


def test_what_is_unknown_survives_a_round_trip(bring: Bring) -> None:
    document = slo(
        **{"x-team": "payments", "alertPolicies": [policy()], "objectives": [{"target": 0.995, "note": "x"}]}
    )
    bring(document)
    written = list(yaml.safe_load_all(openslo_file(Slo.objects.select_related("service", "sli"))))
    assert written == [document, SOURCE]
    assert OpenSloDocument.objects.get().name == "checkout-answers"


def test_what_changed_here_is_written_into_the_document(bring: Bring) -> None:
    bring(slo(**{"x-team": "payments"}))
    Slo.objects.update(objective=Decimal("0.9"), rules=["warning:60m/5m@2"])
    [written, _] = yaml.safe_load_all(openslo_file(Slo.objects.select_related("service", "sli")))
    assert (written["spec"]["objectives"][0]["target"], written["spec"]["x-team"]) == (0.9, "payments")
    assert written["spec"]["alertPolicies"][0]["spec"]["conditions"][0]["spec"]["condition"]["threshold"] == 2.0


def test_what_the_portal_wrote_is_found_again(bring: Bring) -> None:
    bring(slo(objectives=[{"target": 0.99}, {"target": 0.999}]))
    OpenSloDocument.objects.all().delete()
    documents = list(yaml.safe_load_all(openslo_file(Slo.objects.select_related("service", "sli"))))
    assert verbs(bring(*documents, later=5)) == ["unchanged", "unchanged"]
    assert Slo.objects.count() == 2


def test_what_was_never_imported_is_written_and_read_back(bring: Bring, service: Any) -> None:
    bring(slo(objectives=[{"target": 0.99}, {"target": 0.999}]))
    OpenSloDocument.objects.all().delete()
    documents = list(yaml.safe_load_all(openslo_file(Slo.objects.select_related("service", "sli"))))
    Slo.objects.update(name="Former", archived_at=Slo.objects.earliest("pk").created_at)
    assert verbs(bring(*documents)) == ["created", "created"]
    assert list(Slo.objects.filter(archived_at=None).values_list("name", flat=True)) == [
        "Checkout answers",
        "Checkout answers: 2",
    ]
