"""Swaps of shifts as an API resource."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import PersonSerializer, person
from oncall.models import Swap
from oncall.models.schedules import ROLE_CHOICES
from oncall.selectors import duties, schedules
from oncall.services import swaps
from oncall.services.swaps import SwapFields
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class SwapSerializer(StrictSerializer):
    """`person` gives their shifts in `[starts_at, ends_at)` away; `taker` has taken them."""

    id = serializers.CharField(source="public_id", read_only=True)
    schedule = serializers.CharField(source="schedule.public_id", read_only=True)
    status = serializers.CharField(read_only=True)
    person = PersonSerializer(read_only=True)
    taker = PersonSerializer(read_only=True, allow_null=True)
    offered_to = PersonSerializer(read_only=True, allow_null=True)
    role = serializers.CharField(read_only=True, help_text="Empty for any role.")
    starts_at = serializers.DateTimeField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True)
    note = serializers.CharField(read_only=True)


class SwapOfferSerializer(StrictSerializer):
    """What is offered, one's own shifts where `person` is missing."""

    person = serializers.CharField(required=False, help_text="Id or mail address.")
    role = serializers.ChoiceField(choices=ROLE_CHOICES, required=False, allow_blank=True, default="")
    offered_to = serializers.CharField(required=False, help_text="Ask this colleague alone.")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class SwapTakeSerializer(StrictSerializer):
    """Who takes it: whoever calls, where `taker` is missing."""

    taker = serializers.CharField(required=False, help_text="Id or mail address.")


class SwapViewSet(ApiViewSet):
    """Swaps of the schedules that the caller may see."""

    scope = "oncall"
    queryset = Swap.objects.none()
    serializer_class = SwapSerializer

    def list(self, request: Request, id: str) -> Response:
        """Swaps of one schedule, the soonest last."""
        actor = actor_of(request)
        found = duties.swaps(actor).filter(schedule=schedules.get_schedule(actor, id))
        return self.get_paginated_response(SwapSerializer(self.paginate_queryset(found), many=True).data)

    @extend_schema(request=SwapOfferSerializer, responses={201: SwapSerializer})
    def create(self, request: Request, id: str) -> Response:
        """Offers shifts; whose they are stays on call until somebody takes them."""
        actor = actor_of(request)
        schedule = schedules.get_schedule(actor, id)
        serializer = SwapOfferSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        person_id = _person_id(actor, given.pop("person", None), "person", schedule.team_id)
        asked = given.pop("offered_to", None)
        to = person(asked, "offered_to").pk if asked else None
        fields = SwapFields(person_id=person_id, offered_to_id=to, **given)
        made = swaps.offer(actor=actor, schedule=schedule, fields=fields, now=timezone.now())
        return Response(SwapSerializer(made).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One swap."""
        return Response(SwapSerializer(duties.get_swap(actor_of(request), id)).data)

    @extend_schema(request=SwapTakeSerializer, responses=SwapSerializer)
    def take(self, request: Request, id: str) -> Response:
        """Takes the shifts; the first who asks has them."""
        actor = actor_of(request)
        swap = duties.get_swap(actor, id)
        serializer = SwapTakeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        taker_id = _person_id(actor, serializer.validated_data.get("taker"), "taker", swap.schedule.team_id)
        taken = swaps.take(actor=actor, swap=swap, taker_id=taker_id, now=timezone.now())
        return Response(SwapSerializer(taken).data)

    @extend_schema(request=None, responses=SwapSerializer)
    def withdraw(self, request: Request, id: str) -> Response:
        """Takes back what lies ahead of it."""
        actor = actor_of(request)
        swap = duties.get_swap(actor, id)
        if actor.user_id not in (swap.person_id, swap.taker_id):
            actor.require(Role.MANAGER, swap.schedule.team_id)
        withdrawn = swaps.withdraw(actor=actor, swap=swap, now=timezone.now())
        return Response(SwapSerializer(withdrawn).data)


def _person_id(actor: Actor, reference: str | None, field: str, team_id: int) -> int:
    """The caller, or somebody else for whom a manager speaks."""
    actor.require(Role.RESPONDER, team_id)
    if reference is None and actor.user_id is not None:
        return actor.user_id
    found = person(reference or "", field)
    if found.pk != actor.user_id:
        actor.require(Role.MANAGER, team_id)
    return found.pk
