"""Times off of the caller as an API resource: each asks for cover."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.swaps import SwapSerializer
from oncall.models import TimeOff
from oncall.selectors import duties
from oncall.services import time_off
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import PermissionDenied


class TimeOffSerializer(StrictSerializer):
    """When somebody is away; `swaps` are the shifts that ask for cover."""

    id = serializers.CharField(source="public_id", read_only=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    swaps = SwapSerializer(many=True, read_only=True)


class TimeOffViewSet(ApiViewSet):
    """The caller's own times off."""

    scope = "oncall"
    queryset = TimeOff.objects.none()
    serializer_class = TimeOffSerializer

    def list(self, request: Request) -> Response:
        """What lies ahead, the soonest last."""
        found = duties.times_off(_user_id(request), timezone.now())
        return self.get_paginated_response(TimeOffSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Keeps it, and offers every shift in it to the team."""
        serializer = TimeOffSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        user_id, actor = _user_id(request), actor_of(request)
        made = time_off.request_time_off(actor=actor, user_id=user_id, now=timezone.now(), **given)
        return Response(TimeOffSerializer(made).data, status=201)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Cancels it, with the offers that nobody took."""
        found = duties.get_time_off(_user_id(request), id)
        time_off.cancel_time_off(actor=actor_of(request), time_off=found, now=timezone.now())
        return Response(status=204)


def _user_id(request: Request) -> int:
    user_id = actor_of(request).user_id
    if user_id is None:
        raise PermissionDenied("Only a person has time off.")
    return user_id
