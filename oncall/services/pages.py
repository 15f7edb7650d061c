"""Sending pages: claim with a lease, commit, send outside any transaction, write the attempt.

A sender that dies after its claim loses the lease and the page goes out from another one, with the same id.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import Error, transaction
from django.db.models import F

from oncall.clients import channels
from oncall.domain import retry
from oncall.domain.messages import storable
from oncall.exceptions import DeliveryError
from oncall.models import AlertEvent, EscalationRun, Page, PageAttempt
from oncall.models.pages import ACCOUNT_RULE, COPY
from oncall.selectors import lateness, page_queue
from oncall.services import answers, contact_health, events, page_fallbacks, page_messages

PAGER = "pager"
BATCH = 100

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try ended: `sent`, `temporary` or `permanent`; `retry_after` is the provider's own wish."""

    word: str
    answer: str
    latency: timedelta
    provider_id: str = ""
    is_acknowledged: bool = False
    retry_after: timedelta | None = None


def send_due(*, now: datetime, limit: int = BATCH) -> int:
    """Sends the pages that are due, one after the other; says how many tries were made."""
    tries = 0
    while tries < limit and (page := claim(now=now)) is not None:
        outcome = deliver(page)
        finish(page, outcome, now=now + outcome.latency)
        tries += 1
    return tries


def claim(*, now: datetime) -> Page | None:
    """Takes the page that waits longest and holds it for a lease; None when nothing is due."""
    return next(iter(claim_some(now=now, limit=1, busy={})), None)


@transaction.atomic
def claim_some(*, now: datetime, limit: int, busy: Mapping[tuple[str, str], int]) -> list[Page]:
    """Takes up to `limit` due pages, fairly, and holds them for a lease; `attempts` names this claim.

    Only pages of runs that are still open and of alerts that may page: after an ack nothing leaves.
    """
    chosen = page_queue.fair_choice(now, limit=limit, busy=busy)
    if not chosen:
        return []
    related = ("user", "contact", "contact_point", "run__alert__team", "run__alert__service")
    found = page_queue.due(now).filter(pk__in=chosen).order_by("due_at", "pk").select_related(*related)
    pages = list(found.select_for_update(skip_locked=True, of=("self",)))
    taken = {"status": Page.Status.SENDING, "lease_until": now + retry.LEASE, "attempts": F("attempts") + 1}
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(**taken)
    for page in pages:
        page.status, page.lease_until, page.attempts = Page.Status.SENDING, now + retry.LEASE, page.attempts + 1
    return pages


def deliver(page: Page) -> Outcome:
    """Hands the page to its channel. Touches no row; must run outside a transaction.

    A channel that breaks in a way of its own counts as a temporary failure: no page is lost to a bug.
    """
    started = time.perf_counter()
    try:
        _refuse_what_is_gone(page)
        receipt = channels.get(page.channel).send(page_messages.compose(page))
    except DeliveryError as error:
        word = "permanent" if error.permanent else "temporary"
        return Outcome(word, error.reason, _since(started), retry_after=error.retry_after)
    except Exception as error:
        logger.exception("The channel %s broke.", page.channel)
        return Outcome("temporary", f"{type(error).__name__}: {error}", _since(started))
    return Outcome("sent", receipt.answer, _since(started), receipt.provider_id, receipt.is_acknowledged)


def finish(page: Page, outcome: Outcome, *, now: datetime) -> None:
    """Writes the attempt, whatever happened since; moves the page on only while this claim still holds it.

    Permanent failure: the person's next rule is due now. Temporary: the same rule after 15, 30 and 60 s, or later where
    the provider asked for it. A receiver that took the page may have taken the alert on in the same breath. A repeat
    for the same claim writes nothing, so that whoever does not know whether the database took it may ask again.
    """
    answer = storable(outcome.answer)
    _write_outcome(page, replace(outcome, answer=answer, provider_id=storable(outcome.provider_id)), now)
    _beside(lambda: contact_health.note(page, word=outcome.word, answer=answer, now=now))
    if outcome.is_acknowledged:
        _beside(lambda: answers.answer_as_paged(page=page, word="acknowledge", now=now))


@transaction.atomic
def lose(page: Page, *, answer: str, now: datetime) -> None:
    """The provider had taken the page and could not deliver it: the person's next way is due now."""
    run = EscalationRun.objects.select_for_update(of=("self",)).select_related("alert").get(pk=page.run_id)
    current = Page.objects.select_for_update(of=("self",)).select_related("user").get(pk=page.pk)
    if current.status != Page.Status.SENT:
        return
    current.status = Page.Status.FAILED
    current.save(update_fields=["status"])
    told = f"{current.user or current.contact_point} by {current.channel}, not delivered: {answer}"
    events.record(alert=run.alert, kind=AlertEvent.Kind.PAGE_FAILED, actor_label=PAGER, detail=told, now=now)
    contact_health.note(current, word="permanent", answer=answer, now=now)
    if run.status != EscalationRun.Status.STOPPED:
        page_fallbacks.fall_back(run, current, lateness.due_from(now))


@transaction.atomic
def _write_outcome(page: Page, outcome: Outcome, now: datetime) -> None:
    run = EscalationRun.objects.select_for_update(of=("self",)).select_related("alert").get(pk=page.run_id)
    current = Page.objects.select_for_update(of=("self",)).select_related("user").get(pk=page.pk)
    if not _write_attempt(run, page, outcome, now):
        return
    if current.status != Page.Status.SENDING or current.attempts != page.attempts:
        return
    current.lease_until = None
    wait = retry.delay(current.attempts, outcome.retry_after)
    if outcome.word == "sent":
        current.status, current.sent_at, current.provider_id = Page.Status.SENT, now, outcome.provider_id[:200]
    elif outcome.word == "temporary" and wait is not None:
        current.status, current.due_at = Page.Status.PENDING, now + wait
    else:
        current.status = Page.Status.FAILED
    current.save()
    if current.status == Page.Status.FAILED:
        page_fallbacks.fall_back(run, current, now)


def _refuse_what_is_gone(page: Page) -> None:
    if page.contact_point is not None:
        if page.contact_point.disabled_at is not None:
            raise DeliveryError("The contact point has been switched off.", permanent=True)
        return
    if page.user is not None and not page.user.is_active:
        raise DeliveryError("The account has been deactivated.", permanent=True)
    if page.rule % COPY != ACCOUNT_RULE and (page.contact is None or page.contact.verified_at is None):
        raise DeliveryError("The contact has been removed.", permanent=True)


def _write_attempt(run: EscalationRun, page: Page, outcome: Outcome, now: datetime) -> bool:
    """Whether it was news: each claim has its number, and one attempt."""
    answer, number = outcome.answer[:500], page.attempts
    if PageAttempt.objects.filter(page=page, number=number).exists():
        return False
    PageAttempt.objects.create(
        page=page, number=number, at=now, outcome=outcome.word, answer=answer, latency=outcome.latency
    )
    sent = outcome.word == "sent"
    kind = AlertEvent.Kind.PAGED if sent else AlertEvent.Kind.PAGE_FAILED
    told = f"{page.user or page.contact_point} by {page.channel}{' (shadow)' if page.is_copy else ''}"
    detail = told if sent else f"{told}, {outcome.word} failure: {answer}"
    events.record(alert=run.alert, kind=kind, actor_label=PAGER, detail=detail, now=now)
    return True


def _beside(work: Callable[[], object]) -> None:
    """What breaks here must not make a page that is out look as if it were not."""
    try:
        work()
    except Error:
        raise
    except Exception:
        logger.exception("A page is out, and what follows from it broke.")


def _since(started: float) -> timedelta:
    return timedelta(seconds=time.perf_counter() - started)
