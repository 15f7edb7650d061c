"""/api/v1/links/"""

from datetime import datetime

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.views import ApiViewSet
from shortener.api import link_query, serializers, writes
from shortener.models import Link
from shortener.selectors import finding, stats
from shortener.services import links


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
        now = timezone.now()
        return self._shown(writes.create(actor=actor_of(request), data=request.data, now=now), now, status=201)

    @extend_schema(request=serializers.LinkUpsert, responses={200: serializers.LinkOut, 201: serializers.LinkOut})
    def upsert(self, request: Request) -> Response:
        """Make a link under an external id, or change the one that the team has under it. Repeats change nothing."""
        now = timezone.now()
        link, is_new = writes.upsert(actor=actor_of(request), data=request.data, now=now)
        return self._shown(link, now, status=201 if is_new else 200)

    def retrieve(self, request: Request, id: str) -> Response:
        """One link, with its ETag."""
        return self._shown(finding.get_link(actor_of(request), id), timezone.now())

    @extend_schema(request=serializers.LinkPatch)
    def partial_update(self, request: Request, id: str) -> Response:
        """Change some fields; send If-Match to be sure that nobody else did."""
        now, version = timezone.now(), expected_version(request)
        changed = writes.update(actor=actor_of(request), id=id, data=request.data, version=version, now=now)
        return self._shown(changed, now)

    def destroy(self, request: Request, id: str) -> Response:
        """Delete a link: it answers 404 at once, can be restored for a while, and its slug stays taken for good."""
        version = expected_version(request)
        writes.delete(actor=actor_of(request), id=id, version=version, now=timezone.now())
        return Response(status=204)

    @extend_schema(request=None, responses=serializers.LinkOut)
    def restore(self, request: Request, id: str) -> Response:
        """Take a link out of the trash. 410 when only its slug is left."""
        actor, now = actor_of(request), timezone.now()
        return self._shown(links.restore_link(actor=actor, link=finding.any_link(actor, id), now=now), now)

    @extend_schema(parameters=[link_query.LinkQuery], responses=serializers.CountOut)
    def count(self, request: Request) -> Response:
        """How many links there are, narrowed like the list."""
        return Response({"count": link_query.links_asked_for(request, now=timezone.now()).count()})

    def _shown(self, link: Link, now: datetime, status: int = 200) -> Response:
        context = {"now": now, "totals": stats.link_totals([link.pk])}
        return self.one(link, serializers.LinkOut(link, context=context).data, status)
