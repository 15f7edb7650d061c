"""The addresses that Slack and Mattermost call, and the pictures that they fetch."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from oncall.domain import chat_signatures
from oncall.selectors import chat_identities
from oncall.services.chat_identities import ChatAccount
from portal.chat.domain.replies import Reply, to_json
from portal.chat.services import answers, graphs
from portal.chat.services.asker import asker_for
from portal.lib.requests import request_id_of

AWAY = "The portal cannot reach its database; try again in a minute."


@csrf_exempt
@require_POST
def chat_slack(request: HttpRequest) -> HttpResponse:
    """A slash command of Slack, signed with PORTAL_SLACK_SIGNING_SECRET."""
    is_slack = chat_signatures.is_from_slack(
        settings.PORTAL_SLACK_SIGNING_SECRET,
        timestamp=request.headers.get("X-Slack-Request-Timestamp", ""),
        signature=request.headers.get("X-Slack-Signature", ""),
        body=request.body,
        now=timezone.now(),
    )
    return _answered(request, "slack") if is_slack else HttpResponseForbidden("The signature is not right.")


@csrf_exempt
@require_POST
def chat_mattermost(request: HttpRequest) -> HttpResponse:
    """A slash command of Mattermost, with one of the tokens in PORTAL_MATTERMOST_TOKENS."""
    token = request.headers.get("Authorization", "").removeprefix("Token ") or request.POST.get("token", "")
    is_known = chat_signatures.is_known_token(token, settings.PORTAL_MATTERMOST_TOKENS)
    return _answered(request, "mattermost") if is_known else HttpResponseForbidden("The token is not known.")


@require_safe
def chat_graph(request: HttpRequest, token: str) -> HttpResponse:
    """The picture of a graph that somebody asked for: its signed address is the permission, for a week."""
    found = graphs.graph_of(token, now=timezone.now())
    response = HttpResponse(graphs.picture(found), content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request: HttpRequest, provider: str) -> JsonResponse:
    """Always 200 with words: a chat shows nothing of any other answer."""
    now, said = timezone.now(), _said(request)
    account = ChatAccount(provider, said["team_id"], said["user_id"])
    try:
        user = chat_identities.user_of(provider=provider, workspace=account.workspace, external_id=account.external_id)
        request_key = f"{provider}-{said['trigger_id']}" if said["trigger_id"] else ""
        asker = None
        if user is not None:
            asker = asker_for(
                user, provider=provider, request_key=request_key, request_id=request_id_of(request), now=now
            )
        reply = answers.answer(said["text"], account=account, asker=asker, now=now)
    except Error:
        reply = Reply(AWAY)
    return JsonResponse(to_json(reply), status=HTTPStatus.OK)


def _said(request: HttpRequest) -> dict[str, Any]:
    """The fields of the form that matter, without what no database takes."""
    names = ("team_id", "user_id", "text", "trigger_id")
    return {name: request.POST.get(name, "").replace("\x00", "")[:4000] for name in names}
