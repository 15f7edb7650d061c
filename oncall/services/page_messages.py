"""What a page says, with the links of its own. Whatever breaks while it is composed, a page says something."""

import logging
from collections.abc import Callable

from django.conf import settings

from oncall.domain import messages
from oncall.domain.messages import Message
from oncall.models import Alert, Page
from oncall.services import ack_links, contacts, page_tokens
from portal.lib.times import rfc3339

logger = logging.getLogger(__name__)


def compose(page: Page) -> Message:
    """What the page says, with a link of its own; a plain one, which leads to the portal, where that cannot be had."""
    try:
        return _whole(page)
    except Exception:
        logger.exception("The text of page %s could not be composed; a plain one goes out.", page.public_id)
        return _plain(page)


def _whole(page: Page) -> Message:
    alert = page.run.alert
    ack_url = ack_links.url_of(page)
    where = f"{alert.service} ({alert.team})" if alert.service else str(alert.team)
    text = messages.body(
        title=alert.title,
        severity=alert.severity,
        where=where,
        since=f"{alert.started_at:%Y-%m-%d %H:%M} UTC",
        detail=alert.detail,
        runbook_url=alert.runbook_url,
        ack_url=ack_url,
    )
    facts = {
        "id": alert.public_id,
        "title": alert.title,
        "severity": alert.severity,
        "team": alert.team.name,
        "service": alert.service.name if alert.service else None,
        "started_at": rfc3339(alert.started_at),
        "detail": alert.detail,
        "runbook_url": alert.runbook_url,
    }
    return Message(
        page_id=page.public_id,
        address=page.address,
        subject=messages.subject(alert.title),
        text=text,
        ack_url=ack_url,
        secret=_secret(page),
        facts=facts,
        severity=alert.severity,
        short=messages.brief(title=alert.title, where=where, detail=alert.detail, is_test=alert.is_test),
        code=page_tokens.code_of(page),
        token=page_tokens.token_of(page),
        callback_url=f"{settings.PORTAL_BASE_URL}/ingest/callbacks/",
        image_url=_image_url(alert),
    )


def _plain(page: Page) -> Message:
    """Of nothing but the columns of the alert: it needs no routes and no templates."""
    alert, url = page.run.alert, settings.PORTAL_BASE_URL
    said = f"{alert.title}\n\nSeverity: {alert.severity}\nSince: {alert.started_at} UTC\n\n"
    return Message(
        page_id=page.public_id,
        address=page.address,
        subject=messages.subject(alert.title),
        text=f"{said}Sign in to acknowledge it: {url}\n",
        ack_url=url,
        secret=_or_nothing(lambda: _secret(page)),
        facts={"id": alert.public_id, "title": alert.title, "severity": alert.severity},
        severity=alert.severity,
        short=messages.brief(title=alert.title, where=url, detail="", is_test=alert.is_test),
        code=page_tokens.code_of(page),
    )


def _or_nothing(get: Callable[[], str]) -> str:
    try:
        return get()
    except Exception:
        logger.exception("A page goes out without its signature.")
        return ""


def _secret(page: Page) -> str:
    if page.contact is not None:
        return contacts.signing_secret(page.contact)
    return contacts.signing_secret(page.contact_point) if page.contact_point else ""


def _image_url(alert: Alert) -> str:
    """The first picture of the alert that anybody on the internet may load."""
    found = (str(one.get("src", "")) for one in alert.images if isinstance(one, dict))
    return next((url for url in found if url.startswith("https://")), "")
