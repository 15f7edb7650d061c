"""/api/v1/block-rules/"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from shortener.models import BlockRule
from shortener.selectors import moderation
from shortener.services import blocklists

LONGEST_LIST = 2_000_000


class BlockRuleDraft(StrictSerializer):
    """A host with its subdomains, a pattern with `*`, or `allow`: an exception for a host."""

    kind = serializers.ChoiceField(BlockRule.Kind.values)
    value = serializers.CharField(max_length=500)
    reason = serializers.CharField(max_length=blocklists.REASON, required=False, allow_blank=True)


class BlockRuleOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="public_id")
    kind = serializers.CharField()
    value = serializers.CharField()
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()


class BlockRuleQuery(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, allow_blank=True, help_text="Words in value or reason.")
    kind = serializers.ChoiceField(BlockRule.Kind.values, required=False)


class BlockListDraft(StrictSerializer):
    """A host or a pattern per line; hosts files work too."""

    text = serializers.CharField(max_length=LONGEST_LIST)
    reason = serializers.CharField(max_length=blocklists.REASON, required=False, allow_blank=True)


class LineProblem(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    problem = serializers.CharField()


class BlockListOut(serializers.Serializer[Any]):
    added = serializers.IntegerField()
    known = serializers.IntegerField()
    problems = LineProblem(many=True)


class BlockRuleViewSet(ApiViewSet):
    """The blocklist; for administrators with the scope `admin`."""

    scope = "admin"
    queryset = BlockRule.objects.none()
    serializer_class = BlockRuleOut

    @extend_schema(parameters=[BlockRuleQuery])
    def list(self, request: Request) -> Response:
        """Rules, newest first."""
        asked = _checked(BlockRuleQuery, request.query_params)
        found = moderation.rules(actor_of(request), text=asked.get("q", ""), kind=asked.get("kind", ""))
        return self.get_paginated_response(BlockRuleOut(self.paginate_queryset(found), many=True).data)

    @extend_schema(request=BlockRuleDraft, responses={201: BlockRuleOut})
    def create(self, request: Request) -> Response:
        """Add a rule; a repeat answers with the one that stands."""
        values = _checked(BlockRuleDraft, request.data)
        rule = blocklists.add_rule(actor=actor_of(request), now=timezone.now(), **values)
        return Response(BlockRuleOut(rule).data, status=201)

    @extend_schema(request=BlockListDraft, responses=BlockListOut)
    def paste(self, request: Request) -> Response:
        """Add a whole list. Good lines are stored although others are bad."""
        values = _checked(BlockListDraft, request.data)
        done = blocklists.import_rules(actor=actor_of(request), now=timezone.now(), **values)
        problems = [{"line": line, "problem": problem} for line, problem in done.problems]
        return Response(BlockListOut({"added": done.added, "known": done.known, "problems": problems}).data)

    def retrieve(self, request: Request, id: str) -> Response:
        """One rule."""
        return Response(BlockRuleOut(moderation.get_rule(actor_of(request), id)).data)

    def destroy(self, request: Request, id: str) -> Response:
        """Remove a rule."""
        actor = actor_of(request)
        blocklists.remove_rule(actor=actor, rule=moderation.get_rule(actor, id), now=timezone.now())
        return Response(status=204)


def _checked(kind: Any, data: Any) -> dict[str, Any]:
    serializer = kind(data=data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
