"""The graphs of an SLO as files: drawings and tables that stand still."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib import charts
from portal.lib.charts import BarChart
from portal.lib.errors import NotFound
from portal.lib.times import rfc3339
from slo.selectors import objectives
from slo.selectors.burndowns import material
from slo.services import annotations
from slo.views.slo_charts import GRAPHS, Chart
from slo.views.spans import chosen_span

STYLE = Path(charts.__file__).parent / "png.css"


@login_required
@require_safe
def slo_graph(request: HttpRequest, public_id: str, name: str, kind: str) -> HttpResponse:
    """One graph of an SLO's page as SVG, PNG or CSV, over the same span as the page."""
    actor, now = actor_of(request), timezone.now()
    slo = objectives.get_slo(actor, public_id)
    if name not in GRAPHS or kind not in KINDS:
        raise NotFound
    span = chosen_span(request, slo, now).span
    found = annotations.around(slo, actor=actor, start=span.start, end=span.end)
    media_type, write = KINDS[kind]
    response = HttpResponse(write(GRAPHS[name](material(slo, span, found))), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{slo.public_id}-{name}.{kind}"'
    return response


def _svg(chart: Chart) -> bytes:
    drawing = charts.svg(chart, timezone.get_current_timezone())
    head, _, rest = drawing.partition(">")
    return f"{head}><style>{STYLE.read_text()}</style>{rest}".encode()


def _png(chart: Chart) -> bytes:
    return charts.png(chart, timezone.get_current_timezone())


def _csv(chart: Chart) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    columns = [(chart.y_label or chart.unit, chart.bars)] if isinstance(chart, BarChart) else _lines(chart)
    writer.writerow(["time", *(name for name, _ in columns)])
    values = [dict(points) for _, points in columns]
    for at in sorted({at for column in values for at in column}):
        writer.writerow([rfc3339(at), *(column.get(at) for column in values)])
    return text.getvalue().encode()


def _lines(chart: charts.LineChart) -> list[tuple[str, Sequence[charts.Point]]]:
    return [(series.name, series.points) for series in chart.series]


KINDS: Mapping[str, tuple[str, Callable[[Chart], bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "csv": ("text/csv; charset=utf-8", _csv),
}
