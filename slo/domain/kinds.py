"""Templates of SLOs by kind of service: sensible first values, each with the reason for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """A template. `facts` are those of an SLO that differ from the defaults; ratios are 0..1."""

    key: str
    label: str
    why: str
    name: str
    objective: Decimal
    facts: Mapping[str, Any] = field(default_factory=dict)


KINDS = (
    Kind(
        "web",
        "Web application",
        "People try again after one failed page, so events count, and three nines leave 43 minutes a month.",
        "Pages are served",
        Decimal("0.999"),
    ),
    Kind(
        "api",
        "API",
        "Programs retry at once and in masses: the objective is stricter, and a quiet night judges nothing.",
        "Requests are answered",
        Decimal("0.9995"),
        {"minimum_events": 50},
    ),
    Kind(
        "latency",
        "API, in time",
        "An answer that comes too late is no answer. Objectives for latency are looser than those for availability.",
        "Requests are answered in time",
        Decimal("0.99"),
        {"category": "latency", "threshold": Decimal(300), "minimum_events": 50},
    ),
    Kind(
        "batch",
        "Batch job",
        "A job runs a few times a day: each run counts, and a ticket is soon enough.",
        "Runs finish in time",
        Decimal("0.99"),
        {"minimum_events": 1, "rules": ["ticket-3d"], "coverage_floor": Decimal(0)},
    ),
    Kind(
        "pipeline",
        "Queue or pipeline",
        "What matters is how old the data is. A minute is good or bad as a whole, however many events it had.",
        "Data is fresh",
        Decimal("0.995"),
        {
            "category": "freshness",
            "threshold": Decimal(300),
            "method": "timeslices",
            "slice_target": Decimal("0.95"),
            "minimum_events": 1,
        },
    ),
    Kind(
        "storage",
        "Storage",
        "Everything else stands on it, so it needs a nine more, over a longer window.",
        "Reads and writes succeed",
        Decimal("0.9999"),
        {"window_days": 90, "minimum_events": 100},
    ),
    Kind(
        "website",
        "Website with a probe",
        "A probe asks once a minute, so minutes count: the objective is a share of time, as customers understand it.",
        "Website is up",
        Decimal("0.999"),
        {"method": "timeslices", "slice_target": Decimal(1), "minimum_events": 1},
    ),
)
_BY_KEY = {kind.key: kind for kind in KINDS}


def kind_of(key: str) -> Kind | None:
    """The template of this key."""
    return _BY_KEY.get(key)
