"""Signed links that let a paged person act without signing in: bound to the page and its person, and short-lived."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse

from oncall.exceptions import AckLinkExpired, AckLinkUnknown
from oncall.models import Page
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import actors

SALT = "oncall.ack"
LIFETIME = timedelta(hours=72)


def url_of(page: Page) -> str:
    """The link for this page's person."""
    token = signing.dumps([page.public_id, page.user_id], salt=SALT)
    return f"{settings.PORTAL_BASE_URL}{reverse('alert_ack', args=[token])}"


def page_of(token: str, *, now: datetime) -> Page:
    """The page of a link that is ours, of an active person and younger than its lifetime."""
    try:
        public_id, user_id = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise AckLinkUnknown from error
    pages = Page.objects.select_related(
        "user", "contact_point", "run__alert__team", "run__alert__service", "run__alert__acknowledged_by"
    )
    alive = Q(user__is_active=True) | Q(user=None)
    page = pages.filter(alive, public_id=public_id, user_id=user_id).first()
    if page is None:
        raise AckLinkUnknown
    if now - page.created_at > LIFETIME:
        raise AckLinkExpired
    return page


def actor_of(page: Page, *, request_id: str = "") -> Actor:
    """Whoever was paged. Having been paged is the permission to acknowledge and resolve this one alert."""
    if page.user is None:
        return Actor.system(f"somebody at {page.contact_point}")
    return actors.actor_for_user(page.user, request_id=request_id)
