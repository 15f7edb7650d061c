"""A tiny resource with which the rules of the API are tested; its rows are teams."""

import os
from typing import Any

from django.urls import include, path
from rest_framework import routers, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import Team
from portal.lib.api import etags
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Conflict, TooManyRequests

LIMIT_SECONDS = 7
KILLED = 9


def fail() -> None:
    """A defect after the write."""
    raise KeyError("half")


def die() -> None:
    """The process ends at once, as by `kill -9`, after the write and before its answer is stored."""
    os._exit(KILLED)


ENDS = {"half": fail, "killed": die}


class NoteSerializer(StrictSerializer):
    name = serializers.CharField(max_length=10)
    tags = serializers.ListField(child=serializers.CharField(max_length=3), required=False)


class NoteViewSet(ApiViewSet):
    """Teams under another name."""

    scope = "teams"
    queryset = Team.objects.all()
    serializer_class = NoteSerializer

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response([team.name for team in page or []])

    def create(self, request: Request) -> Response:
        data = NoteSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        name = data.validated_data["name"]
        if name == "defect":
            raise KeyError(name)
        team = Team.objects.create(name=name, slug=f"note-{Team.objects.count()}")
        if name in ENDS:
            ENDS[name]()
        return self.one(team, {"id": team.public_id}, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        return self.one(self.get_object(), {"id": id})

    def partial_update(self, request: Request, id: str) -> Response:
        return Response({"expected": etags.expected_version(request)})

    def destroy(self, request: Request, id: str) -> Response:
        raise {"taken": Conflict("Taken."), "busy": TooManyRequests(retry_after=LIMIT_SECONDS)}[id]


router = routers.SimpleRouter()
router.register("notes", NoteViewSet, basename="note")
urlpatterns: list[Any] = [path("", include(router.urls))]
