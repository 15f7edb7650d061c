"""All wires between the apps: whoever offers something is connected here to the one that shows or uses it."""

from functools import partial

from incidents import selectors as incidents
from incidents.selectors import alert_lessons as incident_lessons
from incidents.selectors import gauges as incident_gauges
from incidents.selectors import marks as incident_marks
from oncall.selectors import changes, graphs, lateness, occurrences
from oncall.selectors import panels as oncall_panels
from portal import beat
from portal.catalog.services import panels
from portal.catalog.services.panels import Panel
from portal.lib import clocks, health
from portal.lib.metrics import gauges
from portal.lib.ui.navigation import register_count
from postmortems import selectors as postmortems
from postmortems.selectors import alert_lessons as postmortem_lessons
from postmortems.selectors import gauges as postmortem_gauges
from shortener.selectors import gauges as shortener_gauges
from shortener.selectors import outcomes
from shortener.selectors import panels as link_panels
from slo.selectors import alert_graphs, capacity_panels, releases, rule_files
from slo.selectors import gauges as slo_gauges
from slo.selectors import panels as slo_panels
from slo.services import annotations, sources


def connect() -> None:
    """Registers every connection; calling it again changes nothing."""
    _connect_health()
    _connect_sources()
    _connect_gauges()
    _connect_panels()


def _connect_health() -> None:
    health.register("clocks", partial(clocks.problem, beat.periods()), not_for={"pager"})
    health.register("paging", lateness.problem)
    health.register("budgets", slo_gauges.lateness)
    health.register("clicks", shortener_gauges.backlog, not_for={"pager", "web"})


def _connect_sources() -> None:
    redirects = sources.Source(
        key="shortener.redirects", label="Redirects answered right and in time", counts=outcomes.redirect_counts
    )
    sources.register(redirects)


def _connect_gauges() -> None:
    gauges.register("portal_links", "Links by state.", shortener_gauges.links_by_state)
    gauges.register("portal_clicks_expected", "Clicks that edges delivered.", shortener_gauges.clicks_expected)
    gauges.register("portal_clicks_stored", "Clicks that stand in the totals.", shortener_gauges.clicks_stored)
    gauges.register("portal_deliveries_waiting", "Events for webhooks.", shortener_gauges.deliveries_waiting)
    gauges.register("portal_abuse_reports_open", "Reports for moderators.", shortener_gauges.reports_open)
    gauges.register("portal_segments_waiting", "Click segments to drain.", shortener_gauges.segments_waiting)
    gauges.register("portal_drain_lag_seconds", "Age of the oldest click segment.", shortener_gauges.drain_lag)
    gauges.register("portal_open_alerts", "Open alerts by severity and status.", oncall_panels.open_alert_samples)
    gauges.register("portal_posts_waiting", "Posts of senders to act on.", oncall_panels.waiting_post_samples)
    gauges.register("portal_page_lateness_seconds", "Age of the oldest due page.", oncall_panels.lateness_samples)
    gauges.register("portal_unheard_alerts", "Alerts that reached nobody.", oncall_panels.unheard_samples)
    gauges.register("portal_deadman_age_seconds", "Since a sign of life was heard.", oncall_panels.deadman_samples)
    gauges.register("portal_pagers_alive", "Pagers with a sign of life.", oncall_panels.pager_samples)
    gauges.register("portal_slos", "SLOs by state.", slo_gauges.slos_by_state)
    gauges.register("portal_slo_burn_rate", "Burn rate of SLOs by window.", rule_files.burn_samples)
    gauges.register("portal_slo_budget_left_ratio", "Share of the error budget left.", rule_files.budget_samples)
    gauges.register("portal_probes", "Running probes by state.", slo_gauges.probes_by_state)
    gauges.register("portal_probe_lag_seconds", "Age of the most overdue probe.", slo_gauges.probe_lag_samples)
    gauges.register("portal_probe_start_lag_seconds", "Slot to start, p99 and max.", slo_gauges.probe_start_lag_samples)
    gauges.register("portal_location_silence_seconds", "Since a sign of life.", slo_gauges.location_silence_samples)
    gauges.register("portal_resources_short", "Resources to order more of.", capacity_panels.short_samples)
    gauges.register("portal_open_incidents", "Open incidents by severity.", incident_gauges.open_samples)
    gauges.register("portal_overdue_updates", "Late updates of open incidents.", incident_gauges.overdue_samples)
    gauges.register("portal_open_action_items", "Open action items.", postmortem_gauges.item_samples)
    gauges.register("portal_unpublished_postmortems", "Postmortems not published.", postmortem_gauges.draft_samples)


def _connect_panels() -> None:
    register_count("slos", slo_panels.burning_count)
    panels.register(Panel("slo", "SLOs, probes and the gate", "slo/_service_panel.html", slo_panels.service_panel))
    panels.register(Panel("capacity", "Capacity", "slo/_capacity_panel.html", capacity_panels.service_panel))
    panels.register(Panel("links", "Links of the team", "shortener/_service_panel.html", link_panels.service_panel))
    register_count("alerts", oncall_panels.firing_count)
    panels.register(Panel("oncall", "Alerts and on-call", "oncall/_service_panel.html", oncall_panels.service_panel))
    changes.register("releases", releases.recent_releases)
    graphs.register("slos", alert_graphs.graph_of)
    occurrences.register("incidents", incident_lessons.lessons_of)
    occurrences.register("postmortems", postmortem_lessons.lessons_of)
    register_count("incidents", incident_gauges.open_count)
    annotations.register("incident", incident_marks.incident_marks)
    panels.register(Panel("incidents", "Incidents", "incidents/_service_panel.html", incidents.service_panel))
    panels.register(Panel("postmortems", "Postmortems", "postmortems/_service_panel.html", postmortems.service_panel))
