"""/api/v1/domains/"""

from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.views import ApiViewSet
from shortener.api import serializers
from shortener.models import Domain
from shortener.selectors import finding


class DomainViewSet(ApiViewSet):
    """The domains under which the caller may make links."""

    scope = "links"
    queryset = Domain.objects.none()
    serializer_class = serializers.DomainOut

    def list(self, request: Request) -> Response:
        """Domains, newest first."""
        page = self.paginate_queryset(finding.domains(actor_of(request)))
        return self.get_paginated_response(serializers.DomainOut(page, many=True).data)

    def retrieve(self, request: Request, id: str) -> Response:
        """One domain."""
        return Response(serializers.DomainOut(finding.get_domain(actor_of(request), id)).data)
