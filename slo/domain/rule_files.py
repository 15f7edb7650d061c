"""The burn-rate rules of SLOs as recording and alerting rules of Prometheus (SRE Workbook, chapter 5).

An SLO over queries of Prometheus records its error ratio over each window, from sums and never from the mean of ratios,
and alerts where both windows of a rule are over it. An SLO over anything else alerts on the burn rates that the portal
itself exports. Thresholds are exact decimals of the very rules that the portal judges.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from slo.domain import promql
from slo.domain.budgets import decimal_ratio
from slo.domain.objectives import bad_share, percent_text
from slo.domain.prometheus_settings import Mode
from slo.domain.rules import Rule
from slo.domain.windows import length_text

RECORD = "slo:sli_error:ratio_rate"
EXPORTED = "portal_slo_burn_rate"
SUBSTEP = "1m"
PLACES = 9
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
SEVERITIES = {"critical": "page", "warning": "ticket"}
Group = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RuledSlo:
    """An SLO as its rules need it; `settings` are those of its Prometheus SLI, None when it is read otherwise."""

    slo_id: str
    name: str
    service: str
    objective: Decimal
    window: timedelta
    rules: Sequence[Rule]
    url: str
    settings: Mapping[str, Any] | None = None

    @property
    def labels(self) -> dict[str, str]:
        return {"slo_id": self.slo_id, "service": self.service}


def groups(slos: Sequence[RuledSlo]) -> list[Group]:
    """The groups of a rule file: of each SLO one that records and one that alerts, as far as it has them."""
    return [group for slo in slos for group in (_recording(slo), _alerting(slo)) if group["rules"]]


def windows_of(slo: RuledSlo) -> list[timedelta]:
    """The windows whose error ratios are recorded: those of the rules and that of the SLO, the shortest first."""
    return sorted({slo.window, *(length for rule in slo.rules for length in (rule.long, rule.short))})


def error_ratio(settings: Mapping[str, Any], length: timedelta) -> str:
    """The share of bad events in the last `length` as PromQL; nothing where there were no events."""
    return EXPRESSIONS[Mode(settings["mode"])](settings, length_text(length))


def _recording(slo: RuledSlo) -> Group:
    settings = slo.settings
    rules = [] if settings is None else [_record(slo, settings, length) for length in windows_of(slo)]
    return {"name": f"slo-{slo.slo_id}-errors", "rules": rules}


def _record(slo: RuledSlo, settings: Mapping[str, Any], length: timedelta) -> dict[str, Any]:
    expression = error_ratio(settings, length)
    return {"record": f"{RECORD}{length_text(length)}", "expr": expression, "labels": slo.labels}


def _alerting(slo: RuledSlo) -> Group:
    return {"name": f"slo-{slo.slo_id}-alerts", "rules": [_alert(slo, rule) for rule in slo.rules]}


def _alert(slo: RuledSlo, rule: Rule) -> dict[str, Any]:
    over = [_over(slo, rule, length) for length in (rule.long, rule.short)]
    return {
        "alert": f"ErrorBudgetBurn{rule.severity.capitalize()}",
        "expr": " and ".join(over),
        "labels": slo.labels | {"severity": SEVERITIES[rule.severity], "rule": rule.key},
        "annotations": {
            "summary": f"{_plain(slo.name)} burns its error budget {rule.threshold_text} times too fast",
            "description": (
                f"Objective {percent_text(slo.objective)} over {slo.window.days} days; both the last "
                f"{length_text(rule.long)} and the last {length_text(rule.short)} are over the threshold."
            ),
            "dashboard": slo.url,
        },
    }


def _over(slo: RuledSlo, rule: Rule, length: timedelta) -> str:
    if slo.settings is None:
        series = f'{EXPORTED}{{slo_id="{slo.slo_id}",window="{length_text(length)}"}}'
        return f"({series} >= {_number(rule.threshold)})"
    series = f'{RECORD}{length_text(length)}{{slo_id="{slo.slo_id}"}}'
    return f"({series} >= {_number(rule.threshold * bad_share(slo.objective))})"


def _number(value: Fraction) -> str:
    text = f"{decimal_ratio(value, PLACES):f}"
    return text.rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    """Without what a template of Prometheus would read as code."""
    return re.sub(r"\{\{|\}\}", "", text)


def _ratio(settings: Mapping[str, Any], window: str) -> str:
    total = f"sum(rate({settings['total']}[{window}]))"
    if settings.get("bad"):
        return f"(sum(rate({settings['bad']}[{window}])) or vector(0)) / {total}"
    return f"1 - (sum(rate({settings['good']}[{window}])) / {total})"


def _latency(settings: Mapping[str, Any], window: str) -> str:
    bucket = promql.parse(settings["bucket"])
    fast, every = bucket.where("le", "=", settings["le"]), bucket.where("le", "=", "+Inf")
    return f"1 - (sum(rate({fast}[{window}])) / sum(rate({every}[{window}])))"


def _gauge(settings: Mapping[str, Any], window: str) -> str:
    bad = f"({settings['query']}) {NEGATED[settings['comparison']]} bool {settings['limit']}"
    return f"avg(avg_over_time(({bad})[{window}:{SUBSTEP}]))"


def _expression(settings: Mapping[str, Any], window: str) -> str:
    good, total = (f"sum(sum_over_time(({settings[name]})[{window}:{SUBSTEP}]))" for name in ("good", "total"))
    return f"1 - ({good} / {total})"


EXPRESSIONS = {
    Mode.RATIO: _ratio,
    Mode.LATENCY_BUCKET: _latency,
    Mode.GAUGE: _gauge,
    Mode.EXPRESSION: _expression,
}
