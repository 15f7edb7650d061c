"""What is measured and not used, used and not measured, or called so that nobody finds it (handbook M14)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall import selectors as oncall
from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from slo.domain.conventions import doubles, metric_problems, name_problems, plain
from slo.domain.rules import severity_of
from slo.models import Probe, Sli, Slo
from slo.selectors import objectives, probes

NEW = timedelta(days=1)
SILENT = timedelta(hours=1)
FIRED_WITHIN = timedelta(days=90)
QUERIES = ("good", "bad", "total", "bucket", "query")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the audit noticed; `kind` and `public_id` say what it is about, `advice` what to do."""

    kind: str
    public_id: str
    name: str
    service: Service
    problem: str
    advice: str


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one question, and why it is asked."""

    key: str
    title: str
    why: str
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Measured:
    """All that one reader may see of what is measured."""

    services: list[Service]
    probes: list[Probe]
    slis: list[Sli]
    slos: list[Slo]
    now: datetime

    @property
    def used(self) -> set[int]:
        """The SLIs that an SLO counts."""
        return {slo.sli_id for slo in self.slos} | {slo.stream_id for slo in self.slos}


def audit(actor: Actor, *, now: datetime, service: str = "", only: str = "") -> list[Section]:
    """The sections of the audit for all that `actor` may see, or for one service by its slug; or the one section."""
    seen = _measured(actor, now, service)
    wanted = [question for question in QUESTIONS if only in {"", question[0]}]
    return [Section(key, title, why, list(find(seen))) for key, title, why, find in wanted]


def _measured(actor: Actor, now: datetime, service: str) -> Measured:
    services = [one for one in catalog.services(actor) if not service or one.slug == service]
    wanted = [one.pk for one in services]
    return Measured(
        services,
        list(probes.probes(actor).filter(service_id__in=wanted)),
        list(objectives.slis(actor).filter(service_id__in=wanted).exclude(kind__in=["derived", "composite"])),
        list(objectives.slos(actor).filter(service_id__in=wanted)),
        now,
    )


def _slos_without_data(seen: Measured) -> Iterator[Finding]:
    for slo in seen.slos:
        if slo.status.state == "no_data" and slo.created_at < seen.now - NEW:
            advice = slo.sli.problem or "See whether its source still counts, or archive the SLO."
            yield _of_slo(slo, "has no events in its window", advice)


def _silent_slis(seen: Measured) -> Iterator[Finding]:
    for sli in seen.slis:
        if sli.problem:
            yield _of_sli(sli, "was refused", sli.problem)
        elif sli.counted_until is not None and sli.counted_until < seen.now - SILENT:
            yield _of_sli(sli, "was last read more than an hour ago", "See whether its source still answers.")


def _unused(seen: Measured) -> Iterator[Finding]:
    for probe in seen.probes:
        if probe.sli.pk not in seen.used:
            yield Finding("probe", probe.public_id, probe.name, probe.service, "feeds no SLO", "Add one, or pause it.")
    for sli in seen.slis:
        if sli.kind != "probe" and sli.pk not in seen.used:
            yield _of_sli(sli, "feeds no SLO", "Add one, or stop counting.")


def _services_without(seen: Measured) -> Iterator[Finding]:
    measured = {probe.service_id for probe in seen.probes} | {sli.service_id for sli in seen.slis}
    promised = {slo.service_id for slo in seen.slos}
    for service in seen.services:
        missing = [word for word, has in (("probe or source", measured), ("SLO", promised)) if service.pk not in has]
        if missing:
            problem = f"has no {' and no '.join(missing)}"
            yield Finding(
                "service", service.slug, service.name, service, problem, "Begin with a probe of its front door."
            )


def _rules_that_never_fired(seen: Measured) -> Iterator[Finding]:
    old = [slo for slo in seen.slos if slo.created_at < seen.now - FIRED_WITHIN and slo.rules]
    keys = {
        (slo.pk, severity_of(rule)): f"slo:{slo.public_id}:{severity_of(rule)}" for slo in old for rule in slo.rules
    }
    fired = oncall.settled_keys(source="slo", dedup_keys=set(keys.values()), since=seen.now - FIRED_WITHIN)
    for slo in old:
        quiet = [rule for rule in slo.rules if keys[slo.pk, severity_of(rule)] not in fired]
        if quiet:
            problem = f"did not fire within 90 days: {', '.join(quiet)}"
            yield _of_slo(
                slo, problem, "Fine where nothing broke; else the objective is looser than what users expect."
            )


def _names(seen: Measured) -> Iterator[Finding]:
    for team_names in _by_team([*seen.probes, *seen.slos]).values():
        twice = doubles(one.name for one in team_names)
        for one in team_names:
            problems = name_problems(one.name) + ["is there twice"] * (plain(one.name) in twice)
            if problems:
                kind = "slo" if isinstance(one, Slo) else "probe"
                yield Finding(kind, one.public_id, one.name, one.service, ", ".join(problems), "Rename it.")
    for sli in seen.slis:
        found = [problem for name in QUERIES for problem in metric_problems(str(sli.settings.get(name, "")))]
        if found:
            yield _of_sli(sli, "; ".join(dict.fromkeys(found)), "Say the unit in the name of the metric.")


def _by_team(things: Iterable[Probe | Slo]) -> dict[tuple[int, bool], list[Probe | Slo]]:
    found: dict[tuple[int, bool], list[Probe | Slo]] = {}
    for one in things:
        found.setdefault((one.service.team_id, isinstance(one, Slo)), []).append(one)
    return found


def _unowned(seen: Measured) -> Iterator[Finding]:
    for slo in seen.slos:
        if slo.review_due_at is not None and slo.review_due_at < seen.now:
            yield _of_slo(slo, "is due for review", "Look at what it paged for and whether its users agree with it.")
        if slo.owner_id is None:
            yield _of_slo(slo, "has no owner", "Name who answers for it.")


def _of_slo(slo: Slo, problem: str, advice: str) -> Finding:
    return Finding("slo", slo.public_id, slo.name, slo.service, problem, advice)


def _of_sli(sli: Sli, problem: str, advice: str) -> Finding:
    return Finding("sli", sli.public_id, sli.name, sli.service, problem, advice)


Question = tuple[str, str, str, Callable[[Measured], Iterator[Finding]]]
QUESTIONS: tuple[Question, ...] = (
    ("no_data", "SLOs without data", "A promise that nobody can check.", _slos_without_data),
    ("silent", "Sources that are silent or refused", "What is not counted is missing from every budget.", _silent_slis),
    ("unused", "Measured, and used by no SLO", "Numbers that decide nothing.", _unused),
    ("bare", "Services without a probe or an SLO", "Users notice first.", _services_without),
    ("quiet", "Rules that did not fire", "An alert that cannot fire is no alert.", _rules_that_never_fired),
    ("names", "Names against the convention", "What is called alike can be found and compared.", _names),
    ("review", "Without an owner, or due for review", "Objectives age.", _unowned),
)
