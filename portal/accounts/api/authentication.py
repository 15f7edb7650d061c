"""How a program or a browser proves who it is to the API."""

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.accounts.models import ApiToken, ServiceAccount, User
from portal.accounts.selectors import actors
from portal.accounts.selectors.requests import address_of, session_actor, set_actor
from portal.accounts.services import tokens
from portal.lib.requests import request_id_of

SCHEME = b"bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer prt_...`; sets `request.actor` with the token's scopes and team."""

    def authenticate(self, request: Request) -> tuple[User | ServiceAccount, ApiToken] | None:
        """The owner and the token; None without a Bearer header, a 401 for a token that is not live."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != SCHEME:
            return None
        text = parts[1].decode("latin-1") if len(parts) == 2 else ""
        token = tokens.authenticate(text, now=timezone.now())
        owner = (token.user or token.service_account) if token else None
        if token is None or owner is None:
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        django_request = request._request
        actor = actors.actor_for_token(
            token, request_id=request_id_of(django_request), address=address_of(django_request)
        )
        set_actor(django_request, actor)
        return owner, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class SessionActorAuthentication(SessionAuthentication):
    """The browser's session, with the CSRF check; sets `request.actor` without scopes."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        set_actor(request._request, session_actor(request._request))
        return found[0], None
