"""How programs narrow, order and page a list of links."""

from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.pagination import CursorPages
from shortener.models.links import LinkQuerySet
from shortener.selectors import filters, finding, pages


class LinkQuery(serializers.Serializer[Any]):
    """How a list of links may be narrowed. `slug` alone looks at the default domain."""

    q = serializers.CharField(required=False, allow_blank=True, help_text="Part of slug, target or title, or a tag.")
    state = serializers.ChoiceField(list(filters.STATES), required=False)
    tag = serializers.CharField(required=False, allow_blank=True)
    owner = serializers.CharField(required=False, allow_blank=True, help_text="Id of the person who made it, or `me`.")
    team = serializers.CharField(required=False, allow_blank=True, help_text="Slug of the team.")
    domain = serializers.CharField(required=False, allow_blank=True)
    slug = serializers.CharField(required=False, allow_blank=True)
    external_id = serializers.CharField(required=False, allow_blank=True)
    created_from = serializers.DateTimeField(required=False, default_timezone=UTC)
    created_until = serializers.DateTimeField(required=False, default_timezone=UTC, help_text="Not included.")


class LinkListQuery(LinkQuery):
    """The same, in an order of choice."""

    sort = serializers.ChoiceField(list(filters.SORTS), required=False)


class LinkPages(CursorPages):
    """Pages in the order that `?sort=` names."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return filters.SORTS.get(request.query_params.get("sort", ""), filters.SORTS["newest"])


def asked(request: Request) -> dict[str, Any]:
    """The words of the address; ValidationError names each one that is wrong."""
    serializer = LinkListQuery(data=request.query_params)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def links_asked_for(request: Request, *, now: datetime) -> LinkQuerySet:
    """The links that the request names, with the figure they are ordered by."""
    words, actor = asked(request), actor_of(request)
    found = finding.links(actor)
    if slug := words.get("slug"):
        found = finding.at_address(found, domain_name=words.get("domain", ""), slug=slug)
    narrowed = filters.narrowed(found, _filter(words), now=now, actor=actor)
    pinned = pages.pin(narrowed)[0].select_related("domain", "team", "created_by") if words.get("q") else narrowed
    return filters.with_clicks(pinned, words.get("sort", ""))


def _filter(words: dict[str, Any]) -> filters.LinkFilter:
    texts = ("state", "tag", "owner", "team", "domain", "external_id")
    return filters.LinkFilter(
        text=words.get("q", ""),
        **{name: words.get(name, "") for name in texts},
        created_from=words.get("created_from"),
        created_until=words.get("created_until"),
    )
