"""The systems that schedules can be imported from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from oncall.domain import definitions
from oncall.domain.imports import grafana_oncall, opsgenie, pagerduty, pages
from oncall.domain.imports.found import Export, FoundSchedule

MORE_PAGES = "Answers say that {} more of their pages follow; fetch those too, or something is missing here."


@dataclass(frozen=True, slots=True)
class System:
    """One of them: what to fetch there, and how the answers are understood."""

    key: str
    label: str
    asks: tuple[str, ...]
    read: Callable[[Iterable[Any]], Export]


SYSTEMS = {
    one.key: one
    for one in (
        System(
            "grafana_oncall",
            "Grafana OnCall",
            (
                "/api/v1/schedules/",
                "/api/v1/on_call_shifts/",
                "/api/v1/users/",
                "/api/v1/schedules/<id>/final_shifts?start_date=2026-03-01&end_date=2026-03-31",
                "/api/v1/escalation_chains/ and /api/v1/escalation_policies/",
            ),
            grafana_oncall.read,
        ),
        System(
            "pagerduty",
            "PagerDuty",
            (
                "/schedules/<id>?since=2026-03-01&until=2026-03-31, once for each schedule",
                "/users?limit=100",
                "/escalation_policies",
            ),
            pagerduty.read,
        ),
        System(
            "opsgenie",
            "Opsgenie",
            (
                "/v2/schedules?expand=rotation",
                "/v2/schedules/<id>/overrides",
                "/v2/schedules/<id>/timeline?interval=1&intervalUnit=months",
                "/v2/users",
                "/v2/escalations",
            ),
            opsgenie.read,
        ),
    )
}


def read(system: str, documents: Iterable[Any]) -> Export:
    """What the answers of a system say; KeyError for one that is not known. Every definition can be stored."""
    documents = list(documents)
    export = SYSTEMS[system].read(documents)
    if lacking := pages.missing(documents):
        export = replace(export, notes=(*export.notes, MORE_PAGES.format(lacking)))
    return replace(export, schedules=tuple(_storable(one) for one in export.schedules))


def _storable(schedule: FoundSchedule) -> FoundSchedule:
    """Without the layers and fixed shifts that are too large or too odd to be kept; a note names each."""
    bad: dict[tuple[str, int], str] = {}
    for path, messages in definitions.problems(schedule.definition).items():
        part, number, *field = path.split(".")
        bad.setdefault((part, int(number)), f"{'.'.join(field)}: {messages[0]}")
    if not bad:
        return schedule
    kept, notes = dict(schedule.definition), list(schedule.notes)
    for part in ("layers", "spans"):
        given = kept.get(part, [])
        kept[part] = [one for place, one in enumerate(given) if (part, place) not in bad]
        left = [
            f"{one['name']} is left out. {bad[part, place]}" for place, one in enumerate(given) if (part, place) in bad
        ]
        notes += left
    return replace(schedule, definition=kept, notes=tuple(notes))
