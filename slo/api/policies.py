"""Error-budget policies and release windows as resources of a service or a team."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid, NotFound
from slo.api.fields import RatioField, service_in_path
from slo.domain.policies import Demand, Policy
from slo.domain.policy_json import as_json
from slo.models import ErrorBudgetPolicy, ReleaseWindow
from slo.models.gates import VERDICTS
from slo.selectors import policies as selectors
from slo.selectors import release_windows as windows
from slo.selectors.policies import Owner
from slo.services import policies, release_windows


class PolicyStepSerializer(StrictSerializer):
    """Holds from `at` on, a share of the error budget that is spent."""

    at = RatioField()
    demand = serializers.ChoiceField(choices=[demand.value for demand in Demand])
    releases_per_day = serializers.IntegerField(required=False, allow_null=True)
    second_person = serializers.BooleanField(required=False)
    note = serializers.CharField(required=False, allow_blank=True)


class BudgetPolicySerializer(StrictSerializer):
    """What is demanded of releases; what is left out is as in the portal's default."""

    steps = PolicyStepSerializer(many=True, required=False)
    exempt_kinds = serializers.ListField(child=serializers.CharField(), required=False)
    slos = serializers.ListField(child=serializers.CharField(), required=False, help_text="Ids; none means all.")
    environments = serializers.ListField(child=serializers.CharField(), required=False)
    no_data = serializers.ChoiceField(choices=VERDICTS, required=False)
    minimum_coverage = RatioField(required=False)
    outside_window = serializers.ChoiceField(choices=VERDICTS, required=False)
    firing_page = serializers.ChoiceField(choices=VERDICTS, required=False)
    reason = serializers.CharField(required=False, allow_blank=True, write_only=True)
    origin = serializers.CharField(read_only=True, help_text="service, team or portal: where it was set.")
    revision = serializers.IntegerField(read_only=True)


class HoursSerializer(serializers.Serializer[Any]):
    """Hours of some days of the week."""

    days = serializers.ListField(child=serializers.CharField())
    until = serializers.CharField(help_text="Such as 16:00; 24:00 is midnight.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {**super().get_fields(), "from": serializers.CharField(help_text="Such as 10:00.")}


class ClosedSerializer(serializers.Serializer[Any]):
    """Days on which nothing is released, both ends included."""

    until = serializers.CharField(required=False)
    name = serializers.CharField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {**super().get_fields(), "from": serializers.CharField()}


class WindowSerializer(StrictSerializer):
    """When releases are welcome, by the clock of a zone."""

    zone = serializers.CharField()
    hours = HoursSerializer(many=True)
    country = serializers.CharField(required=False, allow_blank=True, help_text="Its public holidays are closed.")
    subdivision = serializers.CharField(required=False, allow_blank=True)
    closed = ClosedSerializer(many=True, required=False)


class OwnedViewSet(ApiViewSet):
    """What a service has, or else its team."""

    scope = "releases"
    of_team = False
    pagination_class = None

    def owner(self, request: Request, reference: str, role: Role | None = None) -> Owner:
        """The service or team of the address; with `role` the caller must have it in the team."""
        actor: Actor = actor_of(request)
        if self.of_team:
            found: Owner = people.team_by_reference(actor, reference)
        else:
            found = service_in_path(actor, reference)
        if role is not None:
            actor.require(role, found.pk if isinstance(found, Team) else found.team_id)
        return found


class BudgetPolicyViewSet(OwnedViewSet):
    """The error-budget policy of a service or the default of a team."""

    queryset = ErrorBudgetPolicy.objects.none()
    serializer_class = BudgetPolicySerializer

    def retrieve(self, request: Request, id: str) -> Response:
        """The policy that holds, and where it was set."""
        owner = self.owner(request, id)
        row, effective = selectors.own_policy(owner), selectors.effective_of(owner)
        body = _shown(effective.policy, effective)
        return Response(body, headers={"ETag": f'"{row.version}"'} if row else None)

    def update(self, request: Request, id: str) -> Response:
        """Sets the policy; each one is kept as a revision."""
        owner = self.owner(request, id, Role.MANAGER)
        serializer = BudgetPolicySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        definition = dict(request.data)
        reason = definition.pop("reason", "")
        policies.set_policy(
            actor=actor_of(request),
            owner=owner,
            definition=definition,
            reason=reason,
            version=expected_version(request),
            now=timezone.now(),
        )
        return self.retrieve(request, id)

    def destroy(self, request: Request, id: str) -> Response:
        """The service goes by its team's policy again, the team by the portal's default."""
        owner = self.owner(request, id, Role.MANAGER)
        policies.withdraw_policy(actor=actor_of(request), owner=owner, now=timezone.now())
        return Response(status=204)


class ReleaseWindowViewSet(OwnedViewSet):
    """The release window of a service or the default of a team."""

    queryset = ReleaseWindow.objects.none()
    serializer_class = WindowSerializer

    def retrieve(self, request: Request, id: str) -> Response:
        """The window that holds; 404 where releases are welcome at any time."""
        owner = self.owner(request, id)
        row = windows.effective_window(owner)
        if row is None:
            raise NotFound("No release window is set.")
        return Response(row.definition)

    @extend_schema(request=WindowSerializer, responses=WindowSerializer)
    def update(self, request: Request, id: str) -> Response:
        """Sets the window."""
        owner = self.owner(request, id, Role.MANAGER)
        if not isinstance(request.data, dict):
            raise Invalid(fields={"non_field_errors": ["Give an object."]})
        unknown = sorted(set(request.data) - set(WindowSerializer().fields))
        if unknown:
            raise Invalid(fields={name: ["There is no such field."] for name in unknown})
        release_windows.set_window(actor=actor_of(request), owner=owner, definition=request.data, now=timezone.now())
        return self.retrieve(request, id)

    def destroy(self, request: Request, id: str) -> Response:
        """The service goes by its team's window again, the team by none."""
        owner = self.owner(request, id, Role.MANAGER)
        release_windows.remove_window(actor=actor_of(request), owner=owner, now=timezone.now())
        return Response(status=204)


def _shown(policy: Policy, effective: selectors.Effective) -> dict[str, Any]:
    body = as_json(policy)
    steps = [{**step, "at": float(step["at"])} for step in body["steps"]]
    revision = effective.row.revision if effective.row else 0
    coverage = float(policy.minimum_coverage)
    return {**body, "steps": steps, "minimum_coverage": coverage, "origin": effective.origin, "revision": revision}
