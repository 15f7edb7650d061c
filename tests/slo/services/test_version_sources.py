"""Reading versions of instances from a Prometheus."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from slo.clients import prometheus as client
from slo.domain.prometheus import Values
from slo.models import PrometheusServer, VersionSource
from slo.selectors.versions import share_of
from slo.services import version_sources

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
MINUTE = timedelta(minutes=1)
Answering = Callable[[Any], list[client.Request]]


@pytest.fixture
def server(team: Any, now: datetime) -> str:
    made = PrometheusServer.objects.create(team=team, name="prom", url="http://127.0.0.1:9", created_at=now)
    return str(made.public_id)


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Lets the Prometheus client answer each request alike, and keeps what it was asked."""

    def make(answer: Any) -> list[client.Request]:
        asked: list[client.Request] = []

        def read(requests: list[client.Request]) -> list[Any]:
            asked.extend(requests)
            return [answer] * len(requests)

        monkeypatch.setattr(client, "read", read)
        return asked

    return make


def series(**labels: str) -> Values:
    return Values(labels, [])


def give(service: Any, server: str, now: datetime, **more: Any) -> VersionSource:
    return version_sources.set_source(actor=ACTOR, service=service, server=server, query="build_info", now=now, **more)


def test_versions_are_read_once_a_minute(service: Any, server: str, now: datetime, answering: Answering) -> None:
    give(service, server, now)
    asked = answering({"versions": [series(instance="a", version="2"), series(instance="b", version="1")]})
    assert [version_sources.read_due(now=now + step) for step in (0 * MINUTE, MINUTE / 2, MINUTE)] == [2, 0, 2]
    assert [request.asks["versions"].query for request in asked] == ["build_info"] * 2
    assert [(share.version, share.instances) for share in share_of(service, now=now).shares] == [("1", 1), ("2", 1)]
    assert VersionSource.objects.get().read_at == now + MINUTE


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (client.PrometheusError("refused"), "refused"),
        ({"versions": [series(instance="a")]}, "No series has both labels instance and version."),
    ],
    ids=["no answer", "no label"],
)
def test_what_fails_says_why(
    service: Any, server: str, now: datetime, answering: Answering, answer: Any, problem: str
) -> None:
    give(service, server, now)
    answering(answer)
    assert version_sources.read_due(now=now) == 0
    assert VersionSource.objects.get().problem == problem


def test_a_server_that_is_gone_says_so(service: Any, server: str, now: datetime, answering: Answering) -> None:
    give(service, server, now)
    PrometheusServer.objects.all().delete()
    answering({"versions": []})
    version_sources.read_due(now=now)
    assert VersionSource.objects.get().problem == "Its Prometheus server is gone."


def test_other_labels_may_be_named(service: Any, server: str, now: datetime, answering: Answering) -> None:
    for _ in range(2):
        give(service, server, now, version_label="tag", instance_label="pod", environment="staging")
    answering({"versions": [series(pod="a", tag="2")]})
    version_sources.read_due(now=now)
    assert share_of(service, environment="staging", now=now).instances == 1


def test_everything_that_is_wrong_is_named(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        give(service, "prm_nothing", now, version_label="", instance_label="x" * 101)
    assert set(caught.value.fields) == {"server", "version_label", "instance_label"}


def test_a_source_is_removed(service: Any, server: str, now: datetime) -> None:
    give(service, server, now)
    for _ in range(2):
        version_sources.remove_source(actor=ACTOR, service=service, now=now)
    assert not VersionSource.objects.exists()
