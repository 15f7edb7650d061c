"""What comes behind a page that failed for good: the person's next way, at last their account's mail, the next step."""

from datetime import datetime

from django.db.models import Q

from oncall.models import EscalationRun, Page
from oncall.models.pages import BY_HAND, COPY
from oncall.selectors import targets
from portal.accounts.models import User

ALIVE = (Page.Status.PENDING, Page.Status.SENDING, Page.Status.SENT)


def fall_back(run: EscalationRun, page: Page, now: datetime) -> None:
    """The person's next rule now, at last the account's own mail; nobody left in the step: the next step now.

    Those who were asked by a later step meanwhile have their time to answer.
    """
    if page.user is not None and _next_rule(run, page, page.user, now):
        return
    since = Page.objects.filter(run=run, created_at__gte=page.created_at).exclude(step=BY_HAND)
    others = since.filter(status__in=ALIVE, rule__lt=COPY)
    if run.status == EscalationRun.Status.ACTIVE and page.step != BY_HAND and not others.exists():
        EscalationRun.objects.filter(pk=run.pk, next_run_at__gt=now).update(next_run_at=now)


def _next_rule(run: EscalationRun, page: Page, user: User, now: datetime) -> bool:
    """Whether the person has another way, which is due now."""
    own = Page.objects.filter(run=run, loop=page.loop, step=page.step, user=user)
    waiting = own.filter(status=Page.Status.PENDING, rule__gt=page.rule).order_by("rule").first()
    if waiting is not None:
        Page.objects.filter(pk=waiting.pk, due_at__gt=now).update(due_at=now)
        return True
    return user.is_active and _add_account_page(run, page, user, now)


def _add_account_page(run: EscalationRun, page: Page, user: User, now: datetime) -> bool:
    last = targets.account_rule(user)
    number = last.number + (COPY if page.is_copy else 0)
    own = Page.objects.filter(run=run, loop=page.loop, step=page.step, user=user)
    if own.filter(Q(rule=number) | Q(channel=last.channel, address=last.address)).exists():
        return False
    Page.objects.create(
        run=run,
        loop=page.loop,
        step=page.step,
        user=user,
        rule=number,
        channel=last.channel,
        address=last.address,
        due_at=now,
        created_at=now,
    )
    return True
