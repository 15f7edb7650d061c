"""SLOs as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid, NotFound
from slo.api.fields import service_in_body
from slo.api.slo_fields import SloQuerySerializer, SloSerializer
from slo.exceptions import SliNotFound, SloNotFound
from slo.models import Sli, Slo, SloStatus
from slo.selectors import objectives as selectors
from slo.selectors import slo_lists
from slo.services import objectives
from slo.services import slis as sli_services

FIXED = {"service", "source", "primary"}


class SloViewSet(ApiViewSet):
    """The SLOs that the caller may see."""

    scope = "slos"
    queryset = Slo.objects.none()
    serializer_class = SloSerializer

    @extend_schema(parameters=[SloQuerySerializer], responses=SloSerializer(many=True))
    def list(self, request: Request) -> Response:
        """SLOs that are not archived, the newest first."""
        query = SloQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted, actor = dict(query.validated_data), actor_of(request)
        due_by = timezone.now() if wanted.pop("review_due", False) else None
        chosen = slo_lists.search(
            SloStatus.objects.visible_to(actor),
            text=wanted.pop("q", ""),
            user_id=actor.user_id,
            review_due_by=due_by,
            **wanted,
        )
        found = selectors.slos(actor).filter(pk__in=chosen.values("slo_id"))
        return self.get_paginated_response(SloSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Adds an SLO to a service whose team the caller manages."""
        actor, now = actor_of(request), timezone.now()
        facts = _valid(request)
        service = service_in_body(actor, facts.pop("service")["slug"])
        actor.require(Role.MANAGER, service.team_id)
        source, primary = facts.pop("source", ""), _primary(request, facts)
        if source:
            sli = sli_services.ensure_source_sli(actor=actor, service=service, source=source, now=now)
        else:
            sli = _sli(request, facts)
        facts.pop("sli", None)
        slo = objectives.create_slo(
            actor=actor, service=service, sli=sli, facts=_with_owner(facts), now=now, primary=primary
        )
        return self.one(slo, SloSerializer(slo).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One SLO with its status."""
        slo = selectors.get_slo(actor_of(request), id)
        return self.one(slo, SloSerializer(slo).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes an SLO; a changed promise is a new revision."""
        actor = actor_of(request)
        slo = selectors.get_slo(actor, id)
        actor.require(Role.MANAGER, slo.service.team_id)
        facts = _valid(request, partial=True)
        if fixed := FIXED & set(facts):
            raise Invalid(fields={name: ["This does not change."] for name in fixed})
        if "sli" in facts:
            facts["sli"] = _sli(request, facts)
        objectives.update_slo(
            actor=actor,
            slo=slo,
            facts=_with_owner(facts),
            now=timezone.now(),
            expected_version=expected_version(request),
        )
        return self.retrieve(request, id)

    def destroy(self, request: Request, id: str) -> Response:
        """Archives an SLO; repeating it changes nothing."""
        actor = actor_of(request)
        slo = selectors.get_slo(actor, id)
        actor.require(Role.MANAGER, slo.service.team_id)
        objectives.archive_slo(actor=actor, slo=slo, now=timezone.now())
        return Response(status=204)


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = SloSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _sli(request: Request, facts: dict[str, Any]) -> Sli:
    reference = facts.get("sli", {}).get("public_id")
    if reference is None:
        raise Invalid(fields={"sli": ["Give the id of an SLI, or a `source`."]})
    try:
        return selectors.get_sli(actor_of(request), reference)
    except SliNotFound as error:
        raise Invalid(fields={"sli": [error.detail]}) from error


def _primary(request: Request, facts: dict[str, Any]) -> Slo | None:
    reference = facts.pop("primary", {}).get("public_id")
    if reference is None:
        return None
    try:
        return selectors.get_slo(actor_of(request), reference)
    except SloNotFound as error:
        raise Invalid(fields={"primary": [error.detail]}) from error


def _with_owner(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with the person that `owner` names; whether they may own it is for the service to say."""
    if "owner" not in facts:
        return facts
    reference = facts["owner"]["public_id"]
    try:
        return facts | {"owner": None if reference is None else people.get_user(reference)}
    except NotFound as error:
        raise Invalid(fields={"owner": ["The owner is an active person of the service's team."]}) from error
