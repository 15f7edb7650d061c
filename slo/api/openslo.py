"""SLOs as code for programs: OpenSLO in and out, rules for Prometheus out."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.domain.openslo.nodes import Refusal
from slo.models import Slo
from slo.selectors.openslo import openslo_file, slos_of
from slo.selectors.rule_files import rule_file
from slo.services import openslo
from slo.services.yaml_files import MOST_CHARACTERS, MOST_FILES, File

YAML = "application/yaml"
AS_YAML = {(200, YAML): OpenApiResponse(OpenApiTypes.STR, "YAML.")}


class FileSerializer(StrictSerializer):
    """One file of YAML."""

    name = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=MOST_CHARACTERS, trim_whitespace=False)


class FilesSerializer(StrictSerializer):
    """The files of one import; `rehearse` says what it would do and changes nothing."""

    files = serializers.ListField(child=FileSerializer(), min_length=1, max_length=MOST_FILES)
    rehearse = serializers.BooleanField(default=False)


class RefusalSerializer(StrictSerializer):
    """A rule that a document breaks, and where."""

    file = serializers.CharField()
    document = serializers.CharField()
    path = serializers.CharField()
    rule = serializers.CharField()


class ChangeSerializer(StrictSerializer):
    """What was done with one objective."""

    slo = serializers.SerializerMethodField(help_text="Its id; null in a rehearsal that would make it.")
    name = serializers.CharField(source="slo.name")
    verb = serializers.ChoiceField(["created", "updated", "unchanged"])
    file = serializers.CharField()
    document = serializers.CharField()

    def get_slo(self, change: Any) -> str | None:
        is_there = change.verb != "created" or not self.context["rehearse"]
        return str(change.slo.public_id) if is_there else None


class ImportedSerializer(StrictSerializer):
    """What was done; a rehearsal tells the refusals as well, each in its parts."""

    changes = ChangeSerializer(many=True)
    refusals = RefusalSerializer(many=True)


class SloFilesQuery(serializers.Serializer[Slo]):
    """Whose SLOs."""

    service = serializers.CharField(required=False, help_text="The slug of a service.")


class OpenSloViewSet(ApiViewSet):
    """OpenSLO v1 documents."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = FilesSerializer
    pagination_class = None

    @extend_schema(parameters=[SloFilesQuery], responses=AS_YAML)
    def retrieve(self, request: Request) -> HttpResponse:
        """The SLOs that the caller may see, as OpenSLO documents."""
        return _yaml(openslo_file(slos_of(actor_of(request), **_asked(request))))

    @extend_schema(request=FilesSerializer, responses=ImportedSerializer)
    def create(self, request: Request) -> Response:
        """Makes or changes the SLOs of the files: all, or none. An error is named `file: document: path`."""
        serializer = FilesSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        files = [File(one["name"], one["text"]) for one in data["files"]]
        rehearse = data["rehearse"]
        found = openslo.import_files(actor=actor_of(request), files=files, now=timezone.now(), rehearse=rehearse)
        if found.refusals and not rehearse:
            raise Invalid(fields=_by_path(found.refusals))
        return Response(ImportedSerializer(found, context={"rehearse": rehearse}).data)


class RuleFileViewSet(ApiViewSet):
    """Rules for Prometheus."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = FilesSerializer
    pagination_class = None

    @extend_schema(parameters=[SloFilesQuery], responses=AS_YAML)
    def retrieve(self, request: Request) -> HttpResponse:
        """Recording and alerting rules of the SLOs that the caller may see."""
        return _yaml(rule_file(slos_of(actor_of(request), **_asked(request))))


def _by_path(refusals: Iterable[Refusal]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in refusals:
        found.setdefault(f"{one.file}: {one.document}: {one.path}", []).append(one.rule)
    return found


def _asked(request: Request) -> dict[str, Any]:
    query = SloFilesQuery(data=request.query_params)
    query.is_valid(raise_exception=True)
    return dict(query.validated_data)


def _yaml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=YAML)
