"""Postmortems as an API resource."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import selectors as incidents
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.etags import expected_version
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid
from postmortems import selectors
from postmortems.domain import states
from postmortems.models import ImpactRow, Postmortem, Section
from postmortems.selectors import documents as reads
from postmortems.services import drafts, ways


class SectionSerializer(serializers.ModelSerializer[Section]):
    """One section."""

    class Meta:
        model = Section
        fields = ["key", "text", "is_public"]


class ImpactSerializer(serializers.ModelSerializer[ImpactRow]):
    """One number of the impact."""

    class Meta:
        model = ImpactRow
        fields = ["label", "value", "unit", "confidence", "is_estimate"]


class PostmortemSerializer(StrictSerializer):
    """A postmortem with its sections, numbers and what a reviewer would ask."""

    id = serializers.CharField(source="public_id", read_only=True)
    team = serializers.CharField(source="team.slug", read_only=True)
    service = serializers.CharField(source="service.slug", read_only=True, allow_null=True, default=None)
    title = serializers.CharField(max_length=160)
    state = serializers.ChoiceField(states.CHOICES)
    severity = serializers.IntegerField(read_only=True, allow_null=True)
    is_required = serializers.BooleanField(read_only=True)
    due_on = serializers.DateField(allow_null=True)
    no_items_reason = serializers.CharField(max_length=2000, allow_blank=True)
    incidents = serializers.SerializerMethodField()
    sections = SectionSerializer(many=True, read_only=True)
    impacts = ImpactSerializer(many=True, read_only=True)
    texts = serializers.DictField(
        child=serializers.CharField(max_length=40000, allow_blank=True), write_only=True, help_text="Key to text."
    )
    findings = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True, allow_null=True)
    closed_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def get_incidents(self, postmortem: Postmortem) -> list[str]:
        found: list[str] = self.context["covered"].get(postmortem.pk, [])
        return found

    def get_findings(self, postmortem: Postmortem) -> list[str]:
        found = selectors.findings(postmortem, today=timezone.now().date())
        return [finding.text for finding in found]


class DraftSerializer(StrictSerializer):
    """From an incident, or for an event of a team."""

    incident = serializers.CharField(required=False, help_text="Id of a resolved incident.")
    team = serializers.CharField(required=False, help_text="Slug of the team, for an event without an incident.")
    title = serializers.CharField(max_length=160, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "incident" not in attrs and not {"team", "title"} <= set(attrs):
            raise serializers.ValidationError({"incident": ["Name an incident, or a team and a title."]})
        return attrs


class PostmortemQuerySerializer(serializers.Serializer[Postmortem]):
    """What to look for."""

    q = serializers.CharField(required=False)
    state = serializers.ChoiceField(states.CHOICES, required=False)
    team = serializers.CharField(required=False, help_text="The slug of a team.")


class PostmortemViewSet(ApiViewSet):
    """The postmortems that the caller may see."""

    scope = "postmortems"
    queryset = Postmortem.objects.none()
    serializer_class = PostmortemSerializer

    @extend_schema(parameters=[PostmortemQuerySerializer], responses=PostmortemSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Postmortems, the newest first."""
        query = PostmortemQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        actor = actor_of(request)
        found = reads.search(selectors.postmortems(actor), text=wanted.pop("q", ""), **wanted)
        found = found.prefetch_related("sections", "impacts", "items", "incidents")
        return self.get_paginated_response(_shown(actor, self.paginate_queryset(found) or []))

    @extend_schema(request=DraftSerializer, responses={201: PostmortemSerializer})
    def create(self, request: Request) -> Response:
        """Drafts from a resolved incident; the same incident again answers the postmortem that is there."""
        serializer = DraftSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actor = actor_of(request)
        made = _draft(actor, serializer.validated_data)
        return self.one(made, _shown(actor, [made])[0], status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One postmortem."""
        actor = actor_of(request)
        postmortem = selectors.get_postmortem(actor, id)
        return self.one(postmortem, _shown(actor, [postmortem])[0])

    def partial_update(self, request: Request, id: str) -> Response:
        """Changes facts, texts and the state (submitted, approved, published, closed); all of it or nothing."""
        actor = actor_of(request)
        postmortem = selectors.get_postmortem(actor, id)
        serializer = PostmortemSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        given = dict(serializer.validated_data)
        changed = ways.change(
            actor=actor,
            postmortem=postmortem,
            version=expected_version(request),
            texts=given.pop("texts", {}),
            state=given.pop("state", ""),
            fields=given,
            now=timezone.now(),
        )
        return self.one(changed, _shown(actor, [changed])[0])


def _shown(actor: Actor, found: list[Postmortem]) -> Any:
    context = {"covered": reads.covered_ids(actor, found)}
    return PostmortemSerializer(found, many=True, context=context).data


def _draft(actor: Actor, given: dict[str, Any]) -> Postmortem:
    now = timezone.now()
    if "incident" in given:
        incident = incidents.get_incident(actor, given["incident"])
        return drafts.draft_from_incident(actor=actor, incident=incident, now=now)
    team = people.teams(actor).filter(slug=given["team"]).first()
    if team is None:
        raise Invalid(fields={"team": ["There is no such team."]})
    return drafts.draft_for_event(actor=actor, team=team, title=given["title"], now=now)
