"""/api/v1/imports/"""

from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.parsers import BoundedJSONParser
from portal.lib.api.views import ApiViewSet
from shortener.api.import_shapes import ImportDraft, ImportErrorOut, ImportOptions, ImportOut
from shortener.models import ImportJob
from shortener.selectors import imports, owners
from shortener.services import exporting
from shortener.services.importing import jobs, previews


class ImportViewSet(ApiViewSet):
    """Imports of links from files of other shorteners."""

    scope = "links"
    queryset = ImportJob.objects.none()
    serializer_class = ImportOut
    parser_classes = [BoundedJSONParser, MultiPartParser]

    def list(self, request: Request) -> Response:
        """Imports of the caller's teams, newest first."""
        page = self.paginate_queryset(imports.jobs(actor_of(request)))
        return self.get_paginated_response(ImportOut(page, many=True).data)

    @extend_schema(
        request={"multipart/form-data": ImportDraft, "application/json": ImportDraft}, responses={201: ImportOut}
    )
    def create(self, request: Request) -> Response:
        """Upload a file. The answer has a preview; nothing is imported before the start, unless `start` is true."""
        actor, now = actor_of(request), timezone.now()
        serializer = ImportDraft(data=_plain(request), context={"actor": actor})
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        file, text = given.pop("file", None), given.pop("text", "")
        job = jobs.create_job(
            actor=actor,
            team_id=given.pop("team", None) or owners.team_id_for(actor),
            body=file.read() if file is not None else text.encode("utf-8", "surrogatepass"),
            file_name=given.pop("file_name", "") or (file.name if file is not None else ""),
            kind=given.pop("kind", ""),
            domain=given.pop("domain", None),
            now=now,
        )
        must_start = given.pop("start", False)
        job = _mapped(job, given, actor, now)
        if must_start:
            jobs.start_job(actor=actor, job=job, now=now)
        return self._shown(request, job.public_id, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One import: its preview while it waits, how far it is, what came of it."""
        return self._shown(request, id)

    @extend_schema(request=ImportOptions, responses=ImportOut)
    def start(self, request: Request, id: str) -> Response:
        """Start an import, with another meaning of the columns or other options where they are given."""
        actor, now = actor_of(request), timezone.now()
        serializer = ImportOptions(data=request.data)
        serializer.is_valid(raise_exception=True)
        job = _mapped(imports.get_job(actor, id), dict(serializer.validated_data), actor, now)
        jobs.start_job(actor=actor, job=job, now=now)
        return self._shown(request, id)

    @extend_schema(request=None, responses=ImportOut)
    def cancel(self, request: Request, id: str) -> Response:
        """Stop an import; links that were imported stay."""
        actor = actor_of(request)
        jobs.cancel_job(actor=actor, job=imports.get_job(actor, id), now=timezone.now())
        return self._shown(request, id)

    @extend_schema(responses=ImportErrorOut(many=True))
    def errors(self, request: Request, id: str) -> Response:
        """The rows that were not imported, the last one first."""
        page = self.paginate_queryset(imports.row_errors(imports.get_job(actor_of(request), id)))
        return self.get_paginated_response(ImportErrorOut(page, many=True).data)

    @extend_schema(responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR)})
    def errors_csv(self, request: Request, id: str) -> StreamingHttpResponse:
        """The same as CSV, in the order of the file: to repair and to send again."""
        job = imports.get_job(actor_of(request), id)
        return StreamingHttpResponse(
            exporting.error_lines(imports.error_rows(job)), content_type="text/csv; charset=utf-8"
        )

    def _shown(self, request: Request, id: str, status: int = 200) -> Response:
        actor = actor_of(request)
        job = imports.get_job(actor, id)
        waits = job.state == ImportJob.State.PREVIEW
        preview = previews.preview_of(actor=actor, job=job, now=timezone.now()) if waits else None
        return Response(ImportOut(job, context={"preview": preview}).data, status=status)


def _mapped(job: ImportJob, given: dict[str, Any], actor: Any, now: Any) -> ImportJob:
    """The job with the options of a request; columns that are not named keep their meaning."""
    if not given:
        return job
    mapping = job.mapping["fields"] | given.pop("mapping", {})
    return jobs.map_columns(actor=actor, job=job, mapping=mapping, options=given, now=now)


def _plain(request: Request) -> Any:
    """The fields of a JSON body, or of a multipart form with each value once and `add_tags` as a list."""
    data: Any = request.data
    if not hasattr(data, "getlist"):
        return data
    lists = {name: data.getlist(name) for name in ("add_tags",) if name in data}
    return {name: data.get(name) for name in data if not name.startswith("mapping.")} | lists | _mapping(data)


def _mapping(data: Any) -> dict[str, dict[str, str]]:
    """`mapping.<field>=<column>` of a form."""
    found = {name.removeprefix("mapping."): data.get(name) for name in data if name.startswith("mapping.")}
    return {"mapping": found} if found else {}
