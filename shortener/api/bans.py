"""/api/v1/bans/"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from shortener.models import Ban
from shortener.selectors import moderation
from shortener.services import bans


class BanDraft(StrictSerializer):
    """`value` is a short address or link id, a host, or a person's mail or id or a team's slug or id."""

    kind = serializers.ChoiceField(Ban.Kind.values)
    value = serializers.CharField(max_length=2000)
    reason = serializers.CharField(max_length=bans.REASON)


class BanOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="public_id")
    kind = serializers.CharField()
    value = serializers.CharField()
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    lifted_at = serializers.DateTimeField(allow_null=True)


class BanQuery(serializers.Serializer[Any]):
    state = serializers.ChoiceField(["in_force", "lifted"], required=False)
    q = serializers.CharField(required=False, allow_blank=True, help_text="Words in value or reason.")


class BanViewSet(ApiViewSet):
    """Bans of links, target hosts and owners; for administrators with the scope `admin`."""

    scope = "admin"
    queryset = Ban.objects.none()
    serializer_class = BanOut

    @extend_schema(parameters=[BanQuery])
    def list(self, request: Request) -> Response:
        """Bans in force (or lifted ones), newest first."""
        query = BanQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        found = moderation.bans(actor_of(request), in_force=asked.get("state") != "lifted", text=asked.get("q", ""))
        return self.get_paginated_response(BanOut(self.paginate_queryset(found), many=True).data)

    @extend_schema(request=BanDraft, responses={201: BanOut})
    def create(self, request: Request) -> Response:
        """Ban something. Every edge answers 451 within a second."""
        draft = BanDraft(data=request.data)
        draft.is_valid(raise_exception=True)
        ban = bans.create_ban(actor=actor_of(request), now=timezone.now(), **draft.validated_data)
        return Response(BanOut(ban).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One ban."""
        return Response(BanOut(moderation.get_ban(actor_of(request), id)).data)

    def destroy(self, request: Request, id: str) -> Response:
        """Lift a ban; it stays listed as lifted."""
        actor = actor_of(request)
        bans.lift_ban(actor=actor, ban=moderation.get_ban(actor, id), now=timezone.now())
        return Response(status=204)
