"""Ad-hoc queries for programs: asked, and kept."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from slo.domain.queries import LABELS, LASTS, MEASURES, WAYS, InvalidQuery, query_of
from slo.exceptions import SavedQueryNotFound
from slo.models import SavedQuery
from slo.selectors import queries
from slo.services import saved_queries


class AskedSerializer(serializers.Serializer[SavedQuery]):
    """A question; which ways and labels go with a measure is told when they do not."""

    measure = serializers.ChoiceField(choices=list(MEASURES), required=False)
    way = serializers.ChoiceField(choices=list(WAYS), required=False)
    by = serializers.ChoiceField(choices=list(LABELS), required=False)
    last = serializers.ChoiceField(choices=list(LASTS), required=False)
    until = serializers.DateTimeField(required=False)
    team = serializers.CharField(max_length=60, required=False)
    service = serializers.CharField(max_length=60, required=False)
    name = serializers.CharField(max_length=100, required=False, help_text="Words in the name of the SLI or probe.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {"from": serializers.DateTimeField(required=False)}


class LineSerializer(StrictSerializer):
    """One line of the answer."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field named as an attribute of Field
    values = serializers.ListField(child=serializers.FloatField(allow_null=True), help_text="One for each step.")


class QueryAnswerSerializer(StrictSerializer):
    """The numbers; null where nothing was measured."""

    title = serializers.CharField()
    unit = serializers.CharField()
    step_seconds = serializers.FloatField()
    steps = serializers.ListField(child=serializers.DateTimeField())
    lines = LineSerializer(many=True)
    left_out = serializers.IntegerField(help_text="Smaller lines that are not shown.")


class SavedQuerySerializer(StrictSerializer):
    """A query that a team keeps."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug")
    title = serializers.CharField(source="name", max_length=100)
    asked = AskedSerializer()
    created_at = serializers.DateTimeField(read_only=True)


class QueryViewSet(ApiViewSet):
    """Asking and keeping ad-hoc queries."""

    scope = "slos"
    queryset = SavedQuery.objects.none()
    serializer_class = SavedQuerySerializer

    @extend_schema(parameters=[AskedSerializer], responses=QueryAnswerSerializer)
    def run(self, request: Request) -> Response:
        """The answer to a question over the stored series that the caller may see."""
        question = AskedSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        try:
            query = query_of(question.validated_data, now=timezone.now())
        except InvalidQuery as error:
            raise Invalid(fields={name: [problem] for name, problem in error.problems.items()}) from error
        found = queries.answer(actor_of(request), query)
        shown = {"title": query.title, "unit": query.unit, "step_seconds": query.step.total_seconds()}
        lines = [{"label": label, "values": values} for label, values in found.lines]
        shown |= {"steps": found.steps, "lines": lines, "left_out": found.left_out}
        return Response(QueryAnswerSerializer(shown).data)

    def list(self, request: Request) -> Response:
        """The queries that teams keep."""
        found = self.paginate_queryset(queries.saved_queries(actor_of(request)))
        return self.get_paginated_response(SavedQuerySerializer(found, many=True).data)

    def create(self, request: Request) -> Response:
        """Keeps a query for a team."""
        actor = actor_of(request)
        serializer = SavedQuerySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        team = people.teams(actor).filter(slug=data["team"]["slug"]).first()
        if team is None:
            raise Invalid(fields={"team": ["There is no such team, or you may not see it."]})
        asked = {name: str(value) for name, value in data["asked"].items()}
        saved = saved_queries.save_query(
            actor=actor, team_id=team.pk, name=data["name"], asked=asked, now=timezone.now()
        )
        return Response(SavedQuerySerializer(saved).data, status=201)

    def destroy(self, request: Request, id: str) -> Response:
        """Forgets a query."""
        actor = actor_of(request)
        saved = queries.saved_queries(actor).filter(public_id=id).first()
        if saved is None:
            raise SavedQueryNotFound
        saved_queries.delete_query(actor=actor, saved=saved, now=timezone.now())
        return Response(status=204)
