"""What matchers catch: open alerts now, and all of the last seven days; silences as their readers see them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.domain import matchers
from oncall.domain.inhibition import Fact
from oncall.domain.matchers import Matcher
from oncall.models import Alert, InhibitionRule, Silence
from oncall.selectors.inhibitors import LABELLED, Inhibition, inhibition_of
from oncall.selectors.rulebooks import Rulebook, recurrence_of, span_at
from portal.accounts.domain.actors import Actor
from portal.lib import recurrences
from portal.lib.errors import NotFound
from portal.lib.recurrences import BadRecurrence, Span

LOOKED_BACK = timedelta(days=7)
SHOWN = 20
SCANNED = 20_000
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Caught:
    """What is caught now, and how much was in the last week; `is_cut` when there was too much to look at it all."""

    now: Sequence[Alert]
    now_count: int
    week_count: int
    titles: Sequence[tuple[str, int]]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A silence with the span that lasts or comes next; `state` is active, coming or past."""

    silence: Silence
    state: str
    span: Span | None


def preview(team_id: int, wanted: Sequence[Matcher], service_id: int | None, now: datetime) -> Caught:
    """What these matchers catch of a team's alerts, now and in the last seven days."""
    book = Rulebook(now)
    recent = Alert.objects.filter(team_id=team_id, started_at__gte=now - LOOKED_BACK)
    still = Alert.objects.open().filter(team_id=team_id)
    caught = list(_matching(book, list(still.order_by("-pk")[:SCANNED]), wanted, service_id))
    week = recent.only(*LABELLED).order_by("-started_at")[:SCANNED]
    titles: dict[str, int] = {}
    for alert in _matching(book, week, wanted, service_id):
        titles[alert.title] = titles.get(alert.title, 0) + 1
    often = sorted(titles.items(), key=lambda one: -one[1])[:SHOWN]
    is_cut = sum(titles.values()) >= SCANNED
    return Caught(caught[:SHOWN], len(caught), sum(titles.values()), often, is_cut)


def open_ids(book: Rulebook, silence: Silence) -> list[int]:
    """The open alerts of its team that a silence catches, whatever the time."""
    still = Alert.objects.open().filter(team_id=silence.team_id).only(*LABELLED).order_by("pk")
    wanted = matchers.stored(silence.matchers)
    return [one.pk for one in _matching(book, still.iterator(2000), wanted, silence.service_id)]


def inhibited_now(rule: InhibitionRule, now: datetime) -> list[tuple[Alert, Alert]]:
    """Which open alerts a rule keeps quiet, each with the one that does."""
    book, one = Rulebook(now), Inhibition(rule, inhibition_of(rule))
    still = {alert.pk: alert for alert in Alert.objects.open().filter(team_id=rule.team_id, quiet_since=None)}
    facts = [Fact(alert.pk, book.labels_of(alert)) for alert in still.values()]
    for fact in facts:
        one.note(fact)
    pairs = [(fact.id, one.inhibitor(fact)) for fact in facts]
    return [(still[target], still[source]) for target, source in pairs if source is not None][:SHOWN]


def prefilled(alert: Alert) -> tuple[Matcher, ...]:
    """Matchers that catch an alert: its own labels, or its source and title where it has none."""
    own = alert.labels or {"source": alert.source, "title": alert.title}
    return matchers.of_labels(dict(list(own.items())[: matchers.MOST]))


def silences(actor: Actor, *, team: str = "", service: str = "") -> list[Silence]:
    """The silences that `actor` may see, the newest first."""
    found = Silence.objects.visible_to(actor).select_related("team", "service")
    if team:
        found = found.filter(team__slug=team)
    if service:
        found = found.filter(service__slug=service)
    return list(found.order_by("-starts_at", "-pk"))


def get_silence(actor: Actor, public_id: str) -> Silence:
    """One silence, or NotFound."""
    found = Silence.objects.visible_to(actor).select_related("team", "service").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such silence, or you may not see it.")
    return found


def listed(silence: Silence, now: datetime) -> Listed:
    """What a silence does now or next."""
    if silence.ended_at is not None:
        return Listed(silence, "past", None)
    if (span := span_at(silence, now)) is not None:
        return Listed(silence, "active", span)
    try:
        coming = recurrences.occurrences(recurrence_of(silence), now, now + AHEAD)
    except BadRecurrence:
        coming = []
    return Listed(silence, "coming", coming[0]) if coming else Listed(silence, "past", None)


def _matching(
    book: Rulebook, alerts: Iterable[Alert], wanted: Sequence[Matcher], service_id: int | None
) -> Iterator[Alert]:
    for alert in alerts:
        if service_id in (None, alert.service_id) and matchers.match(wanted, book.labels_of(alert)):
            yield alert
