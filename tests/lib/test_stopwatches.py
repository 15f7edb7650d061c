"""Phases and their times."""

from portal.lib.stopwatches import Stopwatch


def test_phases_come_in_the_order_they_were_begun() -> None:
    watch = Stopwatch()
    for phase in ("dns", "connect", "wait"):
        watch.begin(phase)
    assert [name for name, _ in watch.milliseconds()] == ["dns", "connect", "wait"]
    assert all(spent >= 0 for _, spent in watch.milliseconds())


def test_a_phase_that_is_begun_again_goes_on() -> None:
    watch = Stopwatch()
    for phase in ("dns", "wait", "dns", "wait", "wait"):
        watch.begin(phase)
    assert [name for name, _ in watch.milliseconds()] == ["dns", "wait"]


def test_a_stopped_watch_still_names_its_phase() -> None:
    watch = Stopwatch()
    watch.begin("tls")
    watch.stop()
    assert watch.phase == "tls"


def test_nothing_begun_is_nothing_measured() -> None:
    assert Stopwatch().milliseconds() == ()
