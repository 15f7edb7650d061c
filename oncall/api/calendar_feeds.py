"""Calendar feeds of the caller as an API resource."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.models import CalendarFeed
from oncall.selectors import calendar_feeds as found_feeds
from oncall.selectors import schedules
from oncall.services import calendar_feeds
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid, PermissionDenied


class CalendarFeedSerializer(StrictSerializer):
    """Shifts as iCalendar: of a schedule, of a team, or the caller's own. `url` is in the answer to POST alone."""

    id = serializers.CharField(source="public_id", read_only=True)
    schedule = serializers.CharField(required=False, allow_null=True, help_text="Id of a schedule.")
    team = serializers.CharField(required=False, allow_null=True, help_text="Slug or id of a team.")
    url = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)


class CalendarFeedViewSet(ApiViewSet):
    """The caller's feeds."""

    scope = "oncall"
    queryset = CalendarFeed.objects.none()
    serializer_class = CalendarFeedSerializer

    def list(self, request: Request) -> Response:
        """Feeds that work, the newest first."""
        found = found_feeds.feeds_of(_owner_id(actor_of(request))).filter(revoked_at=None)
        page = self.paginate_queryset(found) or []
        return self.get_paginated_response([_shown(one) for one in page])

    def create(self, request: Request) -> Response:
        """Makes an address, which is told only now."""
        actor = actor_of(request)
        serializer = CalendarFeedSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        schedule = schedules.get_schedule(actor, given["schedule"]) if given.get("schedule") else None
        team = people.team_by_reference(actor, given["team"]) if given.get("team") else None
        if schedule and team:
            raise Invalid(fields={"team": ["Choose a schedule or a team, not both."]})
        if actor.only_team_id is not None and not (schedule or team):
            raise PermissionDenied("A token of one team cannot open the shifts of a person in all teams.")
        now = timezone.now()
        feed, token = calendar_feeds.create_feed(
            actor=actor, owner_id=_owner_id(actor), schedule=schedule, team=team, now=now
        )
        url = f"{settings.PORTAL_BASE_URL}{reverse('calendar_feed', args=[token])}"
        return Response(_shown(feed) | {"url": url}, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Revokes a feed."""
        actor = actor_of(request)
        feed = found_feeds.get_feed(_owner_id(actor), id)
        calendar_feeds.revoke_feed(actor=actor, feed=feed, now=timezone.now())
        return Response(status=204)


def _owner_id(actor: Actor) -> int:
    if actor.user_id is None:
        raise PermissionDenied("A calendar feed belongs to a person; use a person's token.")
    return actor.user_id


def _shown(feed: CalendarFeed) -> dict[str, Any]:
    return {
        "id": feed.public_id,
        "schedule": feed.schedule.public_id if feed.schedule else None,
        "team": feed.team.slug if feed.team else None,
        "created_at": feed.created_at,
        "last_used_at": feed.last_used_at,
    }
