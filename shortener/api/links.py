"""/api/v1/links/"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.views import ApiViewSet
from shortener.api import link_query, serializers
from shortener.models import Link
from shortener.selectors import finding, owners, stats
from shortener.services import creation_budgets, links


class LinkViewSet(ApiViewSet):
    """Short links: create, find, change, stop and count them."""

    scope = "links"
    create_scope = "links:create"
    queryset = Link.objects.none()
    serializer_class = serializers.LinkOut
    pagination_class = link_query.LinkPages
    has_tombstones = True

    @extend_schema(parameters=[link_query.LinkListQuery])
    def list(self, request: Request) -> Response:
        """Links that the caller may see, newest first. `?domain=&slug=` looks one up."""
        now = timezone.now()
        page = self.paginate_queryset(link_query.links_asked_for(request, now=now)) or []
        totals = stats.link_totals([link.pk for link in page])
        data = serializers.LinkOut(page, many=True, context={"now": now, "totals": totals}).data
        return self.get_paginated_response(data)

    @extend_schema(request=serializers.LinkDraft, responses={201: serializers.LinkOut})
    def create(self, request: Request) -> Response:
        """Make a link, under a chosen slug or a random one. 409 with a suggestion when the slug is taken."""
        actor, now = actor_of(request), timezone.now()
        values = _checked(serializers.LinkDraft, request.data, actor=actor)
        team_id = values.pop("team", None) or owners.team_id_for(actor)
        creation_budgets.spend(actor=actor, now=now)
        link = links.create_link(
            actor=actor,
            team_id=team_id,
            slug=values.pop("slug", None) or None,
            domain=values.pop("domain", None),
            values=values,
            now=now,
        )
        return self._shown(link, now, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One link, with its ETag."""
        return self._shown(finding.get_link(actor_of(request), id), timezone.now())

    @extend_schema(request=serializers.LinkPatch)
    def partial_update(self, request: Request, id: str) -> Response:
        """Change some fields; send If-Match to be sure that nobody else did."""
        actor = actor_of(request)
        values = _checked(serializers.LinkPatch, request.data)
        link = finding.get_link(actor, id)
        now = timezone.now()
        version = expected_version(request)
        changed = links.update_link(actor=actor, link=link, values=values, expected_version=version, now=now)
        return self._shown(changed, now)

    def destroy(self, request: Request, id: str) -> Response:
        """Delete a link. Its slug stays taken for good and answers 404."""
        actor = actor_of(request)
        link = finding.get_link(actor, id)
        links.delete_link(actor=actor, link=link, expected_version=expected_version(request), now=timezone.now())
        return Response(status=204)

    @extend_schema(parameters=[link_query.LinkQuery], responses=serializers.CountOut)
    def count(self, request: Request) -> Response:
        """How many links there are, narrowed like the list."""
        return Response({"count": link_query.links_asked_for(request, now=timezone.now()).count()})

    def _shown(self, link: Link, now: datetime, status: int = 200) -> Response:
        context = {"now": now, "totals": stats.link_totals([link.pk])}
        return self.one(link, serializers.LinkOut(link, context=context).data, status)


def _checked(kind: Any, data: Any, **context: Any) -> dict[str, Any]:
    serializer = kind(data=data, context=context)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
