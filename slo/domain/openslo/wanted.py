"""What a set of OpenSLO documents asks for, before anything of it exists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class WantedIndicator:
    """Where the numbers come from: an SLI or source of the portal, or queries of a Prometheus server.

    `good` or `bad`, and `total`, are counters; `gauge` is a value that `op` compares with the objective's value.
    """

    name: str
    sli: str = ""
    source: str = ""
    server: str = ""
    good: str = ""
    bad: str = ""
    total: str = ""
    gauge: str = ""


@dataclass(frozen=True, slots=True)
class WantedObjective:
    """One objective: the facts that an SLO takes, and what makes a value of a gauge good."""

    facts: Mapping[str, Any]
    indicator: WantedIndicator
    op: str = ""
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class WantedSlo:
    """One SLO document with all that it refers to; the first objective is the SLO, the others stand beside it."""

    name: str
    service: str
    objectives: tuple[WantedObjective, ...]
    document: Mapping[str, Any]
    where: tuple[str, str] = ("", "")
    referred: tuple[Mapping[str, Any], ...] = field(default=())
