"""What happened around an SLO."""

from datetime import UTC, datetime, timedelta

from slo.domain.annotations import Annotation, marks, within

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_what_touches_the_span_is_shown_latest_first() -> None:
    before = Annotation(NOON - 3 * HOUR, "release", "1.0")
    over = Annotation(NOON - 3 * HOUR, "incident", "INC-1", until=NOON)
    later = Annotation(NOON + 2 * HOUR, "release", "1.1")
    inside = Annotation(NOON + HOUR, "revision", "r2")
    assert within([before, over, later, inside], NOON, NOON + 2 * HOUR) == [inside, over]


def test_a_happening_that_began_before_is_marked_at_the_edge() -> None:
    over = Annotation(NOON - 3 * HOUR, "incident", "INC-1", until=NOON)
    assert marks([over], NOON - HOUR) == [(NOON - HOUR, "Incident: INC-1")]
