"""What a page says, with the links of its own."""

from oncall.domain import messages
from oncall.domain.messages import Message
from oncall.models import Page
from oncall.services import ack_links, contacts
from portal.lib.times import rfc3339


def compose(page: Page) -> Message:
    """What the page says, with a link of its own."""
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
    secret = contacts.signing_secret(page.contact) if page.contact else ""
    return Message(page.public_id, page.address, messages.subject(alert.title), text, ack_url, secret, facts)
