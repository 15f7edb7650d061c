"""Bringing in SLOs from OpenSLO files. All of them or none; a repeat changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.errors import DomainError, NotFound
from slo.domain.openslo.reading import read
from slo.domain.openslo.wanted import WantedObjective, WantedSlo
from slo.domain.periods import Window
from slo.domain.rules import Rule, rules_of, rules_that_can_fire
from slo.models import OpenSloDocument, Slo
from slo.services import objectives, yaml_files
from slo.services.openslo_indicators import sli_of
from slo.services.openslo_jobs import Change, Imported, Job
from slo.services.yaml_files import File


def import_files(*, actor: Actor, files: Sequence[File], now: datetime, rehearse: bool = False) -> Imported:
    """Makes or changes the SLOs of OpenSLO v1 files, found again by service and name.

    All in one transaction, which is taken back when anything is refused, and always when it is only rehearsed.
    """
    job = Job(actor, now, Imported())
    documents = yaml_files.read(files, job.found.refusals)
    wanted, refusals = read(documents) if documents or not job.found.refusals else ([], [])
    job.found.refusals.extend(refusals)
    with transaction.atomic():
        for one in wanted if not refusals else []:
            _import(job, one)
        transaction.set_rollback(rehearse or bool(job.found.refusals))
    return Imported([], job.found.refusals) if job.found.refusals else job.found


def _import(job: Job, wanted: WantedSlo) -> None:
    service = _service(job, wanted)
    if service is None:
        return
    primary = _found_again(wanted, service)
    present = [] if primary is None else [primary, *primary.siblings.filter(archived_at=None).order_by("pk")]
    for number in range(len(wanted.objectives)):
        slo = _objective(job, wanted, service, number, present[number] if number < len(present) else None, primary)
        if slo is None:
            return
        primary = primary or slo
    for left in present[len(wanted.objectives) :]:
        objectives.archive_slo(actor=job.actor, slo=left, now=job.now)
    _keep(wanted, service, primary, job.now)


def _found_again(wanted: WantedSlo, service: Service) -> Slo | None:
    """The SLO that a document of this name made before, else the one of this title that came from no document."""
    live = Slo.objects.filter(service=service, archived_at=None)
    if OpenSloDocument.objects.filter(service=service, name=wanted.name).exists():
        return live.filter(openslo_document__name=wanted.name).first()
    title = wanted.objectives[0].facts["name"]
    return live.filter(openslo_document=None, primary=None, name=title).first()


def _service(job: Job, wanted: WantedSlo) -> Service | None:
    try:
        service = catalog.get_service(job.actor, wanted.service)
    except NotFound:
        job.refuse(wanted, "spec.service", f"There is no service '{wanted.service}', or you may not see it.")
        return None
    if not job.actor.may(Role.MANAGER, service.team_id):
        job.refuse(wanted, "spec.service", "Only managers of its team may define SLOs of this service.")
        return None
    return service


def _objective(
    job: Job, wanted: WantedSlo, service: Service, number: int, present: Slo | None, primary: Slo | None
) -> Slo | None:
    one = wanted.objectives[number]
    sli = sli_of(job, wanted, service, number, one, present)
    if sli is None:
        return None
    try:
        if present is None:
            slo = objectives.create_slo(
                actor=job.actor, service=service, sli=sli, facts=one.facts, now=job.now, primary=primary
            )
            verb = "created"
        else:
            facts = {**one.facts, "rules": _rules(present, one), "sli": sli}
            slo = objectives.update_slo(actor=job.actor, slo=present, facts=facts, now=job.now, reason="OpenSLO")
            verb = "unchanged" if slo.version == present.version else "updated"
    except DomainError as error:
        job.tell(wanted, number, error)
        return None
    job.found.changes.append(Change(slo, verb, *wanted.where))
    return slo


def _rules(slo: Slo, wanted: WantedObjective) -> list[str]:
    """The rules that are wanted, by the key that the SLO has for them; else its own that can fire at the objective."""
    facts = wanted.facts
    window = Window(facts.get("window_days", slo.window_days), facts.get("calendar_unit", slo.calendar_unit))
    own = rules_of(tuple(slo.rules), window.nominal)
    if "rules" not in facts:
        objective = facts.get("objective", slo.objective)
        return [rule.key for rule in rules_that_can_fire(objective, own, window.nominal)]
    keys = {_effect(rule): rule.key for rule in own}
    return [keys.get(_effect(rule), rule.key) for rule in rules_of(tuple(facts["rules"]), window.nominal)]


def _effect(rule: Rule) -> tuple[object, ...]:
    """What a rule does, however it is written."""
    return rule.severity, rule.long, rule.short, rule.threshold_text


def _keep(wanted: WantedSlo, service: Service, primary: Slo | None, now: datetime) -> None:
    if primary is None:
        return
    OpenSloDocument.objects.filter(slo=primary).exclude(service=service, name=wanted.name).delete()
    OpenSloDocument.objects.update_or_create(
        service=service,
        name=wanted.name,
        defaults={
            "slo": primary,
            "document": wanted.document,
            "referred": list(wanted.referred),
            "imported_at": now,
        },
    )
