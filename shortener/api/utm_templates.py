"""/api/v1/utm-templates/"""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from shortener.api.serializers import told
from shortener.domain import utm
from shortener.models import UtmTemplate
from shortener.selectors import owners
from shortener.selectors import utm_templates as selectors
from shortener.services import utm_templates


def parameter() -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, max_length=utm.LONGEST)


class UtmTemplatePatch(StrictSerializer):
    """What may be changed."""

    name = serializers.CharField(required=False, max_length=utm_templates.LONGEST_NAME)
    source = parameter()  # type: ignore[assignment]  # a field that is called as an attribute of DRF
    medium = parameter()
    campaign = parameter()
    term = parameter()
    content = parameter()


class UtmTemplateDraft(UtmTemplatePatch):
    """A new template: a name and at least one parameter."""

    name = serializers.CharField(max_length=utm_templates.LONGEST_NAME)
    team = serializers.CharField(required=False, help_text="Slug or id of the team; else the caller's first one.")

    def validate_team(self, name: str) -> int:
        return told(lambda: owners.team_id_for(self.context["actor"], name))


class UtmTemplateOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="public_id")
    team = serializers.CharField(source="team.slug")
    name = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    medium = serializers.CharField()
    campaign = serializers.CharField()
    term = serializers.CharField()
    content = serializers.CharField()


class UtmTemplateViewSet(ApiViewSet):
    """Sets of UTM parameters that a team uses again and again."""

    scope = "links"
    queryset = UtmTemplate.objects.none()
    serializer_class = UtmTemplateOut

    def list(self, request: Request) -> Response:
        """The templates of the caller's teams, newest first."""
        page = self.paginate_queryset(selectors.templates(actor_of(request)).order_by("-pk"))
        return self.get_paginated_response(UtmTemplateOut(page, many=True).data)

    @extend_schema(request=UtmTemplateDraft, responses={201: UtmTemplateOut})
    def create(self, request: Request) -> Response:
        """Keep a template. 409 when the team has one of this name."""
        actor = actor_of(request)
        serializer = UtmTemplateDraft(data=request.data, context={"actor": actor})
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        team_id = values.pop("team", None) or owners.team_id_for(actor)
        template = utm_templates.create_template(actor=actor, team_id=team_id, values=values, now=timezone.now())
        return Response(UtmTemplateOut(template).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One template."""
        return Response(UtmTemplateOut(selectors.get_template(actor_of(request), id)).data)

    @extend_schema(request=UtmTemplatePatch)
    def partial_update(self, request: Request, id: str) -> Response:
        """Change some fields; links that were made with it stay as they are."""
        actor = actor_of(request)
        serializer = UtmTemplatePatch(data=request.data)
        serializer.is_valid(raise_exception=True)
        template = selectors.get_template(actor, id)
        changed = utm_templates.update_template(
            actor=actor, template=template, values=serializer.validated_data, now=timezone.now()
        )
        return Response(UtmTemplateOut(changed).data)

    def destroy(self, request: Request, id: str) -> Response:
        """Take a template away."""
        actor = actor_of(request)
        template = selectors.get_template(actor, id)
        utm_templates.delete_template(actor=actor, template=template, now=timezone.now())
        return Response(status=204)
