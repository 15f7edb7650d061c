"""Alerts as an API resource."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import person
from oncall.domain import matchers
from oncall.domain.matchers import Matcher
from oncall.models import Alert
from oncall.selectors import alerts as found_alerts
from oncall.selectors import doors
from oncall.selectors.alerts import Narrowing
from oncall.services import alerts, assignments, hands, responders, snoozes
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Conflict, Invalid, PermissionDenied
from portal.lib.ids import new_id

STATUSES = ["open", *Alert.Status.values]


class AlertLinkSerializer(StrictSerializer):
    """A link that helps whoever is paged."""

    href = serializers.URLField(max_length=500)
    text = serializers.CharField(max_length=200, required=False)


class AlertSerializer(StrictSerializer):
    """An alert. The same `dedup_key` joins the open alert of the team instead of opening another one."""

    id = serializers.CharField(source="public_id", read_only=True)
    status = serializers.CharField(read_only=True)
    team = serializers.CharField(source="team.slug", help_text="Slug or id of the team that is paged.")
    service = serializers.CharField(
        source="service.slug", required=False, allow_null=True, default=None, help_text="Slug of a service of the team."
    )
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field, not the argument of DRF
    dedup_key = serializers.CharField(max_length=255, required=False)
    title = serializers.CharField(max_length=200)
    severity = serializers.ChoiceField(choices=Alert.Severity.values, default="critical")
    detail = serializers.CharField(max_length=20_000, required=False, allow_blank=True, default="")
    runbook_url = serializers.URLField(max_length=500, required=False, allow_blank=True, default="")
    links = AlertLinkSerializer(many=True, required=False)
    started_at = serializers.DateTimeField(read_only=True)
    last_fired_at = serializers.DateTimeField(read_only=True)
    joined_count = serializers.IntegerField(read_only=True)
    acknowledged_at = serializers.DateTimeField(read_only=True, allow_null=True)
    acknowledged_by = serializers.CharField(source="acknowledged_by.public_id", read_only=True, default=None)
    acknowledge_by = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Until when somebody has to take it on; null where nobody has to."
    )
    assigned_to = serializers.CharField(
        source="assigned_to.public_id", read_only=True, default=None, help_text="Who has it, or was handed it."
    )
    resolved_at = serializers.DateTimeField(read_only=True, allow_null=True)
    labels = serializers.DictField(
        child=serializers.CharField(max_length=1000, allow_blank=True), required=False, help_text="What matchers see."
    )
    annotations = serializers.DictField(child=serializers.CharField(allow_blank=True), read_only=True)
    lead = serializers.CharField(
        source="lead.public_id", read_only=True, default=None, help_text="The alert that pages for its group."
    )
    member_count = serializers.IntegerField(read_only=True, default=0, help_text="Open members of its group.")
    held_by = serializers.CharField(read_only=True, help_text="Why it pages nobody for now; empty where it may page.")
    held_until = serializers.DateTimeField(read_only=True, allow_null=True)
    snoozed_until = serializers.DateTimeField(read_only=True, allow_null=True)
    is_test = serializers.BooleanField(read_only=True)


class AlertQuerySerializer(serializers.Serializer[Alert]):
    """What to look for."""

    status = serializers.ChoiceField(choices=STATUSES, required=False, help_text="`open` is firing and acknowledged.")
    severity = serializers.ChoiceField(choices=Alert.Severity.values, required=False)
    team = serializers.CharField(required=False, help_text="The slug of a team.")
    service = serializers.CharField(required=False, help_text="The slug of a service.")
    q = serializers.CharField(required=False, source="text", help_text="Words in title or detail.")
    mine = serializers.BooleanField(required=False, help_text="What the caller acknowledged, was given or paged for.")
    overdue = serializers.BooleanField(required=False, help_text="What should have been taken on by now.")
    held = serializers.BooleanField(required=False, allow_null=True, default=None)
    snoozed = serializers.BooleanField(required=False, allow_null=True, default=None)
    labels = serializers.CharField(required=False, help_text='Matchers, such as app="shop", pod=~"web-.*".')
    group = serializers.CharField(required=False, help_text="Id of a lead: its members. Else only leads are listed.")

    def validate_labels(self, text: str) -> tuple[Matcher, ...]:
        """The matchers of a line."""
        try:
            found = matchers.parse(text)
        except matchers.BadMatchers as error:
            raise serializers.ValidationError(error.problems) from error
        return found


class SnoozeSerializer(StrictSerializer):
    """Until when nobody is paged: `minutes` from now, or `until`."""

    minutes = serializers.IntegerField(min_value=1, max_value=7 * 24 * 60, required=False)
    until = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError({"until": ["Give minutes or until, one of them."]})
        return attrs


class ReassignSerializer(StrictSerializer):
    """To whom an alert is handed: a person, or a team or policy."""

    person = serializers.CharField(required=False, help_text="Id or mail address. Oneself: to take it over.")
    team = serializers.CharField(required=False, help_text="Slug or id of a team.")
    policy = serializers.CharField(required=False, help_text="Id of an escalation policy.")


class ResponderSerializer(StrictSerializer):
    """Whom to page besides."""

    person = serializers.CharField(help_text="Id or mail address.")


class NoteSerializer(StrictSerializer):
    """Words for the history."""

    text = serializers.CharField(max_length=500)


class MergeSerializer(StrictSerializer):
    """The alerts that join the group of this one."""

    alerts = serializers.ListField(child=serializers.CharField(), min_length=1, max_length=100)


class AlertViewSet(ApiViewSet):
    """The alerts that the caller may see."""

    scope = "alerts"
    queryset = Alert.objects.none()
    serializer_class = AlertSerializer

    @extend_schema(parameters=[AlertQuerySerializer], responses=AlertSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Alerts, the newest first."""
        query = AlertQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        given = dict(query.validated_data)
        overdue_at = timezone.now() if given.pop("overdue", False) else None
        actor, wanted = actor_of(request), Narrowing(**given, overdue_at=overdue_at)
        rows = found_alerts.alerts(actor) if wanted.group else found_alerts.leads(actor)
        found = found_alerts.narrowed(rows.select_related("lead"), wanted, user_id=actor.user_id)
        return self.get_paginated_response(AlertSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Raises an alert, or joins the open one of the same key (200). A critical one pages."""
        actor = actor_of(request)
        if not alerts.may_raise(actor):
            raise PermissionDenied("Raising an alert needs the role responder in some team.")
        serializer = AlertSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        alert = _opened(actor, dict(serializer.validated_data))
        return self.one(alert, AlertSerializer(alert).data, status=200 if alert.joined_count else 201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One alert."""
        alert = found_alerts.get_alert(actor_of(request), id)
        return self.one(alert, AlertSerializer(alert).data)

    @extend_schema(request=None, responses=AlertSerializer)
    def acknowledge(self, request: Request, id: str) -> Response:
        """Takes the alert and its group on: nobody is paged any more. Repeating it changes nothing."""
        actor, alert = _mine(request, id)
        return self._shown(alerts.acknowledge_alert(actor=actor, alert=alert, now=timezone.now()))

    @extend_schema(request=None, responses=AlertSerializer)
    def resolve(self, request: Request, id: str) -> Response:
        """Closes the alert and its group. Repeating it changes nothing."""
        actor, alert = _mine(request, id)
        return self._shown(alerts.close_alert(actor=actor, alert=alert, now=timezone.now()))

    @extend_schema(request=SnoozeSerializer, responses=AlertSerializer)
    def snooze(self, request: Request, id: str) -> Response:
        """Nobody is paged until then; if it is open at that time, it pages again."""
        actor, alert = _mine(request, id)
        given, now = _given(SnoozeSerializer, request), timezone.now()
        until = given.get("until") or now + timedelta(minutes=given.get("minutes", 0))
        return self._shown(snoozes.snooze(actor=actor, alert=alert, until=until, now=now))

    @extend_schema(request=ReassignSerializer, responses=AlertSerializer)
    def reassign(self, request: Request, id: str) -> Response:
        """Hands the alert to a person, who is paged, or to a team or policy, asked from its first step on."""
        actor, alert = _mine(request, id)
        given = _given(ReassignSerializer, request)
        if "person" in given:
            user = person(given["person"], "person")
            return self._shown(assignments.hand_to(actor=actor, alert=alert, person=user, now=timezone.now()))
        team = people.team_by_reference(actor, given["team"]) if "team" in given else None
        policy = doors.get_policy(actor, given["policy"]) if "policy" in given else None
        return self._shown(hands.reassign(actor=actor, alert=alert, team=team, policy=policy, now=timezone.now()))

    @extend_schema(request=None, responses=AlertSerializer)
    def escalate(self, request: Request, id: str) -> Response:
        """The next of the policy are asked now; an acknowledgement is taken back by it."""
        actor, alert = _mine(request, id)
        if not assignments.escalate(actor=actor, alert=alert, now=timezone.now()):
            raise Conflict("Nobody is asked: the alert is held back, or no policy walks for its class.")
        alert.refresh_from_db()
        return self._shown(alert)

    @extend_schema(request=ResponderSerializer, responses=AlertSerializer)
    def responder(self, request: Request, id: str) -> Response:
        """Pages one more person for the alert; asking twice within a minute pages once."""
        actor, alert = _mine(request, id)
        user = person(_given(ResponderSerializer, request)["person"], "person")
        responders.page_person(actor=actor, alert=alert.lead or alert, user=user, now=timezone.now())
        return self._shown(alert)

    @extend_schema(request=NoteSerializer, responses=AlertSerializer)
    def note(self, request: Request, id: str) -> Response:
        """Adds words to the history."""
        actor, alert = _mine(request, id)
        hands.note(actor=actor, alert=alert, text=_given(NoteSerializer, request)["text"], now=timezone.now())
        return self._shown(alert)

    @extend_schema(request=MergeSerializer, responses=AlertSerializer)
    def merge(self, request: Request, id: str) -> Response:
        """Puts other open alerts of the team into the group of this one. Repeating it changes nothing."""
        actor, alert = _mine(request, id)
        others = [_mine(request, one)[1] for one in _given(MergeSerializer, request)["alerts"]]
        return self._shown(hands.merge(actor=actor, lead=alert, others=others, now=timezone.now()))

    @extend_schema(request=None, responses=AlertSerializer)
    def unmerge(self, request: Request, id: str) -> Response:
        """Takes a member out of its group. Repeating it changes nothing."""
        actor, alert = _mine(request, id)
        return self._shown(hands.unmerge(actor=actor, alert=alert, now=timezone.now()))

    def _shown(self, alert: Alert) -> Response:
        return self.one(alert, AlertSerializer(alert).data)


def _mine(request: Request, id: str) -> tuple[Actor, Alert]:
    actor = actor_of(request)
    alert = found_alerts.get_alert(actor, id)
    actor.require(Role.RESPONDER, alert.team_id)
    return actor, alert


def _given(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _opened(actor: Actor, given: dict[str, Any]) -> Alert:
    team = people.team_by_reference(actor, given.pop("team")["slug"])
    service = _service(actor, given.pop("service")["slug"], team.pk)
    return alerts.open_alert(
        actor=actor,
        team_id=team.pk,
        service_id=service.pk if service else None,
        source=f"api:{team.public_id}",
        dedup_key=given.get("dedup_key") or new_id("hand"),
        title=given["title"],
        severity=given["severity"],
        detail=given["detail"],
        runbook_url=given["runbook_url"] or (service.runbook_url if service else ""),
        links=[dict(link) for link in given.get("links", [])],
        labels=given.get("labels"),
        now=timezone.now(),
    )


def _service(actor: Actor, slug: str | None, team_id: int) -> Service | None:
    if not slug:
        return None
    service = catalog.get_service(actor, slug)
    if service.team_id != team_id:
        raise Invalid(fields={"service": ["This service belongs to another team."]})
    return service
