"""The pages of numbers: of a link, a tag, a domain and a team, and their graphs as files."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib.charts import png, rank_png
from portal.lib.errors import Invalid
from shortener.domain import steps
from shortener.selectors import charts, exports, facets, figures, overview, ranges, reports, stats, subjects
from shortener.selectors.ranges import Range
from shortener.selectors.subjects import Subject

LIVE_SECONDS = 10


@login_required
@require_safe
def stats_home(request: HttpRequest) -> HttpResponse:
    """The teams, domains and tags whose numbers this person may see, with those of the last seven days."""
    found = overview.overview(actor_of(request), now=timezone.now())
    return render(request, "shortener/stats_home.html", {"overview": found, "section": "analytics"})


@login_required
@require_safe
def stats_link(request: HttpRequest, link_id: str) -> HttpResponse:
    """The numbers of one link."""
    subject = subjects.link_of(actor_of(request), link_id)
    total = stats.link_totals([subject.pk])[subject.pk]
    return _page(request, subject, "shortener/stats_link.html", total=total)


@login_required
@require_safe
def stats_tag(request: HttpRequest, tag: str) -> HttpResponse:
    """The numbers of all links that carry a tag, as far as this person may see them."""
    return _page(request, subjects.tag_of(actor_of(request), tag), "shortener/stats_tag.html")


@login_required
@require_safe
def stats_domain(request: HttpRequest, domain_id: str) -> HttpResponse:
    """The numbers of all links of a domain."""
    return _page(request, subjects.domain_of(actor_of(request), domain_id), "shortener/stats_domain.html")


@login_required
@require_safe
def stats_team(request: HttpRequest, team: str) -> HttpResponse:
    """The numbers of all links of a team."""
    return _page(request, subjects.team_of(actor_of(request), team), "shortener/stats_team.html")


@login_required
@require_safe
def stats_png(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """The graph of a page as a picture."""
    subject, chosen = _asked(request, kind, key)
    zone = charts.zone_of(chosen, timezone.get_current_timezone())
    report = reports.report(subject, chosen, limit=0)
    picture = png(charts.clicks_chart(report, subject.title, zone, is_alone=True), zone)
    return _file(HttpResponse(picture, content_type="image/png"), exports.file_name(subject, chosen, "png"))


@login_required
@require_safe
def stats_csv(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """The graph of a page as a table: one line for each bucket."""
    subject, chosen = _asked(request, kind, key)
    lines = exports.csv_lines(exports.BUCKET_COLUMNS, exports.bucket_rows(reports.report(subject, chosen, limit=0)))
    return _file(HttpResponse(lines, content_type=exports.CSV), exports.file_name(subject, chosen, "csv"))


@login_required
@require_safe
def stats_facets_csv(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """The dimensions of a page as a table: one line for each value."""
    subject, chosen = _asked(request, kind, key)
    found = reports.report(subject, chosen, limit=exports.MOST_VALUES)
    lines = exports.csv_lines(exports.FACET_COLUMNS, exports.facet_rows(found))
    name = exports.file_name(subject, chosen, "csv", what="sources")
    return _file(HttpResponse(lines, content_type=exports.CSV), name)


@login_required
@require_safe
def stats_facet_png(request: HttpRequest, kind: str, key: str, dimension: str) -> HttpResponseBase:
    """One dimension of a page as a picture."""
    block = figures.block_of(dimension)
    subject, chosen = _asked(request, kind, key)
    when = charts.days_of(*facets.days(subject, chosen.span, is_exact=True))
    title = f"{block.title}: {subject.title}"
    chart = charts.sources_chart(reports.report(subject, chosen), dimension, title=title, none=block.none, when=when)
    name = exports.file_name(subject, chosen, "png", what=dimension)
    return _file(HttpResponse(rank_png(chart), content_type="image/png"), name)


@login_required
@require_safe
def stats_export(request: HttpRequest) -> HttpResponseBase:
    """The daily statistics of each link of a subject, or of all links, streamed as CSV or JSON lines."""
    actor, now = actor_of(request), timezone.now()
    kind, key = request.GET.get("scope", ""), request.GET.get("key", "")
    subject = subjects.find(actor, kind, key) if kind else None
    chosen = _range(request, subject, now)
    kind_of_file = exports.file_kind(request.GET.get("format", "csv"))
    rows = exports.daily_rows(actor, subject, chosen.span)
    return _file(
        StreamingHttpResponse(kind_of_file.lines(rows), content_type=kind_of_file.content_type),
        f"daily-statistics.{kind_of_file.key}",
    )


def _page(request: HttpRequest, subject: Subject, template: str, **more: Any) -> HttpResponse:
    now, zone = timezone.now(), timezone.get_current_timezone()
    try:
        chosen, errors = _range(request, subject, now), {}
    except Invalid as error:
        chosen, errors = ranges.preset(ranges.DEFAULT, now=now), error.fields
    context = {
        "figures": figures.figures(subject, chosen, zone=zone, now=now),
        "errors": errors,
        "given": _given(request, chosen),
        "steps": steps.STEPS,
        "live_seconds": LIVE_SECONDS,
        "section": "analytics",
    }
    return render(request, template, context | more, status=422 if errors else 200)


def _given(request: HttpRequest, chosen: Range) -> dict[str, str]:
    """What the fields of the absolute range hold: what was typed, else the span that is shown."""
    shown = {"start": chosen.span.start, "end": chosen.span.end}
    local = {name: timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") for name, at in shown.items()}
    typed = {name: request.GET[name] for name in shown if request.GET.get(name) and _is_local(request.GET[name])}
    return local | typed | {"step": request.GET.get("step", "")}


def _is_local(text: str) -> bool:
    return len(text) <= len("2026-11-26T12:00:00")


def _asked(request: HttpRequest, kind: str, key: str) -> tuple[Subject, Range]:
    subject = subjects.find(actor_of(request), kind, key)
    return subject, _range(request, subject, timezone.now())


def _range(request: HttpRequest, subject: Subject | None, now: datetime) -> Range:
    """The range of the query: absolute when it names an instant, else a preset. Raises Invalid by field."""
    asked = request.GET
    if not asked.get("start") and not asked.get("end"):
        is_tag = subject is not None and subject.kind == "tag"
        return ranges.preset(asked.get("range", ""), now=now, is_of_many_links=is_tag)
    errors: dict[str, list[str]] = {}
    start, end = (_instant(name, asked.get(name, ""), errors) for name in ("start", "end"))
    if errors:
        raise Invalid(fields=errors)
    return ranges.absolute(start, end, asked.get("step", ""), now=now)


def _instant(name: str, text: str, errors: dict[str, list[str]]) -> datetime | None:
    """What the text says, on the reader's clock unless it names an offset; None for nothing."""
    if not text:
        return None
    try:
        found = parse_datetime(text) if text.isascii() else None
    except ValueError:
        found = None
    if found is None:
        errors[name] = ["Give a date and a time, such as 2026-03-04T12:00."]
    return found if found is None or found.tzinfo else timezone.make_aware(found)


def _file(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
