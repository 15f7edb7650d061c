from datetime import UTC, datetime, timedelta

import pytest

from shortener.domain import webhooks


def test_the_first_pause_is_seconds_and_the_last_hours() -> None:
    assert webhooks.pause_after(1, chance=0.5) == timedelta(seconds=5)
    assert webhooks.pause_after(11, chance=0.5) == timedelta(hours=6)


def test_chance_moves_a_pause_by_a_fifth_at_most() -> None:
    assert webhooks.pause_after(1, chance=0.0) == timedelta(seconds=4)
    assert webhooks.pause_after(1, chance=1.0) == timedelta(seconds=6)


def test_all_tries_span_about_a_day() -> None:
    pauses = [webhooks.pause_after(attempt, chance=0.5) for attempt in range(1, webhooks.TRIES)]
    assert timedelta(hours=20) < sum((pause or timedelta(0) for pause in pauses), timedelta(0)) < timedelta(hours=25)


def test_after_the_last_try_there_is_no_pause() -> None:
    assert webhooks.pause_after(webhooks.TRIES, chance=0.5) is None


@pytest.mark.parametrize(
    ("action", "event"),
    [
        ("link.updated", "link.changed"),
        ("link.enabled", "link.changed"),
        ("link.disabled", "link.disabled"),
        ("link.deleted", "link.deleted"),
        ("link.expired", "link.expired"),
        ("link.restored", "link.changed"),
    ],
)
def test_each_write_is_one_event(action: str, event: str) -> None:
    assert webhooks.event_of(action, {"title": "a"}, {"title": "b"}) == event


def test_a_field_that_stops_a_link_is_the_event_of_stopping() -> None:
    assert webhooks.event_of("link.updated", {"state": "active"}, {"state": "disabled"}) == "link.disabled"


def test_two_ends_of_a_link_are_two_expiries() -> None:
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    first, second = (webhooks.expiry_key("lnk_1", noon + timedelta(microseconds=n)) for n in range(2))
    assert first != second


def test_event_ids_are_stable_short_and_without_a_full_stop() -> None:
    made = webhooks.event_id("link.created:lnk_1:1")
    assert made == webhooks.event_id("link.created:lnk_1:1")
    assert "." not in made
    assert len(made) == 36


def test_unknown_events_are_named_in_order() -> None:
    assert webhooks.unknown(["link.created", "z", "a"]) == ["a", "z"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (b"ok", "ok"),
        (b"line\r\n\x00two", "line two"),
        (b'{"token":"abc123"}', '{"[redacted]"}'),
        (b"Authorization: Bearer abc.def", "Authorization: [redacted]"),
        (b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "[redacted]"),
        (b"tell bob@example.com", "tell [address]"),
        (b"\xff\xfe", "\ufffd\ufffd"),
    ],
)
def test_a_sample_shows_no_secret_and_no_address(said: bytes, shown: str) -> None:
    assert webhooks.sample_of(said) == shown


def test_a_sample_is_short() -> None:
    assert len(webhooks.sample_of(b"word " * 1000)) <= webhooks.SAMPLE


@pytest.mark.parametrize(
    ("failures", "minutes", "hopeless"), [(19, 600, False), (20, 59, False), (20, 60, True), (500, 1, False)]
)
def test_a_webhook_is_hopeless_after_many_failures_over_an_hour(failures: int, minutes: int, hopeless: bool) -> None:
    assert webhooks.is_hopeless(failures=failures, failing_for=timedelta(minutes=minutes)) is hopeless
