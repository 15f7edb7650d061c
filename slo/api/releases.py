"""Releases as an API resource: recorded by programs, moved through stages, validated, rolled back, listed by anyone."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from slo.api.fields import RatioField, service_in_body
from slo.models import Release
from slo.models.releases import KINDS, STATUSES, STRATEGIES
from slo.selectors import releases as selectors
from slo.services import releases, stages


class PercentageField(RatioField):
    """0 to 100 outside, a ratio inside."""

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data) / 100

    def to_representation(self, value: Any) -> Any:
        return float(Decimal(value) * 100)


class ReleaseChangeSerializer(StrictSerializer):
    """One commit that came with a release: its time is what the lead time is counted from."""

    commit = serializers.CharField(max_length=64, default="", allow_blank=True)
    committed_at = serializers.CharField(max_length=40, help_text="RFC 3339.")
    title = serializers.CharField(max_length=200, default="", allow_blank=True)


class StageSerializer(StrictSerializer):
    """One step of a rollout; never changed afterwards."""

    at = serializers.DateTimeField(required=False)
    percentage = PercentageField(source="rollout_ratio", min_value=0, max_value=100)
    name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    status = serializers.ChoiceField(choices=STATUSES, required=False)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    author = serializers.CharField(read_only=True)


class ReleaseSerializer(StrictSerializer):
    """One release of a service; a rollback is a release as well."""

    id = serializers.CharField(source="public_id", read_only=True)
    service = serializers.CharField(source="service.slug", help_text="Slug or id of the service.")
    version = serializers.CharField(max_length=100)
    environment = serializers.CharField(max_length=40, required=False)
    kind = serializers.ChoiceField(choices=KINDS, required=False)
    strategy = serializers.ChoiceField(choices=STRATEGIES, required=False)
    external_id = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="Your own name of it: told twice, it is recorded once.",
    )
    url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    diff_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    commit = serializers.CharField(max_length=64, required=False, allow_blank=True)
    committed_at = serializers.DateTimeField(required=False, allow_null=True)
    changes = ReleaseChangeSerializer(many=True, required=False)
    author = serializers.CharField(max_length=120, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    changelog = serializers.CharField(max_length=20000, required=False, allow_blank=True)
    started_at = serializers.DateTimeField(required=False)
    finished_at = serializers.DateTimeField(required=False, allow_null=True)
    percentage = PercentageField(source="rollout_ratio", required=False, min_value=0, max_value=100)
    status = serializers.ChoiceField(choices=STATUSES, required=False)
    is_unplanned = serializers.BooleanField(required=False, help_text="An incident made it necessary.")
    outside_window = serializers.BooleanField(read_only=True)
    rollback_of = serializers.CharField(source="rollback_of.public_id", read_only=True, default=None, allow_null=True)
    validated_by = serializers.CharField(read_only=True)
    validated_at = serializers.DateTimeField(read_only=True, allow_null=True)
    stages = StageSerializer(many=True, read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class ReleaseQuerySerializer(serializers.Serializer[Release]):
    """What to look for."""

    q = serializers.CharField(required=False, help_text="Words in version, author or commit.")
    service = serializers.CharField(required=False, help_text="The slug of a service.")
    environment = serializers.CharField(required=False)
    kind = serializers.ChoiceField(choices=KINDS, required=False)
    status = serializers.ChoiceField(choices=STATUSES, required=False)


class ValidationSerializer(StrictSerializer):
    """Who says that a release works."""

    by = serializers.CharField(max_length=160, required=False, allow_blank=True, help_text="You, if it is left out.")


class RollbackSerializer(StrictSerializer):
    """Why a release is taken back, and to which version."""

    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    version = serializers.CharField(
        max_length=100, required=False, allow_blank=True, help_text="What succeeded before, if it is left out."
    )


class ReleaseViewSet(ApiViewSet):
    """The releases that the caller may see."""

    scope = "releases"
    queryset = Release.objects.none()
    serializer_class = ReleaseSerializer

    @extend_schema(parameters=[ReleaseQuerySerializer], responses=ReleaseSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Releases, the latest recorded first."""
        query = ReleaseQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        found = selectors.search(selectors.releases(actor_of(request)), text=wanted.pop("q", ""), **wanted)
        page = self.paginate_queryset(found.prefetch_related("stages"))
        return self.get_paginated_response(ReleaseSerializer(page, many=True).data)

    def create(self, request: Request) -> Response:
        """Records a release; with an Idempotency-Key or an `external_id` a repeat records nothing (200)."""
        actor = actor_of(request)
        serializer = ReleaseSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = dict(serializer.validated_data)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.RESPONDER, service.team_id)
        told = releases.record_once(actor=actor, service=service, now=timezone.now(), **facts)
        return Response(ReleaseSerializer(told.release).data, status=201 if told.is_new else 200)

    def retrieve(self, request: Request, id: str) -> Response:
        """One release with its stages."""
        return Response(ReleaseSerializer(selectors.get_release(actor_of(request), id)).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes what is known of a release, such as its status or changelog; not what it is."""
        release = self._mine(request, id)
        serializer = ReleaseSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        facts = dict(serializer.validated_data)
        changed = releases.change_release(actor=actor_of(request), release=release, now=timezone.now(), **facts)
        return Response(ReleaseSerializer(changed).data)

    @extend_schema(request=StageSerializer, responses={201: ReleaseSerializer})
    def move(self, request: Request, id: str) -> Response:
        """Another share of all has the release; at 100 % it has succeeded unless `status` says otherwise."""
        release = self._mine(request, id)
        serializer = StageSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = serializer.validated_data
        stages.move_release(actor=actor_of(request), release=release, now=timezone.now(), **facts)
        return Response(ReleaseSerializer(selectors.get_release(actor_of(request), id)).data, status=201)

    @extend_schema(request=ValidationSerializer, responses=ReleaseSerializer)
    def validate(self, request: Request, id: str) -> Response:
        """A named person says that it works; the first one stays."""
        release = self._mine(request, id)
        serializer = ValidationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        now = timezone.now()
        done = releases.validate_release(actor=actor_of(request), release=release, now=now, **serializer.validated_data)
        return Response(ReleaseSerializer(done).data)

    @extend_schema(request=RollbackSerializer, responses={201: ReleaseSerializer})
    def roll_back(self, request: Request, id: str) -> Response:
        """Records the rollback, which is a release itself; asked again, the same one."""
        release = self._mine(request, id)
        serializer = RollbackSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        now = timezone.now()
        back = releases.roll_back(actor=actor_of(request), release=release, now=now, **serializer.validated_data)
        return Response(ReleaseSerializer(back).data, status=201)

    def _mine(self, request: Request, public_id: str) -> Release:
        actor = actor_of(request)
        release = selectors.get_release(actor, public_id)
        actor.require(Role.RESPONDER, release.service.team_id)
        return release
