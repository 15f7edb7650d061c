"""The language check as a calculator: it answers and stores nothing; any token may ask."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from postmortems.domain import language


class LintRequestSerializer(StrictSerializer):
    """A text, and names that count as persons."""

    text = serializers.CharField(max_length=100_000, allow_blank=True, trim_whitespace=False)
    names = serializers.ListField(child=serializers.CharField(max_length=120), required=False, max_length=100)


class FindingSerializer(serializers.Serializer[language.Finding]):
    """One line, why it reads as blame, and two ways to say it."""

    line = serializers.IntegerField()
    rule = serializers.CharField()
    excerpt = serializers.CharField()
    reason = serializers.CharField()
    rewrites = serializers.ListField(child=serializers.CharField())


class LintAnswerSerializer(serializers.Serializer[dict[str, list[language.Finding]]]):
    """All findings, in the order of the text."""

    findings = FindingSerializer(many=True)


class LintView(ApiViewSet):
    """The blameless-language check."""

    scope_exempt = True
    serializer_class = LintRequestSerializer

    @extend_schema(request=LintRequestSerializer, responses={200: LintAnswerSerializer})
    def create(self, request: Request) -> Response:
        """Checks a text; it never blocks anything and stores nothing."""
        serializer = LintRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        found = language.lint(given["text"], names=given.get("names", []))
        return Response(LintAnswerSerializer({"findings": found}).data)
