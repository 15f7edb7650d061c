"""Indicators: an SLI document, or the same inside an SLO, as where the numbers come from."""

from slo.domain.openslo.documents import Library
from slo.domain.openslo.nodes import Node
from slo.domain.openslo.wanted import WantedIndicator

OWN_TYPE = "sre-portal"
PROMETHEUS = "Prometheus"
NO_INDICATOR = WantedIndicator("")


def indicator_of(spec: Node, library: Library, fallback: WantedIndicator | None = None) -> WantedIndicator:
    """The indicator of an SLO's spec or of one objective; `fallback` stands in where an objective has none."""
    if spec.has("indicator") and spec.has("indicatorRef"):
        spec.refuse("Only one of indicator and indicatorRef is given.", "indicatorRef")
    if spec.has("indicator"):
        inline = spec.child("indicator")
        return _read(inline.child("spec"), inline.child("metadata").text("name", "indicator"), library)
    if spec.has("indicatorRef"):
        name = spec.text("indicatorRef")
        found = library.get(("SLI", name))
        if found is not None:
            return _read(found.child("spec"), name, library)
        spec.refuse(f"There is no SLI document '{name}' in these files.", "indicatorRef")
        return NO_INDICATOR
    if fallback is None:
        spec.refuse("One of indicator and indicatorRef is needed.", "indicator")
    return fallback or NO_INDICATOR


def _read(spec: Node, name: str, library: Library) -> WantedIndicator:
    if spec.has("thresholdMetric"):
        return _gauge(spec.child("thresholdMetric").child("metricSource"), name, library)
    if not spec.has("ratioMetric"):
        spec.refuse("One of ratioMetric and thresholdMetric is needed.", "ratioMetric")
        return NO_INDICATOR
    return _ratio(spec.child("ratioMetric"), name, library)


def _gauge(source: Node, name: str, library: Library) -> WantedIndicator:
    kind, server = _type(source, library)
    if kind == OWN_TYPE:
        return _own(source, name)
    return WantedIndicator(name, server=server, gauge=_query(source))


def _ratio(metric: Node, name: str, library: Library) -> WantedIndicator:
    if metric.has("raw"):
        metric.refuse("A ratio that is stored as such cannot be counted: give good or bad, and total.", "raw")
        return NO_INDICATOR
    total = metric.child("total").child("metricSource")
    kind, server = _type(total, library)
    if kind == OWN_TYPE:
        return _own(total, name)
    if metric.has("good") == metric.has("bad"):
        metric.refuse("Exactly one of good and bad is given.", "good")
        return NO_INDICATOR
    part = "good" if metric.has("good") else "bad"
    counted = metric.child(part).child("metricSource")
    part_kind, part_server = _type(counted, library)
    if part_kind == kind and part_server != server:
        counted.refuse("Both queries go to one and the same source.", "metricSourceRef")
    return WantedIndicator(name, server=server, total=_query(total), **{part: _query(counted)})


def _own(source: Node, name: str) -> WantedIndicator:
    spec = source.child("spec")
    if not spec.has("sli") and not spec.has("source"):
        spec.refuse("Name an SLI of the portal by its id, or a source by its key.", "sli")
    return WantedIndicator(name, sli=spec.text("sli", ""), source=spec.text("source", ""))


def _type(source: Node, library: Library) -> tuple[str, str]:
    """The type of a metric source, and the name of its data source."""
    reference = source.text("metricSourceRef", "")
    data_source = library.get(("DataSource", reference))
    inherited = data_source.child("spec").text("type", "") if data_source is not None else ""
    kind = source.text("type", inherited or ("" if not reference else PROMETHEUS))
    if kind not in {PROMETHEUS, OWN_TYPE}:
        source.refuse(f"The portal reads {PROMETHEUS} and its own numbers ({OWN_TYPE}).", "type")
    return kind, reference


def _query(source: Node) -> str:
    spec = source.child("spec")
    return spec.text("query", spec.text("promql", "")) or spec.text("query")
