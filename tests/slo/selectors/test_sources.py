from typing import Any

import pytest

from slo.exceptions import PrometheusServerNotFound, SliNotFound
from slo.models import Sli
from slo.selectors import sources
from tests.factories.slo import SliFactory, SloFactory
from tests.factories.sources import PrometheusServerFactory, push_sli

pytestmark = pytest.mark.django_db


def names(actor: Any, **wanted: str) -> list[str]:
    return [sli.name for sli in sources.search(sources.slis(actor), **wanted)]


@pytest.fixture
def actor(vera: Any, actor_of: Any) -> Any:
    return actor_of(vera)


def test_slis_are_narrowed(service: Any, actor: Any) -> None:
    push_sli(service=service, name="orders", problem="odd")
    SliFactory(service=service, name="visits")
    assert names(actor) == ["orders", "visits"]
    assert names(actor, kind="push") == names(actor, trouble="1") == names(actor, text="ORD") == ["orders"]
    assert names(actor, service="other") == []


def test_own_streams_of_slos_are_no_sources(service: Any, actor: Any) -> None:
    SliFactory(service=service, kind="derived", source="")
    assert names(actor) == []


def test_a_list_costs_the_same_for_many(service: Any, actor: Any, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        SloFactory(service=service)
    with django_assert_num_queries(2):
        assert [len(sli.slos.all()) for sli in sources.slis(actor)] == [1, 1, 1]


def test_what_is_private_is_not_found(service: Any, charlie: Any, actor_of: Any) -> None:
    service.team.is_private = True
    service.team.save()
    sli, server = push_sli(service=service), PrometheusServerFactory(team=service.team)
    with pytest.raises(SliNotFound):
        sources.get_sli(actor_of(charlie), sli.public_id)
    with pytest.raises(PrometheusServerNotFound):
        sources.get_server(actor_of(charlie), server.public_id)


def test_a_team_has_its_servers(service: Any, actor: Any) -> None:
    server = PrometheusServerFactory(team=service.team)
    PrometheusServerFactory()
    assert list(sources.servers_of(service.team_id)) == [server]
    assert server in sources.servers(actor)
    assert sources.feed_of(Sli(pk=1)) is None
