"""Every page and API resource of the URLconf, with the ids of the secret objects in the places of its arguments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.leaks.secret import SLUG, Secret

OURS = ("portal", "shortener", "slo", "oncall", "incidents", "postmortems")
KEYED = {
    "callback_pushover",
    "callback_twilio_voice",
    "callback_twilio_status",
    "contact_edit",
    "contact_move",
    "contact_test",
    "invitation_accept",
    "alert_ack",
    "calendar_feed",
    "feed_revoke",
    "api_calendar_feed",
    "ingest_json",
    "ingest_alertmanager",
    "ingest_grafana",
    "ingest_heartbeat",
    "link_follow",
    "contact_verify",
    "contact_delete",
    "contact_code",
    "contact_secret",
    "api_contact",
    "api_contact_verify",
    "api_contact_test",
    "weekly_mail_stop",
    "chat_graph",
    "chat_link",
    "chat_unlink",
}
MACHINE = {"healthz", "readyz", "metrics", "robots"}
MODERATED = {"ban_lift", "block_rule_delete", "moderation_case", "api_ban", "api_block_rule"}
MODERATED |= {"api_abuse_report", "api_abuse_report_decide"}
"""Things of no team: whoever is no administrator is refused whether they exist or not."""

UNTEAMED = {"user_switch", "user_administrator", "tier_rules_edit"}
API_KINDS = {
    "api_team": "team",
    "api_member": "team",
    "api_token": "token",
    "api_service_account": "account",
    "api_service": "service",
    "api_dependenc": "service",
    "api_gate": "service",
    "api_contact_point": "contact_point",
    "api_service_policy": "service",
    "api_service_window": "service",
    "api_service_versions": "service",
    "api_version_source": "service",
    "api_service_dora": "service",
    "api_team_policy": "team",
    "api_team_window": "team",
    "api_link": "link",
    "api_domain": "domain",
    "api_import": "import_job",
    "api_saved_filter": "saved_filter",
    "api_dead_link": "link",
    "api_webhook": "webhook",
    "api_utm_template": "utm_template",
    "api_ban": "ban",
    "api_block_rule": "block_rule",
    "api_abuse_report": "report",
    "api_slo": "slo",
    "api_sli": "sli",
    "api_probe": "probe",
    "api_release": "release",
    "api_alert": "alert",
    "api_alert_review": "review",
    "api_schedule": "schedule",
    "api_override": "schedule",
    "api_swap": "swap",
    "api_time_off": "away",
    "api_escalation": "policy",
    "api_integration": "integration",
    "api_silence": "silence",
    "api_alert_route": "route",
    "api_inhibition": "inhibition",
    "api_compensation_rule": "compensation_rule",
    "api_calendar_source": "calendar_source",
    "api_incident": "incident",
    "api_postmortem": "postmortem",
    "api_action_item": "item",
}
OF_SLOS = {
    "api_query": "saved_query",
    "api_sla": "slo",
    "api_resource": "resource",
    "api_composite_parts": "slo",
    "api_known_event": "resource",
    "api_load_test": "resource",
    "api_capacity_plan": "plan",
    "api_plan_step_create": "plan",
    "api_plan_step_detail": "step",
    "api_prometheus": "server",
    "api_heartbeat": "heartbeat",
    "api_correction": "correction",
    "api_maintenance": "maintenance",
    "api_gate_override": "override",
    "query": "saved_query",
    "sla": "slo",
    "correction": "correction",
    "maintenance": "maintenance",
    "sli": "sli",
    "source": "server",
    "heartbeat": "heartbeat",
    "plan": "plan",
    "plan_create": "resource",
    "plan_step_edit": "step",
    "resource": "resource",
    "known_event": "resource",
    "load_test": "resource",
    "release": "release",
    "gate_evaluation": "evaluation",
    "gate_override": "override",
}
"""Beginnings of names of routes whose one id is that of something around SLOs; the longest that fits counts."""

OWNED: tuple[str, ...] = ("budget_policy_detail", "budget_policy_edit", "budget_policy_withdraw")
OWNED += ("release_window_edit", "release_window_remove")
SPECIAL: dict[tuple[str, str], Any] = {(name, "kind"): "services" for name in OWNED}
SPECIAL |= {("api_schedule_temporary", "name"): SLUG}
SPECIAL |= {("", "tier"): 1, ("slo_graph", "name"): "budget", ("slo_graph", "kind"): "svg"}

PAGE_KINDS = {
    "contact": "contact_point",
    "policy": "policy",
    "alert": "alert",
    "schedule": "schedule",
    "override": "override",
    "integration": "integration",
    "silence": "silence",
    "route": "route",
    "inhibition": "inhibition",
}
OF_SCHEDULE = ("override_create", "swap_create", "calendar_source_list")
PAGE_KINDS |= {"compensation": "compensation_rule"}
PAGE_KINDS |= {"calendar": "calendar_source"}
PAGE_KINDS |= {"swap": "swap", "time": "away", "temporary": "schedule"}


PLAIN: dict[str, Callable[[Secret], str]] = {
    "slug": lambda secret: secret.service.slug,
    "team": lambda secret: secret.team.slug,
    "tag": lambda secret: secret.link.tags[0],
    "kind": lambda secret: "link",
    "key": lambda secret: secret.link.public_id,
    "dimension": lambda secret: "country",
}


REVIEWED = {"alert_class_review", "alert_missing"}
REVIEWED_WEEK: dict[str, Callable[[Secret], str]] = {
    "slug": lambda secret: secret.team.slug,
    "week": lambda secret: secret.review.week.isoformat(),
    "key": lambda secret: secret.review.alert_class,
}


@dataclass(frozen=True)
class Route:
    """A named URL with its path filled in."""

    name: str
    path: str
    has_arguments: bool
    view: Any

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def methods(self) -> list[str]:
        """The methods that an API resource has; a page may have GET and POST."""
        return sorted(getattr(self.view, "actions", {"get": "", "post": ""}))


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        elif str(getattr(entry.callback, "__module__", "")).split(".")[0] in OURS:
            yield entry


def routes(secret: Secret) -> Iterator[Route]:
    """All of them but those that a key opens, whoever holds it."""
    for pattern in patterns():
        name, names = str(pattern.name), list(pattern.pattern.converters)
        if name not in KEYED | MACHINE:
            arguments = {argument: value(secret, name, argument) for argument in names}
            yield Route(name, reverse(name, kwargs=arguments), bool(names), pattern.callback)


def value(secret: Secret, name: str, argument: str) -> Any:
    """What stands in a place of a route."""
    fixed = {
        "user_id": secret.manager,
        "needs_id": secret.open_service,
        "token_id": secret.token,
        "account_id": secret.account,
        "invitation_id": secret.invitation,
        "link_id": secret.link,
        "domain_id": secret.domain,
        "filter_id": secret.saved_filter,
        "import_id": secret.import_job,
        "webhook_id": secret.webhook,
        "delivery_id": secret.delivery,
        "template_id": secret.utm_template,
        "ban_id": secret.ban,
        "rule_id": secret.block_rule,
        "report_id": secret.report,
        "public_id": secret.probe if name.startswith("probe") else secret.slo,
        "incident_id": secret.incident,
        "entry_id": secret.entry,
        "postmortem_id": secret.postmortem,
        "item_id": secret.item,
    }
    if name in REVIEWED and argument in REVIEWED_WEEK:
        return REVIEWED_WEEK[argument](secret)
    special = SPECIAL.get((name if argument in {"kind", "name"} else "", argument))
    if special is not None:
        return special
    if argument in PLAIN:
        return PLAIN[argument](secret)
    if argument == "event_id":
        return secret.slos.event.public_id
    if argument == "row_id":
        return secret.impact.pk if "impact" in name else secret.row.pk
    around = of_slos(secret, name) if argument in {"public_id", "id"} else None
    return (around or fixed.get(argument) or by_id(secret, name)).public_id


def of_slos(secret: Secret, name: str) -> Any:
    """The object around SLOs that a route is about, if it is about one."""
    fitting = [prefix for prefix in OF_SLOS if name == prefix or name.startswith(f"{prefix}_")]
    if not fitting:
        return None
    kind = OF_SLOS[max(fitting, key=len)]
    return getattr(secret.slos, kind, None) or getattr(secret, kind)


def by_id(secret: Secret, name: str) -> Any:
    """The object of a route whose argument is only called `id`."""
    if name == "alert_review_done":
        return secret.review
    if not name.startswith("api_"):
        return getattr(secret, PAGE_KINDS["schedule" if name in OF_SCHEDULE else name.split("_", maxsplit=1)[0]])
    if name in ("api_audit_entry", "api_override"):
        return secret.entry_of_audit if name == "api_audit_entry" else secret.override
    kind = max((prefix for prefix in API_KINDS if name.startswith(prefix)), key=len)
    return secret.slo.sli if kind == "api_sli" else getattr(secret, API_KINDS[kind])


def status(client: Any, route: Route, method: str) -> int:
    """The status of an empty request."""
    kind = {"content_type": "application/json"} if route.is_api and method != "get" else {}
    return int(getattr(client, method)(route.path, {}, **kind).status_code)
