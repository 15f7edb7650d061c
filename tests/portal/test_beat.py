from datetime import timedelta

from portal import beat


def test_a_tick_is_dropped_when_nobody_took_it_in_its_own_period() -> None:
    assert beat.every(60, "a.tick") == {"task": "a.tick", "schedule": 60, "options": {"expires": 60}}


def test_a_fast_tick_gets_five_seconds() -> None:
    assert beat.every(1, "a.tick")["options"]["expires"] == 5


def test_each_task_has_one_clock() -> None:
    tasks = [tick["task"] for tick in beat.SCHEDULE.values()]
    assert len(tasks) == len(set(tasks))


def test_the_periods_are_those_of_the_schedule() -> None:
    assert beat.periods()["shortener.tasks.drain_segments_due"] == timedelta(seconds=1)


def test_nothing_pages_through_a_clock_of_the_broker() -> None:
    assert not {name for name in beat.periods() if "escalat" in name or "send_page" in name}
