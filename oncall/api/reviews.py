"""The weekly review of alerts for programs."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.people import person
from oncall.domain import alert_classes
from oncall.models import AlertReview
from oncall.selectors import reviews as found_reviews
from oncall.services import reviews
from oncall.services.reviews import Judgement
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid

WANTED = [
    OpenApiParameter("team", str, required=True, description="Slug or id of the team."),
    OpenApiParameter("week", date, description="A day of the week; without one the last whole week."),
]


class AlertReviewSerializer(StrictSerializer):
    """A decision about one class of alerts of one week."""

    id = serializers.CharField(source="public_id", read_only=True)
    week = serializers.DateField(help_text="Any day of the week; answered with its Monday.")
    alert_class = serializers.CharField(max_length=255, required=False, help_text="Left out for what was missing.")
    title = serializers.CharField(max_length=200)
    decision = serializers.ChoiceField(choices=AlertReview.Decision.choices)
    is_actionable = serializers.BooleanField(required=False, allow_null=True, default=None)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    owner = serializers.CharField(
        source="owner.public_id", required=False, allow_null=True, default=None, help_text="Id or mail address."
    )
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    done_at = serializers.DateTimeField(read_only=True)


class AlertClassSerializer(StrictSerializer):
    """What one class of alerts did in the week."""

    alert_class = serializers.CharField(source="alerts.key")
    title = serializers.CharField(source="alerts.title")
    severity = serializers.CharField(source="alerts.severity")
    fired = serializers.IntegerField(source="alerts.fired")
    paged = serializers.IntegerField(source="alerts.paged")
    answered = serializers.IntegerField(source="alerts.answered")
    at_night = serializers.IntegerField(source="alerts.at_night")
    seconds_to_answer = serializers.SerializerMethodField()
    decision = AlertReviewSerializer(allow_null=True)

    def get_seconds_to_answer(self, row: Any) -> float | None:
        """The median, of those that were taken on."""
        answer = row.alerts.answer
        return None if answer is None else float(answer.total_seconds())


class AlertReviewViewSet(ApiViewSet):
    """Weeks, decisions and their tasks."""

    scope = "alerts"
    queryset = AlertReview.objects.none()
    serializer_class = AlertReviewSerializer

    @extend_schema(parameters=WANTED, responses=AlertClassSerializer(many=True))
    def week(self, request: Request) -> Response:
        """Each class of alerts of a team's week, the loudest first."""
        team = self._team(request)
        rows = found_reviews.week(team, _monday(request.query_params.get("week", "")))
        return Response(AlertClassSerializer(rows, many=True).data)

    def list(self, request: Request) -> Response:
        """Decisions that nobody has carried out yet."""
        found = found_reviews.tasks(actor_of(request))
        return self.get_paginated_response(AlertReviewSerializer(self.paginate_queryset(found), many=True).data)

    @extend_schema(parameters=WANTED[:1])
    def create(self, request: Request) -> Response:
        """Decides about a class of a week, again or for the first time."""
        actor, team = actor_of(request), self._team(request)
        actor.require(Role.RESPONDER, team.pk)
        serializer = AlertReviewSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = dict(serializer.validated_data)
        owner = (said.pop("owner", None) or {}).get("public_id")
        week, title, key = said.pop("week"), said.pop("title"), said.pop("alert_class", "")
        judgement = Judgement(**said, owner_id=person(owner, "owner").pk if owner else None)
        common = {"actor": actor, "team_id": team.pk, "week": week, "title": title, "now": timezone.now()}
        if judgement.decision == AlertReview.Decision.MISSING:
            made = reviews.miss(judgement=judgement, **common)
        elif key:
            made = reviews.decide(alert_class=key, judgement=judgement, **common)
        else:
            raise Invalid(fields={"alert_class": ["Say which class of alerts this is about."]})
        return Response(AlertReviewSerializer(made).data, status=201)

    @extend_schema(request=None)
    def done(self, request: Request, id: str) -> Response:
        """Marks a decision as carried out."""
        actor = actor_of(request)
        review = found_reviews.get_review(actor, id)
        actor.require(Role.RESPONDER, review.team_id)
        return Response(AlertReviewSerializer(reviews.finish(actor=actor, review=review, now=timezone.now())).data)

    def _team(self, request: Request) -> Team:
        reference = request.query_params.get("team", "")
        if not reference:
            raise Invalid(fields={"team": ["Say which team."]})
        return people.team_by_reference(actor_of(request), reference)


def _monday(text: str) -> date:
    if not text:
        return alert_classes.week_of(timezone.localdate() - alert_classes.WEEK)
    try:
        return alert_classes.week_of(date.fromisoformat(text))
    except ValueError as error:
        raise Invalid(fields={"week": ["Give a day as 2026-03-02."]}) from error
