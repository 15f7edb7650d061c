"""Routes and inhibition rules as API resources."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.matchers import MatcherListField
from oncall.models import Alert, AlertRoute, InhibitionRule
from oncall.selectors import catches, doors, route_tests
from oncall.services import routes
from oncall.services.routes import InhibitionFields, RouteFields
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid


def names_field() -> serializers.ListField:
    """Names of labels."""
    return serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=20, required=False, default=list
    )


class RouteSerializer(StrictSerializer):
    """Where alerts of a team go that match; the first route decides."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug")
    position = serializers.IntegerField(required=False, min_value=0, max_value=1000)
    name = serializers.CharField(max_length=80)
    matchers = MatcherListField(required=False, default=tuple)
    integration = serializers.CharField(source="integration.public_id", required=False, allow_null=True, default=None)
    service = serializers.CharField(source="service.slug", required=False, allow_null=True, default=None)
    policy = serializers.CharField(source="policy.public_id", required=False, allow_null=True, default=None)
    severity = serializers.ChoiceField(choices=["", *Alert.Severity.values], required=False, default="")
    group_by = names_field()
    repages = serializers.BooleanField(required=False, default=False)
    last_matched_at = serializers.DateTimeField(
        read_only=True, help_text="When an alert last took this route, to the minute; null while none has."
    )


class InhibitionSerializer(StrictSerializer):
    """While an alert matches `source`, those that match `target` and agree in `equal` page nobody."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug")
    name = serializers.CharField(max_length=80)
    source = MatcherListField()  # type: ignore[assignment]  # a field, not the argument of DRF
    target = MatcherListField()
    equal = names_field()
    inhibits = serializers.SerializerMethodField(help_text="Ids of the alerts that it keeps quiet now.")

    def get_inhibits(self, rule: InhibitionRule) -> list[str]:
        """What is quiet by it."""
        return [alert.public_id for alert, _ in catches.inhibited_now(rule, timezone.now())]


class RouteViewSet(ApiViewSet):
    """The routes that the caller may see."""

    scope = "alerts"
    queryset = AlertRoute.objects.none()
    serializer_class = RouteSerializer

    def list(self, request: Request) -> Response:
        """Routes, the newest first; `position` is their order in the team."""
        found = self.paginate_queryset(route_tests.routes(actor_of(request)))
        return self.get_paginated_response(RouteSerializer(found, many=True).data)

    def create(self, request: Request) -> Response:
        """A route behind the others, or at `position`."""
        actor = actor_of(request)
        given = _valid(RouteSerializer, request)
        team = people.team_by_reference(actor, given["team"]["slug"])
        made = _saved(actor, team, given, None)
        return self.one(made, RouteSerializer(made).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One route."""
        route = route_tests.get_route(actor_of(request), id)
        return self.one(route, RouteSerializer(route).data)

    def update(self, request: Request, id: str) -> Response:
        """Other facts of a route; `position` moves it. Send If-Match to be sure that nobody else changed it."""
        actor = actor_of(request)
        route = route_tests.get_route(actor, id)
        actor.require(Role.MANAGER, route.team_id)
        given = _valid(RouteSerializer, request)
        saved = _saved(actor, route.team, given, route, expected_version(request))
        return self.one(saved, RouteSerializer(saved).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Takes a route away; alerts stay where it sent them."""
        actor = actor_of(request)
        route = route_tests.get_route(actor, id)
        actor.require(Role.MANAGER, route.team_id)
        routes.delete_route(actor=actor, route=route, now=timezone.now())
        return Response(status=204)


class InhibitionViewSet(ApiViewSet):
    """The inhibition rules that the caller may see."""

    scope = "alerts"
    queryset = InhibitionRule.objects.none()
    serializer_class = InhibitionSerializer

    def list(self, request: Request) -> Response:
        """Rules, the newest first, with what they keep quiet now."""
        found = self.paginate_queryset(route_tests.inhibitions(actor_of(request)))
        return self.get_paginated_response(InhibitionSerializer(found, many=True).data)

    def create(self, request: Request) -> Response:
        """A rule; open alerts are held by it at once."""
        actor = actor_of(request)
        given = _valid(InhibitionSerializer, request)
        team = people.team_by_reference(actor, given.pop("team")["slug"])
        made = _saved_rule(actor, team.pk, given, None)
        return self.one(made, InhibitionSerializer(made).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One rule."""
        rule = route_tests.get_inhibition(actor_of(request), id)
        return self.one(rule, InhibitionSerializer(rule).data)

    def update(self, request: Request, id: str) -> Response:
        """The rule in other words. Send If-Match to be sure that nobody else changed it."""
        actor = actor_of(request)
        rule = route_tests.get_inhibition(actor, id)
        actor.require(Role.MANAGER, rule.team_id)
        given = _valid(InhibitionSerializer, request)
        given.pop("team")
        saved = _saved_rule(actor, rule.team_id, given, rule, expected_version(request))
        return self.one(saved, InhibitionSerializer(saved).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Takes a rule away; what it kept quiet pages if it still fires."""
        actor = actor_of(request)
        rule = route_tests.get_inhibition(actor, id)
        actor.require(Role.MANAGER, rule.team_id)
        routes.delete_inhibition(actor=actor, rule=rule, now=timezone.now())
        return Response(status=204)


def _valid(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _saved(
    actor: Actor, team: Team, given: dict[str, Any], route: AlertRoute | None, version: int | None = None
) -> AlertRoute:
    actor.require(Role.MANAGER, team.pk)
    now = timezone.now()
    names = ("name", "matchers", "severity", "repages")
    facts = {name: given[name] for name in names} | _places(actor, team, given)
    fields = RouteFields(**facts, group_by=tuple(given["group_by"]))
    places: dict[str, Any] = {"team_id": team.pk, "route": route, "expected_version": version}
    saved = routes.save_route(actor=actor, fields=fields, now=now, **places)
    if "position" in given:
        saved = routes.move_route(actor=actor, route=saved, to=given["position"], now=now)
    return route_tests.get_route(actor, saved.public_id)


def _places(actor: Actor, team: Team, given: dict[str, Any]) -> dict[str, Any]:
    """The ids of what a route names; things of another team are refused by field."""
    finders = {
        "integration": ("public_id", doors.get_integration),
        "service": ("slug", catalog.get_service),
        "policy": ("public_id", doors.get_policy),
    }
    found: dict[str, Any] = {}
    for name, (key, find) in finders.items():
        reference = (given.get(name) or {}).get(key)
        one: Any = find(actor, reference) if reference else None
        if one is not None and one.team_id != team.pk:
            raise Invalid(fields={name: ["This belongs to another team."]})
        found[f"{name}_id"] = one.pk if one else None
    return found


def _saved_rule(
    actor: Actor, team_id: int, given: dict[str, Any], rule: InhibitionRule | None, version: int | None = None
) -> InhibitionRule:
    actor.require(Role.MANAGER, team_id)
    fields = InhibitionFields(**{**given, "equal": tuple(given["equal"])})
    places: dict[str, Any] = {"team_id": team_id, "rule": rule, "expected_version": version}
    return routes.save_inhibition(actor=actor, fields=fields, now=timezone.now(), **places)
