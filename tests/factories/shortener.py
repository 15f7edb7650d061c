"""Links and domains for tests, and click records as an edge ships them."""

from datetime import UTC, datetime
from typing import Any

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from shortener.domain.segments import ClickRecord, encode
from shortener.models import Ban, Domain, Link, Segment, UtmTemplate, Webhook, WebhookDelivery
from tests.factories.accounts import TeamFactory

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


class _Domain(DjangoModelFactory):
    name = Sequence(lambda number: f"s{number}.example.com")
    created_at = NOON

    class Meta:
        model = Domain


DomainFactory: Any = _Domain


class _Link(DjangoModelFactory):
    team = SubFactory(TeamFactory)
    domain = SubFactory(DomainFactory)
    slug = Sequence(lambda number: f"link{number}")
    key = SelfAttribute("slug")
    target = "https://example.org/page"
    created_at = NOON
    updated_at = NOON

    class Meta:
        model = Link


LinkFactory: Any = _Link


class _Webhook(DjangoModelFactory):
    """Wants every event; its secret is the one of the signature scheme's published example."""

    team = SubFactory(TeamFactory)
    url = "https://hooks.example.org/links"
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    created_at = NOON

    class Meta:
        model = Webhook


WebhookFactory: Any = _Webhook


class _WebhookDelivery(DjangoModelFactory):
    webhook = SubFactory(WebhookFactory)
    event = "link.created"
    key = Sequence(lambda number: f"link.created:lnk_{number}:1")
    payload = {"type": "link.created", "id": "evt_1", "timestamp": "2026-03-04T12:00:00+00:00", "data": {}}
    created_at = NOON
    due_at = NOON

    class Meta:
        model = WebhookDelivery


WebhookDeliveryFactory: Any = _WebhookDelivery


class _UtmTemplate(DjangoModelFactory):
    team = SubFactory(TeamFactory)
    name = Sequence(lambda number: f"Template {number}")
    source = "newsletter"
    created_at = NOON

    class Meta:
        model = UtmTemplate


UtmTemplateFactory: Any = _UtmTemplate


def click(link_id: int, **facts: Any) -> ClickRecord:
    """A good GET by a person with Firefox, at noon unless `at` says otherwise."""
    at: datetime = facts.pop("at", NOON)
    given: dict[str, Any] = {"status": 302, "good": True, "user_agent": FIREFOX, "address": "198.51.100.7"} | facts
    return ClickRecord(at_us=int(at.timestamp() * 1_000_000), link_id=link_id, **given)


def ship(
    *records: ClickRecord, edge: str = "edge-a", number: int = 1, offset: int = 64, received_at: datetime = NOON
) -> Segment:
    """The run of these records as the shipper of `edge` inserts it."""
    body = b"".join(encode(record) for record in records)
    return Segment.objects.create(edge=edge, number=number, offset=offset, body=body, received_at=received_at)


class _Ban(DjangoModelFactory):
    """A row alone: links are marked by the service."""

    kind = "host"
    value = Sequence(lambda number: f"evil{number}.example.org")
    reason = "Phishing."
    created_at = NOON

    class Meta:
        model = Ban


BanFactory: Any = _Ban
