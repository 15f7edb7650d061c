"""What duty is worth, for programs: statements and rules."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.api.duty import WANTED, person_of, wanted_of
from oncall.api.people import PersonSerializer
from oncall.domain import duty_months
from oncall.domain.statements import Line, shown
from oncall.models import CompensationRule
from oncall.selectors import compensation as found_compensation
from oncall.selectors import duty
from oncall.services import compensation
from portal.accounts.models import Team
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid


class StatementLineSerializer(StrictSerializer):
    """One line; of money, hours and days off exactly one is set, and all numbers are exact text."""

    rule = serializers.CharField()
    line = serializers.CharField(source="term")
    quantity = serializers.SerializerMethodField()
    unit = serializers.CharField()
    money = serializers.DecimalField(None, 2, allow_null=True)
    currency = serializers.CharField()
    hours = serializers.DecimalField(None, 2, allow_null=True)
    days = serializers.DecimalField(None, 2, allow_null=True)
    explanation = serializers.CharField()

    def get_quantity(self, line: Line) -> str:
        """To four decimals."""
        return shown(line.quantity)


class StatementSerializer(StrictSerializer):
    """One person's month in one team; `money` is the sum of the lines for each currency."""

    team = serializers.CharField(source="team.slug")
    user = PersonSerializer()
    lines = StatementLineSerializer(many=True, source="statement.lines")
    money = serializers.DictField(child=serializers.DecimalField(None, 2), source="statement.money")
    hours = serializers.DecimalField(None, 2, source="statement.hours")
    days = serializers.DecimalField(None, 2, source="statement.days")


class StatementsSerializer(StrictSerializer):
    """The statements of a month."""

    month = serializers.CharField()
    items = StatementSerializer(many=True)


class CompensationRuleSerializer(StrictSerializer):
    """A rule; what `terms` may say is told in the guide on duty reports."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug", read_only=True)
    name = serializers.CharField(max_length=80)
    terms = serializers.DictField()
    effective_from = serializers.DateField()
    effective_until = serializers.DateField(read_only=True, allow_null=True)


class EndSerializer(StrictSerializer):
    """The first day on which a rule counts no more."""

    on = serializers.DateField()


class StatementViewSet(ApiViewSet):
    """Statements of compensation."""

    scope = "oncall"
    queryset = CompensationRule.objects.none()
    serializer_class = StatementsSerializer
    pagination_class = None

    @extend_schema(parameters=WANTED, responses=StatementsSerializer)
    def show(self, request: Request) -> Response:
        """A team's month for its managers; without a team that of the token's person."""
        team, user = wanted_of(request)
        zone = duty.zone_of(team.time_zone if team else person_of(user).time_zone)
        month = duty_months.month_of(request.query_params.get("month", ""), now=timezone.now(), zone=zone)
        if month is None:
            raise Invalid(fields={"month": ["Give a month such as 2026-03, from 2000 to a year ahead."]})
        if team is not None:
            items = found_compensation.team_statements(team, month)
        else:
            items = found_compensation.own_statements(person_of(user), month)
        return Response(StatementsSerializer({"month": f"{month:%Y-%m}", "items": items}).data)


class CompensationRuleViewSet(ApiViewSet):
    """Rules of compensation, for managers of their team."""

    scope = "oncall"
    queryset = CompensationRule.objects.none()
    serializer_class = CompensationRuleSerializer

    @extend_schema(parameters=WANTED[:1])
    def list(self, request: Request) -> Response:
        """The rules of a team, the latest first."""
        found = found_compensation.rules_of(_team(request)).select_related("team")
        page = self.paginate_queryset(found)
        return self.get_paginated_response(CompensationRuleSerializer(page, many=True).data)

    @extend_schema(parameters=WANTED[:1])
    def create(self, request: Request) -> Response:
        """A rule that counts from a day on."""
        team = _team(request)
        said = _said(CompensationRuleSerializer(data=request.data))
        made = compensation.create_rule(actor=actor_of(request), team=team, now=timezone.now(), **said)
        return Response(CompensationRuleSerializer(made).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One rule."""
        return Response(CompensationRuleSerializer(found_compensation.get_rule(actor_of(request), id)).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """New terms from `effective_from` on: a rule that counts ends there, and the answer is what follows it."""
        actor = actor_of(request)
        rule = found_compensation.get_rule(actor, id)
        said: dict[str, Any] = {"name": rule.name, "terms": rule.terms, "effective_from": rule.effective_from}
        said |= _said(CompensationRuleSerializer(data=request.data, partial=True))
        today = _today(rule.team)
        made = compensation.change_rule(actor=actor, rule=rule, today=today, now=timezone.now(), **said)
        return Response(CompensationRuleSerializer(made).data)

    @extend_schema(request=EndSerializer, responses=CompensationRuleSerializer)
    def end(self, request: Request, id: str) -> Response:
        """The rule counts no more from a day on."""
        actor = actor_of(request)
        rule = found_compensation.get_rule(actor, id)
        said = _said(EndSerializer(data=request.data))
        ended = compensation.end_rule(actor=actor, rule=rule, now=timezone.now(), **said)
        return Response(CompensationRuleSerializer(ended).data)


def _team(request: Request) -> Team:
    team = wanted_of(request)[0]
    if team is None:
        raise Invalid(fields={"team": ["Say which team."]})
    return team


def _said(serializer: StrictSerializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _today(team: Team) -> date:
    return timezone.now().astimezone(duty.zone_of(team.time_zone)).date()
