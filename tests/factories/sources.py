"""Prometheus servers, SLIs that are pushed, and heartbeats for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from portal.accounts.domain import secrets
from portal.lib import sealing
from slo.models import Heartbeat, PrometheusServer
from tests.factories.accounts import TeamFactory
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import SliFactory

MADE_AT = datetime(2026, 2, 1, tzinfo=UTC)


class _PrometheusServer(DjangoModelFactory):
    class Meta:
        model = PrometheusServer

    team = SubFactory(TeamFactory)
    name = Sequence(lambda n: f"prometheus {n}")
    url = "http://127.0.0.1:9"
    timeout = timedelta(seconds=5)
    created_at = MADE_AT


PrometheusServerFactory: Any = _PrometheusServer


class _Heartbeat(DjangoModelFactory):
    class Meta:
        model = Heartbeat

    class Params:
        key = Sequence(lambda n: f"{n:032x}")

    service = SubFactory(ServiceFactory)
    sli = SubFactory(SliFactory, service=SelfAttribute("..service"), kind="heartbeat", source="")
    name = Sequence(lambda n: f"heartbeat {n}")
    key_digest = SelfAttribute("key")
    sealed_key = SelfAttribute("key")
    period = timedelta(hours=1)
    grace = timedelta(minutes=10)
    state_since = MADE_AT
    created_at = MADE_AT

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        key = kwargs.pop("key_digest")
        sealed = {"key_digest": secrets.digest(key), "sealed_key": sealing.seal(key)}
        return super()._create(model_class, *args, **kwargs | sealed)


HeartbeatFactory: Any = _Heartbeat


def push_sli(**fields: Any) -> Any:
    """An SLI that programs push counts to."""
    return SliFactory(kind="push", source="", **fields)
