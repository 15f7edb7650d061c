"""What happens inside one incident: its timeline, updates, roles and the all clear."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import selectors
from incidents.api.incidents import IncidentSerializer
from incidents.api.parts import (
    AllClearSerializer,
    EntrySerializer,
    HandoverSerializer,
    RoleSpanSerializer,
    UpdateSerializer,
    valid,
)
from incidents.domain import all_clear as steps
from incidents.models import Incident
from incidents.selectors import details
from incidents.services import all_clear, roles, timeline, updates
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class PartViewSet(ApiViewSet):
    """Parts of an incident that the caller may see."""

    scope = "incidents"
    queryset = Incident.objects.none()

    def pages_of(self, found: QuerySet[Any], kind: type[StrictSerializer]) -> Response:
        """One page of `found`."""
        return self.get_paginated_response(kind(self.paginate_queryset(found), many=True).data)


class TimelineViewSet(PartViewSet):
    """The timeline of an incident."""

    serializer_class = EntrySerializer

    @extend_schema(responses=EntrySerializer(many=True))
    def list(self, request: Request, id: str) -> Response:
        """The entries, the last recorded first."""
        incident = selectors.get_incident(actor_of(request), id)
        return self.pages_of(details.entries(incident), EntrySerializer)

    def create(self, request: Request, id: str) -> Response:
        """Adds a note; nothing on a timeline is ever changed."""
        incident = selectors.get_incident(actor_of(request), id)
        given = valid(EntrySerializer, request)
        entry = timeline.add_note(actor=actor_of(request), incident=incident, now=timezone.now(), **given)
        return Response(EntrySerializer(entry).data, status=201)


class UpdateViewSet(PartViewSet):
    """The updates of an incident."""

    serializer_class = UpdateSerializer

    @extend_schema(responses=UpdateSerializer(many=True))
    def list(self, request: Request, id: str) -> Response:
        """What was told, the newest first."""
        incident = selectors.get_incident(actor_of(request), id)
        return self.pages_of(details.updates(incident), UpdateSerializer)

    def create(self, request: Request, id: str) -> Response:
        """Posts an update with the time of the next one; `status` moves the incident along."""
        incident = selectors.get_incident(actor_of(request), id)
        given = valid(UpdateSerializer, request)
        update = updates.post_update(actor=actor_of(request), incident=incident, now=timezone.now(), **given)
        return Response(UpdateSerializer(update).data, status=201)


class RoleViewSet(PartViewSet):
    """Who holds which role."""

    serializer_class = RoleSpanSerializer

    @extend_schema(responses=RoleSpanSerializer(many=True))
    def list(self, request: Request, id: str) -> Response:
        """All spans, the last one first."""
        incident = selectors.get_incident(actor_of(request), id)
        return self.pages_of(details.spans(incident), RoleSpanSerializer)

    @extend_schema(request=HandoverSerializer, responses={201: RoleSpanSerializer})
    def create(self, request: Request, id: str) -> Response:
        """Hands a role over, which is announced on the timeline."""
        incident = selectors.get_incident(actor_of(request), id)
        given = valid(HandoverSerializer, request)
        span = roles.hand_over(
            actor=actor_of(request),
            incident=incident,
            role=given["role"],
            user=people.get_user(given["user"]),
            now=timezone.now(),
        )
        return Response(RoleSpanSerializer(span).data, status=201)


class AllClearViewSet(PartViewSet):
    """The all clear in two steps."""

    serializer_class = AllClearSerializer

    @extend_schema(responses=IncidentSerializer)
    def create(self, request: Request, id: str) -> Response:
        """First `should_be_fixed`, later `is_fixed` with whether a follow-up comes."""
        actor, now = actor_of(request), timezone.now()
        incident = selectors.get_incident(actor, id)
        given = valid(AllClearSerializer, request)
        if given.pop("step") == steps.SHOULD_BE_FIXED:
            text = given.get("text", "")
            changed = all_clear.should_be_fixed(actor=actor, incident=incident, text=text, now=now)
        else:
            changed = all_clear.is_fixed(actor=actor, incident=incident, now=now, **given)
        return self.one(changed, IncidentSerializer(changed).data)
