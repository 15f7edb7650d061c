"""Contact points of teams as an API resource. Addresses are keys: only managers read them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.contacts import ContactTrialSerializer
from oncall.forms.contact_points import KINDS
from oncall.models import ContactPoint
from oncall.selectors import contact_points as found_points
from oncall.services import contact_points, contacts
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid


class ContactPointSerializer(StrictSerializer):
    """A room or a program of a team that steps of policies may name. `address` is null for who may not change it."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(max_length=80)
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=[kind for kind, _ in KINDS])
    address = serializers.CharField(max_length=500)
    is_on = serializers.BooleanField(read_only=True)
    failures = serializers.IntegerField(read_only=True)
    problem = serializers.CharField(read_only=True)
    last_sent_at = serializers.DateTimeField(read_only=True, allow_null=True)
    checked_at = serializers.DateTimeField(read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(read_only=True)
    secret = serializers.CharField(read_only=True, help_text="What signs a webhook, only in the answer that makes it.")


class ContactPointChangeSerializer(StrictSerializer):
    """What may change; `is_on` false pages nobody there."""

    name = serializers.CharField(max_length=80, required=False)
    address = serializers.CharField(max_length=500, required=False)
    is_on = serializers.BooleanField(required=False)


class SecretsSerializer(StrictSerializer):
    """What signs, the newest first; while one takes over from the other there are two."""

    secrets = serializers.ListField(child=serializers.CharField(), read_only=True)


class ContactPointViewSet(ApiViewSet):
    """The contact points of teams that the caller may see."""

    scope = "oncall"
    queryset = ContactPoint.objects.none()
    serializer_class = ContactPointSerializer

    def list(self, request: Request) -> Response:
        """The newest first."""
        actor = actor_of(request)
        found = self.paginate_queryset(found_points.contact_points(actor))
        return self.get_paginated_response([_shown(actor, one) for one in found or []])

    def create(self, request: Request) -> Response:
        """One more of a team that the caller manages. It is not tried by this."""
        actor = actor_of(request)
        serializer = ContactPointSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told = dict(serializer.validated_data)
        team = people.teams_where(actor, "manager").filter(slug=told.pop("team")).first()
        if team is None:
            raise Invalid(fields={"team": ["You manage no such team."]})
        made = contact_points.create_point(actor=actor, team_id=team.pk, **told, now=timezone.now())
        secret = {"secret": contacts.signing_secret(made)} if made.kind == "webhook" else {}
        return Response(_shown(actor, made) | secret, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One contact point."""
        actor = actor_of(request)
        return Response(_shown(actor, found_points.get_contact_point(actor, id)))

    @extend_schema(request=ContactPointChangeSerializer, responses=ContactPointSerializer)
    def partial_update(self, request: Request, id: str) -> Response:
        """Changes name or address, or switches it off and on."""
        actor, point = self._managed(request, id)
        serializer = ContactPointChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told, now = dict(serializer.validated_data), timezone.now()
        is_on = told.pop("is_on", None)
        if told:
            facts = {"name": point.name, "address": point.address} | told
            point = contact_points.update_point(actor=actor, point=point, **facts, now=now)
        if is_on is not None:
            point = contact_points.switch(actor=actor, point=point, is_on=is_on, now=now)
        return Response(_shown(actor, point))

    @extend_schema(request=None, responses=ContactTrialSerializer)
    def test(self, request: Request, id: str) -> Response:
        """Says something there at once."""
        actor, point = self._managed(request, id)
        tried = contact_points.try_point(actor=actor, point=point, now=timezone.now())
        return Response(ContactTrialSerializer(tried).data)

    @extend_schema(request=None, responses=SecretsSerializer)
    def rotate(self, request: Request, id: str) -> Response:
        """Another secret signs beside the present one."""
        return self._with_secrets(request, id, contact_points.rotate_secret)

    @extend_schema(request=None, responses=SecretsSerializer)
    def settle(self, request: Request, id: str) -> Response:
        """Only the newest secret signs."""
        return self._with_secrets(request, id, contact_points.end_old_secret)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Removes it, or switches it off for good where it was paged before: the history names it."""
        actor, point = self._managed(request, id)
        contact_points.remove_point(actor=actor, point=point, now=timezone.now())
        return Response(status=204)

    def _managed(self, request: Request, id: str) -> tuple[Actor, ContactPoint]:
        actor = actor_of(request)
        point = found_points.get_contact_point(actor, id)
        actor.require(Role.MANAGER, point.team_id)
        return actor, point

    def _with_secrets(self, request: Request, id: str, change: Any) -> Response:
        actor, point = self._managed(request, id)
        if point.kind != "webhook":
            raise Invalid(fields={"kind": ["Only webhooks are signed."]})
        changed = change(actor=actor, point=point, now=timezone.now())
        return Response({"secrets": contacts.signing_secret(changed).split(",")})


def _shown(actor: Actor, point: ContactPoint) -> dict[str, Any]:
    same = ("name", "kind", "failures", "problem", "last_sent_at", "checked_at", "created_at")
    return {
        "id": point.public_id,
        "team": point.team.slug,
        "address": point.address if actor.may(Role.MANAGER, point.team_id) else None,
        "is_on": point.disabled_at is None,
    } | {name: getattr(point, name) for name in same}
