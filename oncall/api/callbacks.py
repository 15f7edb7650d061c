"""Where providers answer for people and report about pages: buttons, replies, keys, receipts.

Each proves itself by the provider's own signature, or by the token of a page. Repeats do nothing.
"""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from oncall.clients import mattermost, voice
from oncall.clients.mattermost import MattermostChannel
from oncall.domain import answers as words
from oncall.domain import callback_signatures, chat_signatures, marks
from oncall.services import answers, callback_replies, deliveries, page_messages, page_tokens

View = Callable[..., HttpResponse]
ACTIONS = ("acknowledge", "resolve")
LARGEST = 256_000


def _refused(status: HTTPStatus, title: str) -> JsonResponse:
    problem = {"type": "about:blank", "title": title, "status": status.value}
    return JsonResponse(problem, status=status, content_type="application/problem+json")


def _of_twilio(view: View) -> View:
    """Lets only what Twilio signed through."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_right = callback_signatures.is_from_twilio(
            settings.PORTAL_TWILIO_AUTH_TOKEN,
            url=f"{settings.PORTAL_BASE_URL}{request.get_full_path()}",
            fields=dict(request.POST.lists()),
            signature=request.headers.get("X-Twilio-Signature", ""),
        )
        if not is_right:
            return _refused(HTTPStatus.FORBIDDEN, "The signature is not right.")
        return view(request, *args, **kwargs)

    return checked


@_of_twilio
def callback_twilio_status(request: HttpRequest, token: str) -> HttpResponse:
    """What became of an SMS or a call."""
    now = timezone.now()
    page = page_tokens.page_of(token, now=now)
    if page is None:
        return _refused(HTTPStatus.NOT_FOUND, "This page is unknown or too old.")
    word = request.POST.get("MessageStatus") or request.POST.get("CallStatus") or ""
    code = request.POST.get("ErrorCode", "")
    deliveries.report(page=page, word=word, detail=f"error {code}"[:300] if code else "", now=now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@_of_twilio
def callback_twilio_voice(request: HttpRequest, token: str) -> HttpResponse:
    """The key that somebody pressed: 1 acknowledges, 2 resolves, anything else hears it again."""
    now = timezone.now()
    page = page_tokens.page_of(token, now=now)
    if page is None:
        return _twiml(voice.ended("This page is unknown or too old."))
    word = words.KEYS.get(request.POST.get("Digits", ""))
    if word is None:
        url = f"{settings.PORTAL_BASE_URL}{request.path}"
        return _twiml(voice.asked(url, page.run.alert.title))
    return _twiml(voice.ended(answers.answer_as_paged(page=page, word=word, now=now).said))


@_of_twilio
def callback_twilio_sms(request: HttpRequest) -> HttpResponse:
    """A reply by SMS; what became of it is the answer."""
    address, text = request.POST.get("From", ""), request.POST.get("Body", "")
    said = answers.answer_reply(address=address[:40], text=text, now=timezone.now())
    return _twiml(f'<?xml version="1.0" encoding="UTF-8"?><Response><Message>{marks.xml(said)}</Message></Response>')


@csrf_exempt
@require_POST
def callback_slack(request: HttpRequest) -> HttpResponse:
    """A button in Slack. It shows nothing of our answer, so that the words go to the room."""
    now = timezone.now()
    is_slack = chat_signatures.is_from_slack(
        settings.PORTAL_SLACK_SIGNING_SECRET,
        timestamp=request.headers.get("X-Slack-Request-Timestamp", ""),
        signature=request.headers.get("X-Slack-Signature", ""),
        body=request.body,
        now=now,
    )
    if not is_slack:
        return _refused(HTTPStatus.FORBIDDEN, "The signature is not right.")
    said = _object(request.POST.get("payload", ""))
    for action in _list(said.get("actions")):
        page = page_tokens.page_of(_text(action, "value"), now=now)
        word = _text(action, "action_id")
        if page is not None and word in ACTIONS:
            who = {"workspace": _text(said.get("team"), "id"), "external_id": _text(said.get("user"), "id")}
            done = answers.answer_in_chat(page=page, word=_word(word), provider="slack", **who, now=now)
            callback_replies.to_slack(_text(said, "response_url"), done.said)
    return HttpResponse(status=HTTPStatus.OK)


@csrf_exempt
@require_POST
def callback_mattermost(request: HttpRequest) -> HttpResponse:
    """A button in Mattermost, which signs nothing: its context must be one that we signed, of a page sent there."""
    now = timezone.now()
    said = _object(request.body)
    token, word = mattermost.read_context(_inner(said, "context"))
    page = page_tokens.page_of(token, now=now)
    if page is None or page.channel != MattermostChannel.kind or word not in ACTIONS:
        return _refused(HTTPStatus.FORBIDDEN, "The context of the button is not one of ours, or too old.")
    who = {"workspace": _text(said, "team_id"), "external_id": _text(said, "user_id")}
    done = answers.answer_in_chat(page=page, word=_word(word), provider="mattermost", **who, now=now)
    if not done.is_done:
        return JsonResponse({"ephemeral_text": marks.markdown(done.said)})
    return JsonResponse(mattermost.answered(page_messages.compose(page), word, done.said))


@csrf_exempt
@require_POST
def callback_telegram(request: HttpRequest) -> HttpResponse:
    """A button in Telegram, or /start, which is answered with the number of the chat."""
    now = timezone.now()
    told = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not callback_signatures.is_known_secret(told, settings.PORTAL_TELEGRAM_WEBHOOK_SECRET):
        return _refused(HTTPStatus.FORBIDDEN, "The secret token is not right.")
    said = _object(request.body)
    query, message = _inner(said, "callback_query"), _inner(said, "message")
    if query:
        callback_replies.to_telegram_button(_text(query, "id"), _pressed(query, now))
    elif _text(message, "text").startswith("/start"):
        callback_replies.to_telegram_chat(_text(_inner(message, "chat"), "id"))
    return HttpResponse(status=HTTPStatus.OK)


@csrf_exempt
@require_POST
def callback_pushover(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt of an emergency that somebody acknowledged on the phone."""
    now = timezone.now()
    page = page_tokens.page_of(token, now=now)
    if page is None:
        return _refused(HTTPStatus.FORBIDDEN, "The token of the page is not right.")
    if request.POST.get("acknowledged") == "1" and request.POST.get("receipt") == page.provider_id:
        deliveries.report(page=page, word="acknowledged", now=now)
        answers.answer_as_paged(page=page, word="acknowledge", now=now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _pressed(query: dict[str, Any], now: Any) -> str:
    word, _, public_id = _text(query, "data").partition(":")
    chat_id = _text(_inner(_inner(query, "message"), "chat"), "id")
    page = page_tokens.by_id(public_id, now=now)
    if page is None or page.channel != "telegram" or word not in ACTIONS:
        return "This page is unknown or too old."
    if page.address != chat_id and not page.address.startswith("@"):
        return "This page went to another chat."
    who = {"workspace": "", "external_id": _text(_inner(query, "from"), "id")}
    return answers.answer_in_chat(page=page, word=_word(word), provider="telegram", **who, now=now).said


def _word(word: str) -> words.Word:
    return "resolve" if word == "resolve" else "acknowledge"


def _object(body: str | bytes) -> dict[str, Any]:
    try:
        said = json.loads(body[:LARGEST])
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _inner(said: Any, name: str) -> dict[str, Any]:
    found = said.get(name) if isinstance(said, dict) else None
    return found if isinstance(found, dict) else {}


def _list(said: Any) -> list[Any]:
    return said[:5] if isinstance(said, list) else []


def _text(said: Any, name: str) -> str:
    """A text or a number as text, without what no database takes; empty for all else."""
    found = said.get(name) if isinstance(said, dict) else None
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found)[:2000].replace("\x00", "").encode(errors="replace").decode()


def _twiml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/xml")
