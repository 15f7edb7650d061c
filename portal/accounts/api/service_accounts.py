"""Service accounts as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain import roles
from portal.accounts.domain.roles import Role
from portal.accounts.models import ServiceAccount
from portal.accounts.selectors import people
from portal.accounts.selectors import tokens as stored_tokens
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import service_accounts
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class ServiceAccountSerializer(StrictSerializer):
    """A program's identity in one team."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug", help_text="Slug or id; it cannot be changed later.")
    name = serializers.CharField(max_length=80)
    description = serializers.CharField(max_length=200, required=False, allow_blank=True)
    role = serializers.ChoiceField(choices=roles.CHOICES)
    is_active = serializers.BooleanField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class ServiceAccountChangeSerializer(StrictSerializer):
    """What can be changed of a service account."""

    description = serializers.CharField(max_length=200, required=False, allow_blank=True)
    role = serializers.ChoiceField(choices=roles.CHOICES, required=False)
    is_active = serializers.BooleanField(required=False)


class ServiceAccountViewSet(ApiViewSet):
    """The service accounts of the teams that the caller may see."""

    scope = "teams"
    queryset = ServiceAccount.objects.none()
    serializer_class = ServiceAccountSerializer

    @extend_schema(responses=ServiceAccountSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Service accounts, the newest first."""
        page = self.paginate_queryset(stored_tokens.service_accounts(actor_of(request)))
        return self.get_paginated_response(ServiceAccountSerializer(page, many=True).data)

    def create(self, request: Request) -> Response:
        """Makes a service account in a team that the caller manages."""
        actor = actor_of(request)
        given = self._valid(ServiceAccountSerializer, request)
        account = service_accounts.create_service_account(
            actor=actor,
            team=people.team_by_reference(actor, given["team"]["slug"]),
            name=given["name"],
            description=given.get("description", ""),
            role=Role(given["role"]),
            now=timezone.now(),
        )
        return self.one(account, ServiceAccountSerializer(account).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One service account."""
        account = stored_tokens.get_service_account(actor_of(request), id)
        return self.one(account, ServiceAccountSerializer(account).data)

    @extend_schema(request=ServiceAccountChangeSerializer, responses=ServiceAccountSerializer)
    def partial_update(self, request: Request, id: str) -> Response:
        """Changes a service account; while inactive none of its tokens works."""
        actor = actor_of(request)
        account = stored_tokens.get_service_account(actor, id)
        given = self._valid(ServiceAccountChangeSerializer, request)
        changed = service_accounts.update_service_account(
            actor=actor,
            account=account,
            role=Role(given.get("role", account.role)),
            description=given.get("description", account.description),
            is_active=given.get("is_active", account.is_active),
            expected_version=expected_version(request),
            now=timezone.now(),
        )
        return self.one(changed, ServiceAccountSerializer(changed).data)

    @staticmethod
    def _valid(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
        serializer = kind(data=request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)
