"""The members of a team as an API resource."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.domain import roles
from portal.accounts.domain.roles import Role
from portal.accounts.models import Membership
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import invitations, members
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet


class MemberSerializer(StrictSerializer):
    """A person in a team."""

    id = serializers.CharField(source="user.public_id")
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    role = serializers.ChoiceField(choices=roles.CHOICES)


class NewMemberSerializer(StrictSerializer):
    """Whom to add."""

    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=roles.CHOICES)


class AddedSerializer(StrictSerializer):
    """`status` is `member`, or `invited` when the person has no account yet and got a mail."""

    email = serializers.EmailField()
    role = serializers.CharField()
    status = serializers.CharField()


class RoleSerializer(StrictSerializer):
    """The new role of a member."""

    role = serializers.ChoiceField(choices=roles.CHOICES)


class MemberViewSet(ApiViewSet):
    """Who is in a team with which role."""

    scope = "teams"
    queryset = Membership.objects.none()
    serializer_class = MemberSerializer

    @extend_schema(responses=MemberSerializer(many=True))
    def list(self, request: Request, id: str) -> Response:
        """The members of a team, the newest first."""
        team = people.team_by_public_id(actor_of(request), id)
        page = self.paginate_queryset(people.memberships(team))
        return self.get_paginated_response(MemberSerializer(page, many=True).data)

    @extend_schema(request=NewMemberSerializer, responses={201: AddedSerializer})
    def create(self, request: Request, id: str) -> Response:
        """Adds the person with this address, or sends an invitation."""
        actor = actor_of(request)
        team = people.team_by_public_id(actor, id)
        serializer = NewMemberSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        email, role = serializer.validated_data["email"], Role(serializer.validated_data["role"])
        asked = invitations.invite(actor=actor, team=team, email=email, role=role, now=timezone.now())
        status = "member" if asked.membership else "invited"
        return Response(AddedSerializer({"email": email.lower(), "role": role, "status": status}).data, status=201)

    @extend_schema(request=RoleSerializer, responses=MemberSerializer)
    def partial_update(self, request: Request, id: str, user_id: str) -> Response:
        """Gives a member another role."""
        actor = actor_of(request)
        team = people.team_by_public_id(actor, id)
        user = people.get_membership(team, user_id).user
        serializer = RoleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        role = Role(serializer.validated_data["role"])
        membership = members.change_role(actor=actor, team=team, user=user, role=role, now=timezone.now())
        return Response(MemberSerializer(membership).data)

    def destroy(self, request: Request, id: str, user_id: str) -> Response:
        """Takes a person out of the team."""
        actor = actor_of(request)
        team = people.team_by_public_id(actor, id)
        user = people.get_membership(team, user_id).user
        members.remove_member(actor=actor, team=team, user=user, now=timezone.now())
        return Response(status=204)
