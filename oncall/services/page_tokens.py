"""A page's own token: whoever sends it back speaks about this page. It stands in buttons and addresses of callbacks."""

from datetime import datetime, timedelta

from django.core import signing
from django.db.models import QuerySet

from oncall.domain import answers
from oncall.models import Page

SALT = "oncall.page"
LIFETIME = timedelta(hours=72)
RELATED = ("user", "contact_point", "run__alert__team", "run__alert__service")


def token_of(page: Page) -> str:
    """Signed and short enough for every provider."""
    return signing.Signer(salt=SALT).sign(page.public_id)


def code_of(page: Page) -> str:
    """The four digits for replies by SMS."""
    return answers.code_of(page.pk)


def page_of(token: str, *, now: datetime) -> Page | None:
    """The page of a token that is ours and not older than three days."""
    try:
        public_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return by_id(public_id, now=now)


def by_id(public_id: str, *, now: datetime) -> Page | None:
    """A page of the last three days."""
    return _recent(now).filter(public_id=public_id).first()


def sent_to(channels: tuple[str, ...], address: str, *, now: datetime) -> QuerySet[Page]:
    """The recent pages that went to an address, the latest first."""
    found = _recent(now).filter(channel__in=channels, address=address, sent_at__isnull=False)
    return found.order_by("-sent_at", "-pk")


def _recent(now: datetime) -> QuerySet[Page]:
    return Page.objects.select_related(*RELATED).filter(created_at__gt=now - LIFETIME)
