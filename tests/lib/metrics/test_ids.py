from typing import Any

from celery import shared_task
from prometheus_client import REGISTRY

from portal.lib.metrics import ids


@shared_task(name="tests.lib.works")
def works() -> int:
    return 1


@shared_task(name="tests.lib.fails")
def fails() -> None:
    raise ValueError("on purpose")


def outcome(task: str, result: str) -> float:
    return REGISTRY.get_sample_value("portal_task_outcomes_total", {"task": task, "outcome": result}) or 0.0


def test_a_task_that_ends_well_is_a_success() -> None:
    before = outcome("tests.lib.works", "success")
    works.apply()
    assert outcome("tests.lib.works", "success") == before + 1


def test_a_task_that_breaks_is_a_failure() -> None:
    before = outcome("tests.lib.fails", "failure")
    fails.apply()
    assert outcome("tests.lib.fails", "failure") == before + 1


def test_each_run_is_an_invocation_with_a_duration() -> None:
    works.apply()
    labels = {"task": "tests.lib.works"}
    invoked = REGISTRY.get_sample_value("portal_task_invocations_total", labels)
    assert invoked == REGISTRY.get_sample_value("portal_task_seconds_count", labels)


def test_a_message_is_stamped_when_it_is_published() -> None:
    headers: dict[str, object] = {}
    ids.stamp(headers=headers)
    assert isinstance(headers["published_at"], float)


def test_the_wait_in_the_queue_is_counted() -> None:
    labels = {"task": "tests.lib.works"}
    published: dict[str, Any] = {"published_at": 1.0}
    before = REGISTRY.get_sample_value("portal_task_queue_wait_seconds_count", labels) or 0.0
    works.apply(headers=published)
    assert REGISTRY.get_sample_value("portal_task_queue_wait_seconds_count", labels) == before + 1
