"""API tokens as an API resource."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import ApiToken, User
from portal.accounts.selectors import people
from portal.accounts.selectors import tokens as stored_tokens
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import tokens
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid

SECRET = "token"  # noqa: S105 - the name of the answer's field, no secret


class TokenSerializer(StrictSerializer):
    """A token without its secret; it belongs to a person or to a service account."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    prefix = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    user = serializers.CharField(source="user.public_id", default=None, allow_null=True)
    service_account = serializers.CharField(source="service_account.public_id", default=None, allow_null=True)
    team = serializers.CharField(source="team.slug", default=None, allow_null=True)
    state = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)

    def get_state(self, token: ApiToken) -> str:
        """active, expired or revoked."""
        now: datetime = self.context["now"]
        return token.state(now)


class IssuedTokenSerializer(TokenSerializer):
    """A new token with its secret, which no other answer holds; null when the answer is a repeated one."""

    token = serializers.CharField(allow_null=True)


class NewTokenSerializer(StrictSerializer):
    """A token to make: for the caller, or for a service account that the caller manages."""

    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(child=serializers.CharField(max_length=40), allow_empty=False, max_length=50)
    service_account = serializers.CharField(required=False, allow_null=True, help_text="Id of the service account.")
    team = serializers.CharField(required=False, allow_null=True, help_text="Slug or id of the only team it may see.")
    expires_at = serializers.DateTimeField(required=False, allow_null=True)


class TokenViewSet(ApiViewSet):
    """The caller's tokens, and those of the service accounts that the caller manages."""

    scope = "tokens"
    queryset = ApiToken.objects.none()
    serializer_class = TokenSerializer

    @extend_schema(responses=TokenSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Tokens, the newest first, revoked ones included."""
        page = self.paginate_queryset(stored_tokens.tokens(actor_of(request)))
        return self.get_paginated_response(TokenSerializer(page, many=True, context={"now": timezone.now()}).data)

    @extend_schema(request=NewTokenSerializer, responses={201: IssuedTokenSerializer})
    def create(self, request: Request) -> Response:
        """Makes a token and shows its secret, once."""
        now = timezone.now()
        serializer = NewTokenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        issued = tokens.create_token(
            actor=actor_of(request), now=now, **self._owner(request, serializer.validated_data)
        )
        return Response({**TokenSerializer(issued.token, context={"now": now}).data, SECRET: issued.text}, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One token."""
        token = stored_tokens.get_token(actor_of(request), id)
        return Response(TokenSerializer(token, context={"now": timezone.now()}).data)

    def destroy(self, request: Request, id: str) -> Response:
        """Revokes a token for good; its row stays readable."""
        actor = actor_of(request)
        tokens.revoke_token(actor=actor, token=stored_tokens.get_token(actor, id), now=timezone.now())
        return Response(status=204)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keeps the secret out of the answers that are stored for repeated requests."""
        data = getattr(response, "data", None)
        secret = data.get(SECRET) if isinstance(data, dict) else None
        if secret is None:
            return super().finalize_response(request, response, *args, **kwargs)
        response.data = {**response.data, SECRET: None}
        final = super().finalize_response(request, response, *args, **kwargs)
        final.data = {**final.data, SECRET: secret}
        return final

    def _owner(self, request: Request, given: dict[str, Any]) -> dict[str, Any]:
        actor = actor_of(request)
        account_id, team_reference = given.pop("service_account", None), given.pop("team", None)
        account = stored_tokens.get_service_account(actor, account_id) if account_id else None
        user = None if account else request.user
        if account is None and not isinstance(user, User):
            raise Invalid(fields={"service_account": ["A service account names the account that the token is for."]})
        team = people.team_by_reference(actor, team_reference) if team_reference else None
        return {**given, "service_account": account, "user": user, "team": team}
