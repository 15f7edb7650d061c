"""The clocks' entry points."""

from celery import shared_task
from django.utils import timezone

from shortener.services import (
    bans,
    blocklists,
    budgets,
    clicks,
    deliveries,
    ends,
    quotas,
    retention,
    target_checks,
    trash,
    uniques,
    usage,
    visit_limits,
    weekly_mails,
)
from shortener.services.importing import jobs, running


@shared_task(name="shortener.tasks.drain_segments_due")
def drain_segments_due() -> None:
    """Drains what the edges shipped."""
    clicks.drain_all(now=timezone.now())


@shared_task(name="shortener.tasks.count_visitors_due")
def count_visitors_due() -> None:
    """Counts the different visitors of days that have new clicks."""
    uniques.count_due(now=timezone.now())


@shared_task(name="shortener.tasks.keep_click_tables")
def keep_click_tables() -> None:
    """Makes coming partitions and drops old ones."""
    retention.keep_click_tables(now=timezone.now())


@shared_task(name="shortener.tasks.deliver_events_due")
def deliver_events_due() -> None:
    """Posts events to webhooks."""
    deliveries.deliver_due(clock=timezone.now)


@shared_task(name="shortener.tasks.tell_ends_due")
def tell_ends_due() -> None:
    """Tells webhooks of links that expired or reached their limit."""
    ends.tell_ends_due(now=timezone.now())


@shared_task(name="shortener.tasks.forget_deliveries_due")
def forget_deliveries_due() -> None:
    """Deletes old deliveries of webhooks, and old counters of budgets."""
    now = timezone.now()
    deliveries.forget_deliveries(now=now)
    budgets.forget_budgets(now=now)


@shared_task(name="shortener.tasks.purge_trash_due")
def purge_trash_due() -> None:
    """Empties the tombstones whose days in the trash are over."""
    trash.purge_due(now=timezone.now())


@shared_task(name="shortener.tasks.count_usage_due")
def count_usage_due() -> None:
    """Sums up what owners used this month."""
    usage.count_usage_due(now=timezone.now())


@shared_task(name="shortener.tasks.warn_quotas_due")
def warn_quotas_due() -> None:
    """Tells managers of quotas that are nearly used up."""
    quotas.warn_quotas_due(now=timezone.now())


@shared_task(name="shortener.tasks.send_weekly_mails_due")
def send_weekly_mails_due() -> None:
    """Queues the weekly mails about links."""
    weekly_mails.send_mails_due(now=timezone.now())


@shared_task(name="shortener.tasks.import_links_due")
def import_links_due() -> None:
    """Works on imports that were started."""
    running.import_links_due(now=timezone.now())


@shared_task(name="shortener.tasks.forget_imports_due")
def forget_imports_due() -> None:
    """Deletes previews that nobody started, and old results."""
    jobs.forget_jobs(now=timezone.now())


@shared_task(name="shortener.tasks.catch_up_bans_due")
def catch_up_bans_due() -> None:
    """Marks links that were written while a ban was being made."""
    bans.catch_up_due(now=timezone.now())


@shared_task(name="shortener.tasks.mend_counters_due")
def mend_counters_due() -> None:
    """Lifts counters of links with a limit that are missing or behind what was counted."""
    visit_limits.mend_counters_due()


@shared_task(name="shortener.tasks.recheck_blocklist_due")
def recheck_blocklist_due() -> None:
    """Looks at the next links of the nightly round over the blocklist."""
    blocklists.recheck_due(now=timezone.now())


@shared_task(name="shortener.tasks.check_targets_due")
def check_targets_due() -> None:
    """Asks targets of links whether they still answer."""
    target_checks.seed_due(now=timezone.now())
    target_checks.check_due(clock=timezone.now)


@shared_task(name="shortener.tasks.tell_dead_links_due")
def tell_dead_links_due() -> None:
    """Mails owners about links that were found dead."""
    target_checks.tell_owners_due(now=timezone.now())
