"""What a resource may be: its facts, and what is wrong with them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.models import Probe, PrometheusServer, Resource
from slo.models.capacity import AGGREGATIONS, LONGEST_FIT, LONGEST_LEAD, SHORTEST_FIT, SOURCES, WARN_ON

FACTS = (
    "name",
    "description",
    "unit",
    "limit",
    "lead_time_days",
    "unit_cost",
    "currency",
    "aggregation",
    "fit_days",
    "warn_on",
    "headroom_ratio",
    "instances",
    "source",
    "settings",
)
LARGEST = Decimal(10) ** 17
SMALLEST = Decimal("0.000001")
MOST_INSTANCES = 1_000_000
LONGEST_QUERY = 1000
SETTINGS: dict[str, tuple[str, ...]] = {"push": (), "probe": ("probe",), "prometheus": ("server", "query")}


def shown(resource: Resource) -> dict[str, Any]:
    """The facts of a resource, for the audit log and for forms."""
    return {name: getattr(resource, name) for name in FACTS}


def known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts, as Invalid where a resource has no such field."""
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise Invalid(fields={name: ["A resource has no such field."] for name in unknown})
    return dict(facts)


def check(resource: Resource) -> None:
    """Invalid names all wrong fields at once."""
    found = problems(resource)
    if found:
        raise Invalid(fields=found)
    resource.currency = resource.currency.upper()


def problems(resource: Resource) -> dict[str, list[str]]:
    """What is wrong with each field."""
    found = {name: [text] for name, (is_right, text) in _rules(resource).items() if not is_right}
    return found | _source_problems(resource.service, resource.source, resource.settings)


def _rules(resource: Resource) -> dict[str, tuple[bool, str]]:
    """What must hold of each field, and what is said where it does not."""
    cost, instances = resource.unit_cost, resource.instances
    currency = resource.currency
    return {
        "name": (bool(resource.name.strip()), "Give the resource a name."),
        "unit": (bool(resource.unit.strip()), "Say in which unit it is counted, such as GiB."),
        "limit": (SMALLEST <= resource.limit < LARGEST, "The limit lies above 0 and below 10^17."),
        "lead_time_days": (0 <= resource.lead_time_days <= LONGEST_LEAD, f"Choose from 0 to {LONGEST_LEAD} days."),
        "unit_cost": (cost is None or 0 <= cost < LARGEST, "The cost is 0 or more."),
        "currency": (
            (not currency and cost is None) or (len(currency) == 3 and currency.isascii() and currency.isalpha()),
            "Give the three letters of the currency of the cost, such as EUR.",
        ),
        "aggregation": (resource.aggregation in dict(AGGREGATIONS), "Choose max or p95."),
        "fit_days": (
            SHORTEST_FIT <= resource.fit_days <= LONGEST_FIT,
            f"Choose from {SHORTEST_FIT} to {LONGEST_FIT} days.",
        ),
        "warn_on": (resource.warn_on in dict(WARN_ON), "Choose earliest or likely."),
        "headroom_ratio": (0 <= resource.headroom_ratio <= 5, "Choose from 0 to 500 %."),
        "instances": (instances is None or 0 <= instances <= MOST_INSTANCES, "Choose from 0 to 1,000,000."),
        "source": (resource.source in dict(SOURCES), f"Choose one of {', '.join(dict(SOURCES))}."),
    }


def _source_problems(service: Service, source: str, settings: Any) -> dict[str, list[str]]:
    """What is wrong with the settings of a source, by field."""
    if not isinstance(settings, dict):
        return {"settings": ["Give an object."]}
    wanted = SETTINGS.get(source, ())
    unknown = sorted(set(settings) - set(wanted))
    if unknown:
        return {"settings": [f"This source has no setting '{str(name)[:40]}'." for name in unknown]}
    missing = [name for name in wanted if not (isinstance(settings.get(name), str) and settings[name].strip())]
    if missing:
        return {"settings": [f"Give the {name} as a text." for name in missing]}
    return _unknown_source(service, source, settings)


def _unknown_source(service: Service, source: str, settings: Mapping[str, str]) -> dict[str, list[str]]:
    if source == "probe" and not Probe.objects.filter(service=service, public_id=settings["probe"]).exists():
        return {"settings": ["The service has no probe of this id."]}
    if source != "prometheus":
        return {}
    if not PrometheusServer.objects.filter(team_id=service.team_id, public_id=settings["server"]).exists():
        return {"settings": ["The team has no Prometheus server of this id."]}
    too_long = len(settings["query"]) > LONGEST_QUERY
    return {"settings": [f"Give a query of at most {LONGEST_QUERY} characters."]} if too_long else {}
