"""Noting which instance runs which version."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib.errors import Invalid
from slo.models import InstanceVersion, VersionShare
from slo.selectors.versions import FRESH, share_of, shares_of
from slo.services import versions
from tests.factories.catalog import ServiceFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def tell(service: Any, now: datetime, *, complete: bool = False, environment: str = "production", **told: str) -> int:
    listed = [{"instance": instance, "version": version} for instance, version in told.items()]
    return versions.report_versions(
        service=service, instances=listed, now=now, environment=environment, is_complete=complete
    )


def counts(service: Any, now: datetime) -> dict[str, int]:
    return {share.version: share.instances for share in share_of(service, now=now).shares}


def test_instances_move_from_version_to_version(service: Any, now: datetime) -> None:
    assert tell(service, now, a="1", b="1") == 2
    tell(service, now + HOUR, a="2")
    assert counts(service, now + HOUR) == {"1": 1, "2": 1}
    assert [row.counts for row in VersionShare.objects.all()] == [{"1": 2}, {"1": 1, "2": 1}]


def test_the_same_again_is_only_seen_again(service: Any, now: datetime) -> None:
    for hours in (0, 1):
        tell(service, now + hours * HOUR, a="1")
    row = InstanceVersion.objects.get()
    assert (row.since, row.seen_at, VersionShare.objects.count()) == (now, now + HOUR, 1)


def test_a_complete_list_forgets_the_others(service: Any, now: datetime) -> None:
    tell(service, now, a="1", b="1")
    tell(service, now, complete=True, a="1")
    assert counts(service, now) == {"1": 1}


def test_who_was_silent_for_a_day_is_not_counted(service: Any, now: datetime) -> None:
    tell(service, now, a="1")
    assert counts(service, now + FRESH - timedelta(seconds=1)) == {"1": 1}
    assert counts(service, now + FRESH) == {}


def test_environments_do_not_mix(service: Any, now: datetime) -> None:
    tell(service, now, a="1")
    tell(service, now, environment="staging", a="2")
    assert counts(service, now) == {"1": 1}


def test_everything_that_is_wrong_is_named(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        tell(service, now, environment="", a="")
    assert set(caught.value.fields) == {"instances.0.version", "environment"}


def test_the_history_is_told_the_latest_first(service: Any, now: datetime) -> None:
    for hours, version in enumerate(("1", "2")):
        tell(service, now + hours * HOUR, a=version)
    found = share_of(service, now=now + HOUR)
    assert [(at, one.version) for at, (one,) in found.history] == [(now + HOUR, "2"), (now, "1")]
    assert (found.instances, found.heard_at) == (1, now + HOUR)


def test_several_services_are_told_at_once(service: Any, now: datetime) -> None:
    silent = ServiceFactory()
    tell(service, now, a="1", b="2", c="2")
    found = shares_of([service.pk, silent.pk], now=now)
    assert {key: [(one.version, one.instances) for one in shares] for key, shares in found.items()} == {
        service.pk: [("2", 2), ("1", 1)]
    }
    assert shares_of([service.pk], now=now + FRESH) == {}
