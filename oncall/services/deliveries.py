"""What providers report about pages: appended as it came; what did not arrive moves on to the next way at once."""

from datetime import datetime

from django.db import transaction

from oncall.domain import deliveries
from oncall.models import AlertEvent, DeliveryReport, Page
from oncall.services import events, pages

PROVIDER = "provider"


@transaction.atomic
def report(*, page: Page, word: str, detail: str = "", now: datetime) -> bool:
    """Takes one callback; says whether it was news. Repeats do nothing, whatever order they come in."""
    word = word.strip().casefold()[:40]
    if word not in deliveries.KNOWN:
        return False
    page = Page.objects.select_for_update(of=("self",)).select_related("user", "contact_point").get(pk=page.pk)
    if page.reports.filter(word=word).exists():
        return False
    DeliveryReport.objects.create(page=page, at=now, word=word, detail=detail[:300])
    after = deliveries.next_word(page.delivery, word)
    if after == page.delivery:
        return True
    page.delivery = after
    if after in deliveries.ARRIVED and page.delivered_at is None:
        page.delivered_at = now
        told = f"{page.user or page.contact_point} by {page.channel}: {word}"
        events.record(alert=page.run.alert, kind=AlertEvent.Kind.DELIVERED, actor_label=PROVIDER, detail=told, now=now)
    page.save(update_fields=["delivery", "delivered_at"])
    if after in deliveries.LOST:
        pages.lose(page, answer=f"{word} {detail}".strip(), now=now)
    return True
