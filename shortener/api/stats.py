"""/api/v1/stats/, /api/v1/stats/export/ and /api/v1/links/{id}/stats/"""

from datetime import UTC
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.api.permissions import HasScope
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from shortener.domain import steps
from shortener.models import Link
from shortener.selectors import exports, facets, ranges, reports, subjects
from shortener.selectors.ranges import Range
from shortener.selectors.reports import Report
from shortener.selectors.subjects import Subject


class SpanQuery(serializers.Serializer[Any]):
    """The span [start, end); by default the last seven days."""

    start = serializers.DateTimeField(required=False, default_timezone=UTC)
    end = serializers.DateTimeField(required=False, default_timezone=UTC)


class LinkStatsQuery(SpanQuery):
    """The span, the width of its buckets, and what to tell beside them."""

    step = serializers.ChoiceField(list(steps.STEPS), required=False, help_text="By default what suits the span.")
    previous = serializers.BooleanField(required=False, help_text="Tell the period before as well.")
    limit = serializers.IntegerField(required=False, min_value=1, max_value=100, help_text="Values of a dimension.")


class StatsQuery(LinkStatsQuery):
    """What to count, and over which span."""

    scope = serializers.ChoiceField(list(subjects.KINDS))
    key = serializers.CharField(help_text="Id of a link, a tag, name or id of a domain, slug or id of a team.")


class ExportQuery(SpanQuery):
    """Whose days to write, and how; without a scope those of every link that the caller may see."""

    format = serializers.ChoiceField(["csv", "jsonl"], default="csv")
    scope = serializers.ChoiceField(list(subjects.KINDS), required=False)
    key = serializers.CharField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("scope" in attrs) != ("key" in attrs):
            missing = "key" if "scope" in attrs else "scope"
            raise serializers.ValidationError({missing: ["Give scope and key together, or neither."]})
        return attrs


class BucketOut(serializers.Serializer[Any]):
    """`visitors` is null where the step does not tell it: below a day, and for the months of a tag."""

    start = serializers.DateTimeField(default_timezone=UTC)
    people = serializers.IntegerField(source="clicks.people")
    bots = serializers.IntegerField(source="clicks.bots")
    total = serializers.IntegerField(source="clicks.total")
    visitors = serializers.IntegerField(allow_null=True)


class FacetOut(serializers.Serializer[Any]):
    """An empty value means that the visitor did not tell; `other` is what was beyond a day's bound."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a field, not its label
    people = serializers.IntegerField(source="clicks.people")
    bots = serializers.IntegerField(source="clicks.bots")


class PreviousOut(serializers.Serializer[Any]):
    """The period before, of as many buckets."""

    start = serializers.DateTimeField(default_timezone=UTC)
    end = serializers.DateTimeField(default_timezone=UTC)
    people = serializers.IntegerField()
    bots = serializers.IntegerField()
    buckets = BucketOut(many=True)


class StatsOut(serializers.Serializer[Any]):
    """Clicks over a span. Buckets begin at whole UTC steps; dimensions and visitors count whole UTC days."""

    start = serializers.DateTimeField(default_timezone=UTC)
    end = serializers.DateTimeField(default_timezone=UTC)
    step = serializers.CharField()
    people = serializers.IntegerField()
    bots = serializers.IntegerField()
    total = serializers.IntegerField()
    visitors = serializers.IntegerField(
        allow_null=True, help_text="Different people, day by day; null for the months of a tag."
    )
    buckets = BucketOut(many=True)
    previous = PreviousOut(allow_null=True)
    referrers = FacetOut(many=True)
    countries = FacetOut(many=True)
    devices = FacetOut(many=True)
    browsers = FacetOut(many=True)
    systems = FacetOut(many=True)
    languages = FacetOut(many=True)
    rules = FacetOut(many=True)


NAMES = {
    "referrers": "referrer", "countries": "country", "devices": "device", "browsers": "browser", "systems": "os",
    "languages": "language", "rules": "rule",
}  # fmt: skip


class MayReadLinkStats(HasScope):
    """Lets in who may read statistics, and who may read links."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return super().has_permission(request, view) or actor_of(request).has_scope("links:read")


class OneRenderer(DefaultContentNegotiation):
    """Leaves `?format=` to the view, which names a kind of file with it."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class LinkStatsViewSet(ApiViewSet):
    """The statistics of one link."""

    scope = "stats"
    permission_classes = [MayReadLinkStats]
    queryset = Link.objects.none()
    serializer_class = StatsOut

    @extend_schema(parameters=[LinkStatsQuery], responses=StatsOut)
    def retrieve(self, request: Request, id: str) -> Response:
        """Clicks of one link over a span, in buckets and by dimension."""
        subject = subjects.link_of(actor_of(request), id)
        return _told(subject, _checked(LinkStatsQuery, request))


class StatsViewSet(ApiViewSet):
    """Statistics of links, tags, domains and teams."""

    scope = "stats"
    queryset = Link.objects.none()
    serializer_class = StatsOut
    content_negotiation_class = OneRenderer

    @extend_schema(parameters=[StatsQuery], responses=StatsOut)
    def retrieve(self, request: Request) -> Response:
        """Clicks of a link, a tag, a domain or a team over a span, in buckets and by dimension."""
        asked = _checked(StatsQuery, request)
        return _told(subjects.find(actor_of(request), asked["scope"], asked["key"]), asked)

    @extend_schema(
        parameters=[ExportQuery],
        responses={
            (200, kind): OpenApiResponse(OpenApiTypes.STR, "One line for each link and UTC day with clicks.")
            for kind in ("text/csv", "application/x-ndjson")
        },
    )
    def export(self, request: Request) -> StreamingHttpResponse:
        """The daily statistics of each link, streamed as CSV or JSON lines."""
        asked = _checked(ExportQuery, request)
        actor = actor_of(request)
        subject = subjects.find(actor, asked["scope"], asked["key"]) if "scope" in asked else None
        chosen = _range(asked)
        kind = exports.FILE_KINDS[asked["format"]]
        lines = kind.lines(exports.daily_rows(actor, subject, chosen.span))
        return StreamingHttpResponse(lines, content_type=kind.content_type)


def _checked(kind: Any, request: Request) -> dict[str, Any]:
    serializer = kind(data=request.query_params.dict())
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _range(asked: dict[str, Any]) -> Range:
    return ranges.absolute(asked.get("start"), asked.get("end"), asked.get("step", ""), now=timezone.now())


def _told(subject: Subject, asked: dict[str, Any]) -> Response:
    report = reports.report(subject, _range(asked), limit=asked.get("limit", facets.SHOWN))
    return Response(StatsOut(_as_dict(report, with_previous=asked.get("previous", False))).data)


def _as_dict(report: Report, *, with_previous: bool) -> dict[str, Any]:
    names = ("start", "end", "step", "people", "bots", "total", "visitors", "buckets")
    former = report.range.former
    previous = {
        "start": former.start,
        "end": former.end,
        "people": sum(bucket.clicks.people for bucket in report.former),
        "bots": sum(bucket.clicks.bots for bucket in report.former),
        "buckets": report.former,
    }
    dimensions = {name: report.rows(dimension) for name, dimension in NAMES.items()}
    return (
        {name: getattr(report, name) for name in names} | {"previous": previous if with_previous else None} | dimensions
    )
