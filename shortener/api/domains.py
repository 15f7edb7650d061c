"""/api/v1/domains/"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.views import ApiViewSet
from shortener.api.domain_serializers import DomainDraft, DomainOut, DomainPatch
from shortener.models import Domain
from shortener.selectors import domains as selectors
from shortener.services import domains


class DomainViewSet(ApiViewSet):
    """The short domains: under which names links live, what their visitors see, and what is kept of a click."""

    scope = "links"
    write_scope = "domains:admin"
    queryset = Domain.objects.none()
    serializer_class = DomainOut

    def list(self, request: Request) -> Response:
        """Domains that the caller may see, newest first, archived ones included."""
        page = self.paginate_queryset(selectors.domains(actor_of(request)).order_by("-pk"))
        return self.get_paginated_response(DomainOut(page, many=True).data)

    @extend_schema(request=DomainDraft, responses={201: DomainOut})
    def create(self, request: Request) -> Response:
        """Add a domain to a team; without a team (administrators only) all teams may use it."""
        actor = actor_of(request)
        values = _checked(DomainDraft, request.data, actor=actor)
        team_id = values.pop("team", None)
        domain = domains.create_domain(actor=actor, team_id=team_id, values=values, now=timezone.now())
        return self.one(domain, DomainOut(domain).data, 201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One domain, by its id or its name, with its ETag."""
        domain = selectors.get_domain(actor_of(request), id)
        return self.one(domain, DomainOut(domain).data)

    @extend_schema(request=DomainPatch)
    def partial_update(self, request: Request, id: str) -> Response:
        """Change some fields; every edge knows within a second. Send If-Match to be sure that nobody else did."""
        actor = actor_of(request)
        values = _checked(DomainPatch, request.data)
        domain = selectors.get_domain(actor, id)
        version = expected_version(request)
        changed = domains.update_domain(
            actor=actor, domain=domain, values=values, expected_version=version, now=timezone.now()
        )
        return self.one(changed, DomainOut(changed).data)

    @extend_schema(request=None, responses=DomainOut)
    def archive(self, request: Request, id: str) -> Response:
        """Take a domain out of service: its links answer 404 until it is restored."""
        return self._moved(request, id, domains.archive_domain)

    @extend_schema(request=None, responses=DomainOut)
    def restore(self, request: Request, id: str) -> Response:
        """Put an archived domain back into service, with all its links."""
        return self._moved(request, id, domains.restore_domain)

    def _moved(self, request: Request, id: str, act: Any) -> Response:
        actor = actor_of(request)
        domain = selectors.get_domain(actor, id)
        moved = act(actor=actor, domain=domain, expected_version=expected_version(request), now=timezone.now())
        return self.one(moved, DomainOut(moved).data)


def _checked(kind: Any, data: Any, **context: Any) -> dict[str, Any]:
    serializer = kind(data=data, context=context)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
