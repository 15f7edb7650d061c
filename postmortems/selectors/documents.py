"""What may be read of postmortems."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from incidents import selectors as incidents
from incidents.selectors import Incident
from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service
from portal.lib.errors import NotFound
from postmortems.domain import completeness, language, sections
from postmortems.models import Covers, Postmortem, PostmortemQuerySet, Section

PANEL = 5


def postmortems(actor: Actor) -> PostmortemQuerySet:
    """All postmortems that `actor` may see, the newest first."""
    return Postmortem.objects.visible_to(actor).select_related("team", "service", "owner")


def get_postmortem(actor: Actor, public_id: str) -> Postmortem:
    """One postmortem; NotFound when there is none or `actor` may not see it."""
    found = postmortems(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such postmortem, or you may not see it.")
    return found


def postmortem_of(actor: Actor, incident: Incident) -> Postmortem | None:
    """The postmortem that covers `incident`, if `actor` may see it."""
    return postmortems(actor).filter(covers__incident_id=incident.pk).first()


def search(found: PostmortemQuerySet, *, text: str = "", state: str = "", team: str = "") -> PostmortemQuerySet:
    """Narrows `found` by words in title or text, by state and by team slug."""
    if text:
        matching = Section.objects.filter(text__icontains=text).values("postmortem_id")
        found = found.filter(Q(title__icontains=text) | Q(pk__in=matching))
    if state:
        found = found.filter(state=state)
    return found.filter(team__slug=team) if team else found


def with_item_counts(found: PostmortemQuerySet) -> PostmortemQuerySet:
    """The same postmortems with `item_count` and `open_item_count`."""
    left = ~Q(items__state__in=["done", "not_doing"]) & Q(items__isnull=False)
    counted = found.annotate(item_count=Count("items"), open_item_count=Count("items", filter=left))
    return counted.order_by("-created_at", "-pk")  # a query that groups forgets the order of its model


def covered_incidents(actor: Actor, postmortem: Postmortem) -> list[Incident]:
    """The incidents it is about, as far as `actor` may see them."""
    ids = list(postmortem.covers.values_list("incident_id", flat=True))
    return list(incidents.incidents(actor).filter(pk__in=ids).order_by("declared_at"))


def covered_ids(actor: Actor, shown: Iterable[Postmortem]) -> dict[int, list[str]]:
    """By the key of each postmortem, the public ids of what it is about, as far as `actor` may see it."""
    visible = Covers.objects.filter(postmortem__in=list(shown), incident__in=incidents.incidents(actor).order_by())
    found: dict[int, list[str]] = {}
    for key, public_id in visible.order_by("incident__declared_at").values_list("postmortem_id", "incident__public_id"):
        found.setdefault(key, []).append(public_id)
    return found


def shown_sections(postmortem: Postmortem) -> list[tuple[sections.Template, Section]]:
    """Each section with its template, in order."""
    return [(sections.BY_KEY[row.key], row) for row in postmortem.sections.all() if row.key in sections.BY_KEY]


def findings(postmortem: Postmortem, *, today: date) -> list[completeness.Finding]:
    """What is missing or weak in the document, the required things first."""
    facts = completeness.Facts(
        texts={section.key: section.text for section in postmortem.sections.all()},
        impact_numbers=postmortem.impacts.count(),
        items=[_item_facts(item) for item in postmortem.items.all()],
        no_items_reason=postmortem.no_items_reason,
        is_for_users=postmortem.severity is not None and postmortem.severity <= 2,
        due_on=postmortem.due_on if postmortem.published_at is None else None,
    )
    return completeness.findings(facts, today=today)


def language_findings(postmortem: Postmortem) -> list[tuple[str, language.Finding]]:
    """(title of the section, finding) for every section; names of the people who held a role count as persons."""
    names = _names(postmortem)
    return [
        (template.title, finding)
        for template, section in shown_sections(postmortem)
        if template.key != "appendix"
        for finding in language.lint(section.text, names=names)
    ]


def service_panel(service: Service, *, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The panel of a service's page: its last postmortems with what is left to do."""
    return {"postmortems": list(with_item_counts(postmortems(actor).filter(service=service))[:PANEL])}


def _names(postmortem: Postmortem) -> set[str]:
    from incidents.selectors import details

    people = {
        span.user.name for incident in postmortem.incidents.all() for span in details.spans(incident) if span.user.name
    }
    return people | {name.split()[0] for name in people}


def _item_facts(item: Any) -> completeness.ItemFacts:
    return completeness.ItemFacts(
        title=item.title,
        type=item.type,
        has_owner=item.owner_id is not None,
        due_on=item.due_on,
        priority=item.priority,
        ticket_url=item.ticket_url,
    )
