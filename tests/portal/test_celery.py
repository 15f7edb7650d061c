import logging

from portal import celery
from portal.beat import SCHEDULE


def test_the_schedule_stands_in_code() -> None:
    assert celery.app.conf.beat_schedule == SCHEDULE


def test_a_task_is_done_before_it_is_acknowledged_and_keeps_no_result() -> None:
    assert celery.app.conf.task_acks_late is True
    assert celery.app.conf.task_ignore_result is True


def test_probes_clicks_and_reports_have_queues_of_their_own() -> None:
    routes = celery.app.conf.task_routes
    assert routes["slo.tasks.run_probes_due"] == {"queue": "probes"}
    assert routes["shortener.tasks.drain_segments_due"] == {"queue": "clicks"}


def test_logging_stays_as_the_settings_say() -> None:
    celery.keep_our_logging()
    formatters = {type(handler.formatter).__name__ for handler in logging.getLogger().handlers if handler.formatter}
    assert "JsonFormatter" in formatters
