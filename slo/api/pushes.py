"""Pushing counts to an SLI."""

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.models import Sli
from slo.selectors import objectives as selectors
from slo.services import pushes


class PushedMinuteSerializer(StrictSerializer):
    """The good and valid events of one minute, as whole numbers."""

    minute = serializers.DateTimeField(help_text="The start of the minute, such as 2026-03-04T12:00:00Z.")
    good = serializers.IntegerField(min_value=0, max_value=10**15)
    total = serializers.IntegerField(min_value=0, max_value=10**15)


class PushSerializer(serializers.Serializer[Sli]):
    """What one source counted. Sending a minute again replaces what this source said of it."""

    source = serializers.CharField(  # type: ignore[assignment]  # a field named as an attribute of Field
        max_length=80, help_text="Who counted, such as the host's name."
    )
    minutes = PushedMinuteSerializer(many=True, help_text="From 1 to 1,000 minutes.")


class PushAnswerSerializer(serializers.Serializer[Sli]):
    """The minutes that changed, with their sums over all sources."""

    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    minutes = PushedMinuteSerializer(many=True)


class PushViewSet(ApiViewSet):
    """Counts that programs push, for responders and managers of the team."""

    scope = "slos"
    queryset = Sli.objects.none()
    serializer_class = PushSerializer

    @extend_schema(request=PushSerializer, responses=PushAnswerSerializer)
    def create(self, request: Request, id: str) -> Response:
        """Takes the counts of one source: all of them, or none with every fault named."""
        actor = actor_of(request)
        sli = selectors.get_sli(actor, id)
        actor.require(Role.RESPONDER, sli.service.team_id)
        if not isinstance(request.data, dict):
            raise Invalid(fields={"non_field_errors": ["Give an object with source and minutes."]})
        kept_days = settings.PORTAL_MINUTE_RETENTION_DAYS
        changed = pushes.take_counts(sli=sli, body=request.data, now=timezone.now(), minute_days=kept_days)
        minutes = [{"minute": at, "good": one.good, "total": one.total} for at, one in changed.items()]
        unchanged = len(request.data["minutes"]) - len(changed)
        return Response({"changed": len(changed), "unchanged": unchanged, "minutes": minutes})
