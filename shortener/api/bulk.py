"""/api/v1/links/bulk/"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.actors import Actor
from portal.accounts.selectors.requests import actor_of
from portal.lib.api import problems
from portal.lib.api.schema import PROBLEM
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import DomainError, PermissionDenied
from shortener.api import writes
from shortener.api.serializers import LinkOut
from shortener.models import Link
from shortener.selectors import stats

MOST = 100
WRITE = "links:write"
STATUSES = {"create": 201, "update": 200, "delete": 204}


class BulkItem(StrictSerializer):
    """One operation: `data` is what the single call takes; `version` is what If-Match would say."""

    operation = serializers.ChoiceField(list(STATUSES))
    id = serializers.CharField(required=False, help_text="Of the link, for update and delete.")
    version = serializers.IntegerField(required=False, min_value=1)
    data = serializers.DictField(required=False, default=dict)  # type: ignore[assignment]  # a field named as DRF's own

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["operation"] != "create" and not given.get("id"):
            raise ValidationError({"id": ["Name the link."]})
        return given


class BulkBody(StrictSerializer):
    """Up to 100 operations, done in order; each stands for itself."""

    items = serializers.ListField(child=serializers.JSONField(), min_length=1, max_length=MOST)


class BulkRequest(serializers.Serializer[Any]):
    """The same as the documentation shows it."""

    items = BulkItem(many=True)


class BulkItemOut(serializers.Serializer[Any]):
    """What became of the operation at `index`: the status and body that the single call would have had."""

    index = serializers.IntegerField()
    status = serializers.IntegerField()
    link = LinkOut(allow_null=True)
    problem = serializers.SerializerMethodField()

    @extend_schema_field({"oneOf": [PROBLEM, {"type": "null"}]})
    def get_problem(self, result: "Result") -> Any:
        return result.problem


class BulkOut(serializers.Serializer[Any]):
    succeeded = serializers.IntegerField()
    failed = serializers.IntegerField()
    items = BulkItemOut(many=True)


@dataclass(frozen=True, slots=True)
class Result:
    index: int
    status: int
    link: Link | None = None
    problem: Any = None


class LinkBulkViewSet(ApiViewSet):
    """Many links in one call."""

    scope = "links"
    create_scope = "links:create"
    queryset = Link.objects.none()
    serializer_class = BulkOut

    @extend_schema(request=BulkRequest, responses={200: BulkOut})
    def create(self, request: Request) -> Response:
        """Create, update and delete up to 100 links. Every item has its own status; one refusal stops no other."""
        actor, now = actor_of(request), timezone.now()
        items = writes.checked(BulkBody, request.data)["items"]
        results = [self._result(request, actor, index, item, now) for index, item in enumerate(items)]
        totals = stats.link_totals([result.link.pk for result in results if result.link is not None])
        failed = sum(result.problem is not None for result in results)
        told = {"succeeded": len(results) - failed, "failed": failed, "items": results}
        return Response(BulkOut(told, context={"now": now, "totals": totals}).data)

    def _result(self, request: Request, actor: Actor, index: int, item: Any, now: datetime) -> Result:
        """Does one operation; a refusal becomes the problem that the single call would have answered."""
        try:
            given = writes.checked(BulkItem, item)
            return Result(index, STATUSES[given["operation"]], _done(actor, given, now))
        except (DomainError, ValidationError) as error:
            refusal = problems.exception_handler(error, {"request": request})
            return Result(index, refusal.status_code if refusal else 422, problem=refusal.data if refusal else None)


def _done(actor: Actor, given: dict[str, Any], now: datetime) -> Link | None:
    if given["operation"] == "create":
        return writes.create(actor=actor, data=given["data"], now=now)
    if not actor.has_scope(WRITE):
        raise PermissionDenied("The token may create links and nothing else.")
    one = {"actor": actor, "id": given["id"], "version": given.get("version"), "now": now}
    if given["operation"] == "update":
        return writes.update(data=given["data"], **one)
    writes.delete(**one)
    return None
