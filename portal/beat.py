"""All clocks of the portal: each entry starts an idempotent tick that finds its due rows by a query and may overlap."""

from datetime import timedelta
from typing import TypedDict


class Tick(TypedDict):
    task: str
    schedule: float
    options: dict[str, float]


def periods() -> dict[str, timedelta]:
    """How often each task is due."""
    return {tick["task"]: timedelta(seconds=tick["schedule"]) for tick in SCHEDULE.values()}


def every(seconds: float, task: str) -> Tick:
    """A tick that is dropped rather than queued when nobody took it within its own period."""
    return Tick(task=task, schedule=seconds, options={"expires": max(seconds, 5.0)})


SCHEDULE: dict[str, Tick] = {
    # Stored answers of Idempotency-Keys are promised for a day; the table must not grow for ever.
    "forget-answers": every(3600, "portal.lib.tasks.forget_answers_due"),
    # Invitations, verification and new-device mails: somebody waits for them at a screen.
    "send-account-mails": every(5, "portal.accounts.tasks.send_mails_due"),
    # Rows of mails hold addresses: what ended is kept a month for the operator, then deleted.
    "forget-account-mails": every(3600, "portal.accounts.tasks.forget_mails_due"),
    # Clicks and outcomes of the edges: pages and budgets follow traffic within seconds; an empty queue costs one query.
    "drain-segments": every(1, "shortener.tasks.drain_segments_due"),
    # A link's page tells people from visits; a day is counted again only after it rested, however often this looks.
    "count-visitors": every(5, "shortener.tasks.count_visitors_due"),
    # A flushed Valkey must not open the gates of links with a limit; what was counted meanwhile closes them again.
    "mend-counters": every(5, "shortener.tasks.mend_counters_due"),
    # The click log needs a partition for each coming day, and retention drops old ones.
    "keep-click-tables": every(3600, "shortener.tasks.keep_click_tables"),
    # Events of links: programs wait for them; nothing due costs one indexed query.
    "deliver-events": every(2, "shortener.tasks.deliver_events_due"),
    # A time that passes and a limit that is reached write nothing by themselves; webhooks hear of them within seconds.
    "tell-ends": every(5, "shortener.tasks.tell_ends_due"),
    # A link that was written while its host was being banned must not stay open; nothing new costs one indexed query.
    "catch-up-bans": every(2, "shortener.tasks.catch_up_bans_due"),
    # Targets are asked a few a second, so that a week is enough for all of them; nothing due costs one indexed query.
    "check-targets": every(10, "shortener.tasks.check_targets_due"),
    # Owners hear of dead links at most once a day each.
    "tell-dead-links": every(3600, "shortener.tasks.tell_dead_links_due"),
    # Once a night every link is held against the blocklist, some thousands a minute.
    "recheck-blocklist": every(60, "shortener.tasks.recheck_blocklist_due"),
    # The log of deliveries is kept for a month.
    "forget-deliveries": every(3600, "shortener.tasks.forget_deliveries_due"),
    # Deleted links are promised to be restorable for days, and then to be gone: once an hour is exact enough for both.
    "purge-trash": every(3600, "shortener.tasks.purge_trash_due"),
    # Usage is read by people and bills, not by machines: minutes are soon enough, and a pass reads one month's rows.
    "count-usage": every(300, "shortener.tasks.count_usage_due"),
    # A quota that fills up must be told before it is full; teams with a quota are few.
    "warn-quotas": every(60, "shortener.tasks.warn_quotas_due"),
    # Monday morning comes at another time in each zone; a few minutes more do not matter.
    "send-weekly-mails": every(300, "shortener.tasks.send_weekly_mails_due"),
    # People wait at a screen for the first rows of their import; nothing due costs one indexed query.
    "import-links": every(2, "shortener.tasks.import_links_due"),
    # Files that nobody imports are kept for a week, results for 90 days.
    "forget-imports": every(3600, "shortener.tasks.forget_imports_due"),
    # A phone that rings for an alert which somebody has taken on wakes a person for nothing; mostly nothing rings.
    "stop-ringing": every(5, "oncall.tasks.stop_ringing_due"),
    # A week is the promise: some contacts an hour are enough, and providers are asked gently.
    "check-contacts": every(600, "oncall.tasks.check_contacts_due"),
    # The pager takes what senders said within a moment; this one does it while no pager runs.
    "take-incoming": every(5, "oncall.tasks.take_incoming_due"),
    # A sender that promised a sign of life is missed within the minute; most have promised nothing.
    "watch-silent": every(30, "oncall.tasks.watch_silent_due"),
    # Silences end, snoozes run out: the pager sees to it within a second; this one does it while no pager runs.
    "settle-alerts": every(5, "oncall.tasks.settle_alerts_due"),
    # What senders said is kept for two weeks, for the pages of integrations.
    "forget-incoming": every(600, "oncall.tasks.forget_incoming_due"),
    # Who is on call within a week and has no working contact hears of it in time: looked at once a day.
    "check-readiness": every(600, "oncall.tasks.check_readiness_due"),
    # Nothing pages through Celery; this one only tells the operator by mail when pages are late or no pager runs.
    "watch-pager": every(30, "oncall.tasks.watch_pager_due"),
    # Edits of a schedule never reach what is on record; hours are what reports and pay count in.
    "record-shifts": every(3600, "oncall.tasks.record_shifts_due"),
    # An offer that nobody took is over with its shift; nothing due costs one indexed query.
    "expire-swaps": every(300, "oncall.tasks.expire_swaps_due"),
    # Reminders, handoffs and moved shifts are told within the minute; what was told is known by its key.
    "write-duty-notices": every(60, "oncall.tasks.write_duty_notices_due"),
    # Somebody may wait for an offer or a handoff; nothing due costs one indexed query.
    "send-duty-notices": every(10, "oncall.tasks.send_duty_notices_due"),
    # They are kept so long that no tick writes one again.
    "forget-duty-notices": every(3600, "oncall.tasks.forget_duty_notices_due"),
    # Probes run on a grid of seconds: each second late is lag; nothing due costs one indexed query.
    "run-probes": every(1, "slo.tasks.run_probes_due"),
    # A clock that was put back leaves slots far ahead; a minute without probes is all that it may cost.
    "mend-probes": every(60, "slo.tasks.mend_probes_due"),
    # Minutes close at the watermark; sources are read soon after, and their last five minutes again.
    "collect-counts": every(15, "slo.tasks.collect_counts_due"),
    # Each SLI of a Prometheus is due once a minute; a slow server must not keep the other sources waiting.
    "read-prometheus": every(5, "slo.tasks.read_prometheus_due"),
    # A job that is down must page within seconds of its grace; nothing due costs one indexed query.
    "watch-heartbeats": every(5, "slo.tasks.watch_heartbeats_due"),
    # Outcomes of an edge that was cut off arrive hours later; they must reach the budgets all the same.
    "reconcile-counts": every(600, "slo.tasks.reconcile_counts_due"),
    # Time that is left out passes without any count; own streams follow the watermark, and corrections reach them.
    "fill-streams": every(20, "slo.tasks.fill_streams_due"),
    # A status row is due once a minute, when the watermark moves; a burn must page within seconds of it.
    "refresh-statuses": every(10, "slo.tasks.refresh_statuses_due"),
    # An hour is summed up soon after it closes, so that 30 days stay few rows.
    "roll-up-counts": every(60, "slo.tasks.roll_up_due"),
    # The volume of an hour is judged as soon as it is summed up; most passes find what they found before.
    "watch-volumes": every(60, "slo.tasks.watch_volumes_due"),
    # A review is due on a day, not at an hour; whoever owns it hears of it once.
    "remind-reviews": every(3600, "slo.tasks.remind_reviews_due"),
    # Each source of versions is read once a minute; nothing due costs one indexed query.
    "read-versions": every(15, "slo.tasks.read_versions_due"),
    # Minutes and probe results need a partition for each coming day, and retention drops old ones.
    "keep-count-tables": every(3600, "slo.tasks.keep_partitions_due"),
    # Days of resources close once a day; an hour later is soon enough, and a source that was away is tried again.
    "read-resources": every(600, "slo.tasks.read_resources_due"),
    # A forecast is of one day: who must order learns it early in the day; nothing due costs one indexed query.
    "refresh-resources": every(60, "slo.tasks.refresh_resources_due"),
    # Samples of resources are kept for 45 days, their days for ever.
    "forget-samples": every(3600, "slo.tasks.forget_samples_due"),
    # Calendars elsewhere are layers of schedules: each is asked every 15 minutes; nothing due costs one query.
    "fetch-calendars": every(60, "oncall.tasks.fetch_calendars_due"),
    # Whoever joins an incident reads its timeline first; alerts, pages and releases must stand there within seconds.
    "collect-timelines": every(10, "incidents.tasks.collect_timelines_due"),
    # An update that is late is recalled within the minute.
    "remind-updates": every(30, "incidents.tasks.remind_updates_due"),
    # A resolved incident that owes a postmortem finds its draft soon after.
    "draft-postmortems": every(60, "postmortems.tasks.draft_required_due"),
    # Who overrode the gate finds the draft that is owed while the reason is still known.
    "draft-owed": every(60, "postmortems.tasks.draft_owed_due"),
    # Due dates are days in the team's zone: once within each hour is soon enough.
    "remind-action-items": every(600, "postmortems.tasks.remind_items_due"),
}
