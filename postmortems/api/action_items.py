"""Action items as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid, NotFound
from postmortems import selectors
from postmortems.domain import actions
from postmortems.models import ActionItem
from postmortems.selectors.action_items import search
from postmortems.services import action_items


class ActionItemSerializer(StrictSerializer):
    """One thing to do."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug", read_only=True)
    postmortem = serializers.CharField(source="postmortem.public_id", help_text="Id of the postmortem.")
    title = serializers.CharField(max_length=200)
    detail = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    type = serializers.ChoiceField(actions.TYPES)
    priority = serializers.IntegerField(min_value=0, max_value=3, required=False)
    owner = serializers.CharField(
        source="owner.public_id", required=False, allow_null=True, default=None, help_text="Id of a person."
    )
    due_on = serializers.DateField(required=False, allow_null=True)
    ticket_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    state = serializers.ChoiceField(actions.CHOICES, required=False)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    created_at = serializers.DateTimeField(read_only=True)
    finished_at = serializers.DateTimeField(read_only=True, allow_null=True)


class ActionItemQuerySerializer(serializers.Serializer[ActionItem]):
    """What to look for."""

    q = serializers.CharField(required=False)
    show = serializers.ChoiceField(["open", "overdue", "mine", *(s.value for s in actions.State)], required=False)
    team = serializers.CharField(required=False, help_text="The slug of a team.")


class ActionItemViewSet(ApiViewSet):
    """The action items that the caller may see."""

    scope = "postmortems"
    queryset = ActionItem.objects.none()
    serializer_class = ActionItemSerializer

    @extend_schema(parameters=[ActionItemQuerySerializer], responses=ActionItemSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Action items, the newest first."""
        actor = actor_of(request)
        query = ActionItemQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        found = search(
            selectors.action_items(actor),
            now=timezone.now(),
            owner_id=actor.user_id,
            text=wanted.pop("q", ""),
            **wanted,
        )
        return self.get_paginated_response(ActionItemSerializer(self.paginate_queryset(found), many=True).data)

    def create(self, request: Request) -> Response:
        """Adds an action item to a postmortem."""
        actor = actor_of(request)
        given = _valid(request)
        reference = given.pop("postmortem")["public_id"]
        try:
            postmortem = selectors.get_postmortem(actor, reference)
        except NotFound as error:
            raise Invalid(fields={"postmortem": [error.detail]}) from error
        item = action_items.add_item(actor=actor, postmortem=postmortem, now=timezone.now(), **given)
        return self.one(item, ActionItemSerializer(item).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One action item."""
        item = selectors.get_action_item(actor_of(request), id)
        return self.one(item, ActionItemSerializer(item).data)

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes an action item; `not_doing` needs a reason."""
        actor = actor_of(request)
        item = selectors.get_action_item(actor, id)
        given = _valid(request, partial=True)
        given.pop("postmortem", None)
        changed = action_items.edit_item(
            actor=actor, item=item, changes=given, version=expected_version(request), now=timezone.now()
        )
        return self.one(changed, ActionItemSerializer(changed).data)


def _valid(request: Request, *, partial: bool = False) -> dict[str, Any]:
    serializer = ActionItemSerializer(data=request.data, partial=partial)
    serializer.is_valid(raise_exception=True)
    given = dict(serializer.validated_data)
    if "owner" in given:
        owner = given.pop("owner")
        given["owner_id"] = _person(owner["public_id"]) if owner and owner["public_id"] else None
    return given


def _person(public_id: str) -> int:
    try:
        return people.get_user(public_id).pk
    except NotFound as error:
        raise Invalid(fields={"owner": [error.detail]}) from error
