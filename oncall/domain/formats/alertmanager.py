"""Alertmanager's webhook, version 4, as it posts it and as Grafana writes it too.

Source: prometheus.io, "Alerting / Configuration / webhook_config". One POST mixes firing and resolved alerts; an alert
that is left out (`truncatedAlerts`) is never taken as resolved; new keys are left alone.
"""

from collections.abc import Mapping
from typing import Any

from oncall.domain.formats import words
from oncall.domain.formats.words import BadSignals, Words
from oncall.domain.signals import FIRING, RESOLVED, Signal

MOST_ALERTS = 5000
RUNBOOKS = ("runbook_url", "runbook")
DETAILS = ("description", "message", "details")


def parse(said: Any, known: Words) -> list[Signal]:
    """The signals of one POST in their order; none for `alerts: []` or null. BadSignals where it is no such POST."""
    if not isinstance(said, Mapping):
        raise BadSignals({"non_field_errors": ["Send one JSON object."]})
    alerts = said.get("alerts", "")
    if alerts is None:
        return []
    if not isinstance(alerts, list):
        raise BadSignals({"alerts": ["A list of alerts is missing."]})
    if len(alerts) > MOST_ALERTS:
        raise BadSignals({"alerts": [f"Send at most {MOST_ALERTS} alerts at once."]})
    wrong = {
        f"alerts.{place}": ["This must be an object."]
        for place, one in enumerate(alerts)
        if not isinstance(one, Mapping)
    }
    if wrong:
        raise BadSignals(wrong)
    group = words.key_of(said.get("groupKey"))
    return [signal_of(one, group=group, known=known) for one in alerts]


def signal_of(alert: Mapping[str, Any], *, group: str, known: Words) -> Signal:
    """One alert of a POST. Without a fingerprint its labels name it."""
    labels, annotations = words.texts(alert.get("labels")), words.texts(alert.get("annotations"))
    name = labels.get("alertname", "")
    title, whole = words.subject(_first(annotations, known.titles) or name or "Look at an alert without a name")
    is_over = words.text(alert.get("status"), words.KEY).lower() == RESOLVED
    runbook = _first(annotations, RUNBOOKS)
    return Signal(
        dedup_key=words.key_of(alert.get("fingerprint")) or words.fingerprint(labels),
        status=RESOLVED if is_over else FIRING,
        title=title,
        severity=known.severity(labels.get(known.severity_label)),
        detail=words.joined(whole, _first(annotations, DETAILS), _values(alert)),
        labels=labels,
        annotations=annotations,
        group_key=group,
        runbook_url=runbook if words.is_url(runbook) else "",
        links=_links(alert, name),
        images=words.image(alert.get("imageURL"), name),
        started_at=words.instant(alert.get("startsAt")),
        ended_at=words.instant(alert.get("endsAt")) if is_over else None,
    )


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _links(alert: Mapping[str, Any], name: str) -> list[dict[str, str]]:
    return [
        *words.link(alert.get("generatorURL"), f"The rule{' ' if name else ''}{name}"),
        *words.link(alert.get("panelURL"), "The panel"),
        *words.link(alert.get("dashboardURL"), "The dashboard"),
        *words.link(alert.get("silenceURL"), "Silence it at the sender"),
    ]


def _values(alert: Mapping[str, Any]) -> str:
    """The measured values that Grafana adds, for people."""
    values = alert.get("values")
    if isinstance(values, Mapping) and values:
        return ", ".join(f"{name} = {said}" for name, said in words.texts(values).items())
    return words.text(alert.get("valueString"), words.LABEL)
