"""/api/v1/webhooks/"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from shortener.api.serializers import told
from shortener.domain import webhooks as rules
from shortener.models import Webhook
from shortener.selectors import owners
from shortener.selectors import webhooks as selectors
from shortener.services import deliveries, webhooks


class WebhookPatch(StrictSerializer):
    """What may be changed. An empty list of events means all of them."""

    url = serializers.CharField(required=False, max_length=8000)
    events = serializers.ListField(
        child=serializers.ChoiceField(list(rules.MEANING)), required=False, help_text="None or an empty list: all."
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=webhooks.NOTE)
    enabled = serializers.BooleanField(required=False)


class WebhookDraft(StrictSerializer):
    """What a new webhook is made of."""

    url = serializers.CharField(max_length=8000)
    events = serializers.ListField(child=serializers.ChoiceField(list(rules.MEANING)), required=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=webhooks.NOTE)
    team = serializers.CharField(required=False, help_text="Slug or id of the team; else the caller's first one.")

    def validate_team(self, name: str) -> int:
        return told(lambda: owners.team_id_for(self.context["actor"], name))


class WebhookOut(serializers.Serializer[Any]):
    """A webhook. Who is no manager of the team sees the origin of its address only."""

    id = serializers.CharField(source="public_id")
    url = serializers.SerializerMethodField()
    events = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField()
    team = serializers.CharField(source="team.slug")
    enabled = serializers.SerializerMethodField()
    disabled_at = serializers.DateTimeField(allow_null=True)
    disabled_reason = serializers.CharField()
    failures = serializers.IntegerField(help_text="Failed tries in a row.")
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def get_url(self, hook: Webhook) -> str:
        return selectors.shown_url(self.context["actor"], hook)

    def get_enabled(self, hook: Webhook) -> bool:
        return hook.disabled_at is None


class WebhookWithSecret(WebhookOut):
    """The one answer that carries the secret."""

    secret = serializers.CharField()


class TryOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    latency_ms = serializers.IntegerField()
    error = serializers.CharField()
    answer = serializers.CharField(help_text="The beginning of the answer, without what looks like a secret.")


class DeliveryOut(serializers.Serializer[Any]):
    """One event on its way; `event_id` is the `webhook-id` of every try."""

    id = serializers.CharField(source="public_id")
    event = serializers.CharField()
    event_id = serializers.CharField(source="payload.id")
    state = serializers.CharField()
    created_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    payload = serializers.JSONField()
    tries = TryOut(many=True)


class DeliveryQuery(serializers.Serializer[Any]):
    state = serializers.ChoiceField(list(selectors.STATES), required=False)


class WebhookViewSet(ApiViewSet):
    """Webhooks of the caller's teams; managers make and change them."""

    scope = "links"
    queryset = Webhook.objects.none()
    serializer_class = WebhookOut

    def list(self, request: Request) -> Response:
        """Webhooks, newest first."""
        actor = actor_of(request)
        page = self.paginate_queryset(selectors.webhooks(actor))
        return self.get_paginated_response(WebhookOut(page, many=True, context={"actor": actor}).data)

    @extend_schema(request=WebhookDraft, responses={201: WebhookWithSecret})
    def create(self, request: Request) -> Response:
        """Make a webhook. The answer is the only one that ever shows its secret."""
        actor = actor_of(request)
        values = _checked(WebhookDraft, request.data, actor=actor)
        team_id = values.pop("team", None) or owners.team_id_for(actor)
        hook = webhooks.create_webhook(actor=actor, team_id=team_id, values=values, now=timezone.now())
        return self.one(hook, WebhookWithSecret(hook, context={"actor": actor}).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One webhook, with its ETag."""
        return self._shown(request, id)

    @extend_schema(request=WebhookPatch)
    def partial_update(self, request: Request, id: str) -> Response:
        """Change address, events or note, or switch it on or off."""
        actor, now = actor_of(request), timezone.now()
        hook = selectors.get_webhook(actor, id)
        actor.require(Role.MANAGER, hook.team_id)
        values = _checked(WebhookPatch, request.data)
        enabled = values.pop("enabled", None)
        version = expected_version(request)
        webhooks.update_webhook(actor=actor, hook=hook, values=values, expected_version=version, now=now)
        if enabled is True:
            webhooks.enable_webhook(actor=actor, hook=hook, now=now)
        if enabled is False:
            webhooks.disable_webhook(actor=actor, hook=hook, reason=f"Switched off by {actor.label}.", now=now)
        return self._shown(request, id)

    def destroy(self, request: Request, id: str) -> Response:
        """Delete a webhook with the log of its deliveries."""
        actor = actor_of(request)
        webhooks.delete_webhook(actor=actor, hook=selectors.get_webhook(actor, id), now=timezone.now())
        return Response(status=204)

    @extend_schema(request=None, responses=WebhookWithSecret)
    def secret(self, request: Request, id: str) -> Response:
        """Renew the secret; the old one stops at once."""
        actor = actor_of(request)
        hook = webhooks.renew_secret(actor=actor, hook=selectors.get_webhook(actor, id), now=timezone.now())
        return self.one(hook, WebhookWithSecret(hook, context={"actor": actor}).data)

    @extend_schema(request=None, responses={202: DeliveryOut})
    def test(self, request: Request, id: str) -> Response:
        """Send the event `webhook.test`."""
        actor = actor_of(request)
        delivery = webhooks.send_test(actor=actor, hook=selectors.get_webhook(actor, id), now=timezone.now())
        return Response(DeliveryOut(delivery).data, status=202)

    @extend_schema(parameters=[DeliveryQuery], responses=DeliveryOut(many=True))
    def deliveries(self, request: Request, id: str) -> Response:
        """What was and will be sent, newest first, with each try."""
        asked = _checked(DeliveryQuery, request.query_params)
        hook = selectors.get_webhook(actor_of(request), id)
        page = self.paginate_queryset(selectors.deliveries(hook, state=asked.get("state", "")))
        return self.get_paginated_response(DeliveryOut(page, many=True).data)

    @extend_schema(request=None, responses={202: DeliveryOut})
    def redeliver(self, request: Request, id: str, delivery_id: str) -> Response:
        """Send an event once more, under the same `webhook-id`."""
        actor = actor_of(request)
        delivery = selectors.get_delivery(actor, id, delivery_id)
        made = deliveries.redeliver(actor=actor, delivery=delivery, now=timezone.now())
        return Response(DeliveryOut(made).data, status=202)

    def _shown(self, request: Request, id: str) -> Response:
        actor = actor_of(request)
        hook = selectors.get_webhook(actor, id)
        return self.one(hook, WebhookOut(hook, context={"actor": actor}).data)


def _checked(kind: Any, data: Any, **context: Any) -> dict[str, Any]:
    serializer = kind(data=data, context=context)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
