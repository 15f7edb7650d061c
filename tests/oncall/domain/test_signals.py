from datetime import UTC, datetime

from oncall.domain import signals
from oncall.domain.signals import Signal

SIGNAL = Signal(
    dedup_key="checkout",
    title="Restart the checkout",
    labels={"service": "shop"},
    links=[{"href": "https://example.com/", "text": "graph"}],
    started_at=datetime(2026, 3, 4, 12, 30, 15, 250000, tzinfo=UTC),
)


def test_a_kept_signal_is_read_back_as_it_was() -> None:
    assert signals.from_json(signals.to_json(SIGNAL)) == SIGNAL


def test_empty_fields_are_not_kept() -> None:
    assert signals.to_json(Signal("x", severity="info")) == {"dedup_key": "x", "status": "firing", "severity": "info"}
