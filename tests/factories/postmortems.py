"""Postmortems and action items for tests."""

from datetime import UTC, date, datetime
from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from postmortems.domain import sections
from postmortems.models import ActionItem, Covers, ImpactRow, Postmortem, Section, TimelineRow
from tests.factories.accounts import TeamFactory

MADE_AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


class _BarePostmortem(DjangoModelFactory):
    """A postmortem without sections."""

    class Meta:
        model = Postmortem

    team = SubFactory(TeamFactory)
    title = Sequence(lambda n: f"Checkout was down ({n})")
    severity = 2
    created_at = MADE_AT


BarePostmortemFactory: Any = _BarePostmortem


def postmortem(*, texts: dict[str, str] | None = None, incident: Any = None, **fields: Any) -> Postmortem:
    """A postmortem with all its sections, empty but for `texts`."""
    made: Postmortem = BarePostmortemFactory(**fields)
    for position, template in enumerate(sections.TEMPLATES):
        text = (texts or {}).get(template.key, "")
        Section.objects.create(
            postmortem=made, key=template.key, text=text, is_public=template.is_public, position=position
        )
    if incident is not None:
        Covers.objects.create(postmortem=made, incident=incident)
    return made


def complete_postmortem(**fields: Any) -> Postmortem:
    """A postmortem without required findings: its required sections are written, and nothing follows for a reason."""
    texts = {template.key: f"About {template.key}." for template in sections.TEMPLATES if template.is_required}
    return postmortem(texts=texts, **{"no_items_reason": "It costs more than it saves.", **fields})


class _ActionItem(DjangoModelFactory):
    class Meta:
        model = ActionItem

    team = SubFactory(TeamFactory)
    title = Sequence(lambda n: f"Refuse empty configs ({n})")
    type = "prevent"
    priority = 1
    due_on = date(2026, 3, 10)
    created_at = MADE_AT


ActionItemFactory: Any = _ActionItem


class _ImpactRow(DjangoModelFactory):
    class Meta:
        model = ImpactRow

    postmortem = SubFactory(BarePostmortemFactory)
    label = "Orders lost"
    value = 120
    unit = "orders"


ImpactRowFactory: Any = _ImpactRow


class _TimelineRow(DjangoModelFactory):
    class Meta:
        model = TimelineRow

    postmortem = SubFactory(BarePostmortemFactory)
    at = MADE_AT
    text = "The config was shipped"


TimelineRowFactory: Any = _TimelineRow
