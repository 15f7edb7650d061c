"""Answers to pages, by whatever way they come: each acknowledges or resolves, and stands at the page."""

from dataclasses import dataclass
from datetime import datetime

from oncall.domain import answers as words
from oncall.domain.answers import Word
from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, Page
from oncall.selectors import chat_identities
from oncall.services import ack_links, alerts, page_tokens
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import actors

TELEPHONES = ("sms", "voice")
NOT_YOURS = "Only responders of the team may answer this page."
HELP = "Reply with the four digits of the page, or ack, or resolve."
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer, in a sentence; `alert` is as it is now."""

    said: str
    alert: Alert
    is_done: bool = True


def answer(*, page: Page, word: Word, actor: Actor, now: datetime) -> Answered:
    """Acknowledges or resolves the alert of a page. A repeat, or an answer that is too late, changes nothing."""
    alert = page.run.alert
    alert.refresh_from_db(fields=["status"])
    before = alert.status
    try:
        act = alerts.close_alert if word == "resolve" else alerts.acknowledge_alert
        alert = act(actor=actor, alert=alert, now=now)
    except AlertAlreadyResolved:
        alert.refresh_from_db()
        return Answered(f"Resolved already: {alert.title}", alert)
    Page.objects.filter(pk=page.pk, answered_at=None).update(answered_at=now)
    return Answered(_sentence(alert, actor, before), alert)


def answer_as_paged(*, page: Page, word: Word, now: datetime) -> Answered:
    """The answer of whoever was paged; having been paged is the permission."""
    if page.user is not None and not page.user.is_active:
        return Answered(NOT_YOURS, page.run.alert, is_done=False)
    return answer(page=page, word=word, actor=ack_links.actor_of(page), now=now)


def answer_in_chat(
    *, page: Page, word: Word, provider: str, workspace: str, external_id: str, now: datetime
) -> Answered:
    """The answer of somebody in a chat: a linked account is its person, with their permissions.

    An account that nobody has linked acts as somebody of the room, where the room is the team's own contact point.
    """
    user = chat_identities.user_of(provider=provider, workspace=workspace, external_id=external_id)
    alert = page.run.alert
    if user is not None:
        actor = actors.actor_for_user(user)
        if user.pk != page.user_id and not actor.may(Role.RESPONDER, alert.team_id):
            return Answered(NOT_YOURS, alert, is_done=False)
        return answer(page=page, word=word, actor=actor, now=now)
    if page.contact_point is not None and page.contact_point.team_id != alert.team_id:
        return Answered("Link your account first (/sre link): this room is another team's.", alert, is_done=False)
    return answer_as_paged(page=page, word=word, now=now)


def answer_reply(*, address: str, text: str, now: datetime) -> str:
    """The answer in an SMS from a number that was paged: by the code of a page, or to the only alert that is open."""
    found = list(page_tokens.sent_to(TELEPHONES, address, now=now)[:200])
    asked = words.read(text)
    if not found:
        return "No page was sent to this number in the last days."
    if asked is None:
        return HELP
    if asked.code:
        named = [page for page in found if page_tokens.code_of(page) == asked.code]
        if not named:
            return f"No page has the code {asked.code}. {HELP}"
        return answer_as_paged(page=named[0], word=asked.word, now=now).said
    waiting = list({page.run.alert_id: page for page in reversed(found) if page.run.alert.is_open}.values())
    if not waiting:
        return "Nothing is open any more."
    if len(waiting) > 1:
        return _choice(waiting)
    return answer_as_paged(page=waiting[0], word=asked.word, now=now).said


def _choice(waiting: list[Page]) -> str:
    shown = [f"{page_tokens.code_of(page)} {page.run.alert.title[:40]}" for page in waiting[-SHOWN:]]
    return "Several are open, reply with a code:\n" + "\n".join(shown)


def _sentence(alert: Alert, actor: Actor, before: str) -> str:
    if alert.status == Alert.Status.RESOLVED:
        return (
            f"Resolved already: {alert.title}"
            if before == alert.status
            else f"Resolved by {actor.label}: {alert.title}"
        )
    holder = alert.acknowledged_by
    if holder is not None and holder.pk != actor.user_id:
        return f"{holder} has it already: {alert.title}"
    return f"Acknowledged by {actor.label}: {alert.title}"
