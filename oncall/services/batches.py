"""Alerts that are decided about together, in one transaction: what that needs is read once, and written at once.

A signal by itself is a batch of one, so that there is one code that decides. What is rare is done past a batch, on the
rows themselves: within `aside`, or after `write`.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

from django.db import connection
from django.db.models import F, Min, Window
from django.db.models.functions import RowNumber

from oncall.domain import alert_states
from oncall.domain.flapping import Episode
from oncall.models import Alert, AlertEvent, AlertRoute, EscalationPolicy, EscalationRun
from oncall.selectors import lateness
from oncall.selectors.rulebooks import Rulebook
from oncall.services import events, locking, policies, runs
from oncall.services.locking import lockable

EPISODES = 12
LEADS = 5
GROUPS = 8503
IDS = """
SELECT nextval(pg_get_serial_sequence('oncall_alert', 'id')) FROM generate_series(1, %s)
"""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Past:
    """One time that an alert was open, as it was read."""

    pk: int
    status: str
    opened_at: datetime
    resolved_at: datetime | None
    held_by: str


class Batch:
    """Each alert in it is one object, locked or new; what is saved reaches the database with `write`.

    As a context it writes at its end. `expect` says which alerts will be asked for, so that they are read together.
    """

    def __init__(self, now: datetime, *, book: Rulebook | None = None) -> None:
        self.now = now
        self.book = book or Rulebook(now)
        self._expected: dict[str, set[str]] = defaultdict(set)
        self._ids: deque[int] = deque()
        self._new: dict[int, Alert] = {}
        self._changed: dict[int, Alert] = {}
        self._events: list[AlertEvent] = []
        self._runs: dict[int, EscalationRun] = {}
        self._stops: dict[int, AlertEvent | None] = {}
        self.forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self.write()

    def forget(self) -> None:
        """Reads everything again when it is next asked for, and again together; the locks are kept."""
        self._rows: dict[int, Alert] = {}
        self._past: dict[Key, list[Past]] = {}
        self._leads: dict[tuple[int, str, bool], list[Alert]] = {}
        self._opened: dict[int, datetime] = {}
        self._outside: dict[int, set[bool]] | None = None

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Something is done on the rows: all is written before it, and nothing read is believed after it."""
        self.write()
        yield
        self.forget()

    def expect(self, source: str, dedup_keys: Collection[str]) -> None:
        """These alerts of a source will be asked for."""
        self._expected[source].update(dedup_keys)

    def alert(self, alert_id: int, *, among: Collection[int]) -> Alert:
        """One of some alerts, locked with its lead; all of them are read together."""
        if alert_id not in self._rows:
            self._know(locking.locked([one for one in among if one not in self._rows]))
        return self._rows[alert_id]

    def open_alert(self, source: str, dedup_key: str) -> Alert | None:
        """The open alert of a key, locked with its lead."""
        for past in self._read(source, dedup_key):
            alert = self._rows.get(past.pk)
            if alert is not None and alert.is_open:
                return alert
        return None

    def episodes(self, source: str, dedup_key: str) -> list[Episode]:
        """When the alert of a key was open before, the newest first, as the portal heard of it."""
        found = self._read(source, dedup_key)[:EPISODES]
        if any(past.pk not in self._opened for past in found):
            self._read_openings()
        return [self._episode(past) for past in found]

    def lead_of(self, alert: Alert) -> Alert | None:
        """The lead of an alert of this batch, locked as well."""
        return None if alert.lead_id is None else self._rows[alert.lead_id]

    def leads(self, alert: Alert) -> list[Alert]:
        """The newest leads of the group that an alert is of, locked; an alert that may page asks for those that may.

        Two that open a group at the same instant find one another: the second waits for the first.
        """
        place = (alert.team_id, alert.group_key, bool(alert.held_by))
        if place not in self._leads:
            mine = [one for one in self._new.values() if _may_lead(one, alert)]
            self._leads[place] = mine[::-1] or self._stored_leads(alert)
        return self._leads[place]

    def opened_at(self, lead: Alert) -> datetime:
        """When the portal heard of it first, whatever its sender says."""
        if lead.pk not in self._opened:
            fired = lead.events.filter(kind=AlertEvent.Kind.FIRED).order_by("pk").first()
            self._opened[lead.pk] = fired.at if fired else lead.started_at
        return self._opened[lead.pk]

    def has_members(self, lead: Alert, *, held: bool | None = None) -> bool:
        """Whether a locked lead has open members: those that are held, those that are not, or any."""
        wanted = {False, True} if held is None else {held}
        mine = (one for one in self._rows.values() if one.lead_id == lead.pk and one.is_open)
        return any(bool(one.held_by) in wanted for one in mine) or bool(self._members_outside(lead) & wanted)

    def add(self, alert: Alert) -> None:
        """A new alert, with an id from here on."""
        if not self._ids:
            self._ids.extend(_free_ids(max(1, sum(map(len, self._expected.values())))))
        alert.pk = self._ids.popleft()
        self._new[alert.pk] = self._rows[alert.pk] = alert
        self._opened[alert.pk] = self.now
        past = Past(alert.pk, alert.status, alert.started_at, None, alert.held_by)
        self._past.setdefault((alert.source, alert.dedup_key), []).insert(0, past)
        for held in (False, True):
            if alert.lead_id is None and (place := (alert.team_id, alert.group_key, held)) in self._leads:
                self._leads[place].insert(0, alert)

    def save(self, alert: Alert) -> None:
        """A locked alert has changed."""
        if self._rows.setdefault(alert.pk, alert) is not alert:
            raise RuntimeError("An alert of a batch is one object.")
        if alert.pk not in self._new:
            self._changed[alert.pk] = alert

    def record(self, alert: Alert, kind: AlertEvent.Kind, *, actor_label: str, detail: str = "") -> AlertEvent:
        """Appends to the history of an alert."""
        made = events.made(alert, kind, actor_label=actor_label, detail=detail, now=self.now)
        self._events.append(made)
        return made

    def start(self, alert: Alert) -> None:
        """A new alert begins with a run, if the policy walks for its class."""
        run = runs.begun(alert, self._policy_of(alert), now=self.now, due_at=self._due_at)
        if run is not None:
            self._runs[alert.pk] = run

    def stop(self, alert: Alert, told: AlertEvent | None = None) -> None:
        """Ends the run of an alert; `told` will say how many pages that spared."""
        if alert.pk in self._runs:
            runs.end(self._runs[alert.pk], now=self.now)
        elif alert.pk not in self._new:
            self._stops[alert.pk] = told

    def write(self) -> None:
        """Everything saved so far, a statement for each table. IntegrityError where somebody else opened the same."""
        self._end_runs()
        if self._changed:  # first, for what ended may have opened again
            Alert.objects.bulk_create(
                self._changed.values(), update_conflicts=True, unique_fields=["id"], update_fields=CHANGING
            )
        Alert.objects.bulk_create(self._new.values())
        EscalationRun.objects.bulk_create(self._runs.values())
        AlertEvent.objects.bulk_create(self._events)
        for written in (self._stops, self._new, self._changed, self._runs, self._events):
            written.clear()
        self._note_matches()

    def _end_runs(self) -> None:
        spared = runs.stop_all(list(self._stops), now=self.now) if self._stops else {}
        for pk, told in self._stops.items():
            if told is not None:
                told.detail = runs.words(spared[pk])

    @cached_property
    def _due_at(self) -> datetime:
        return lateness.due_from(self.now)

    def _policy_of(self, alert: Alert) -> EscalationPolicy:
        return self.book.policy_of(alert) or policies.ensure_policy(team_id=alert.team_id, now=self.now)

    def _note_matches(self) -> None:
        matched = self.book.newly_matched()
        if matched:
            AlertRoute.objects.filter(pk__in=matched).update(last_matched_at=self.now)

    def _read(self, source: str, dedup_key: str) -> list[Past]:
        if (source, dedup_key) not in self._past:
            wanted = self._expected[source] | {dedup_key}
            self._read_all(source, [key for key in wanted if (source, key) not in self._past])
        return self._past[source, dedup_key]

    def _read_all(self, source: str, dedup_keys: Collection[str]) -> None:
        found = Alert.objects.filter(source=source, dedup_key__in=dedup_keys)
        place = Window(RowNumber(), partition_by="dedup_key", order_by=F("pk").desc())
        columns = ("dedup_key", "pk", "status", "started_at", "resolved_at", "held_by")
        newest = found.annotate(place=place).filter(place__lte=EPISODES).order_by("-pk").values_list(*columns)
        for key in dedup_keys:
            self._past[source, key] = []
        open_ids = []
        for key, *told in newest:
            past = Past(*told)
            self._past[source, key].append(past)
            if past.status in alert_states.OPEN:
                open_ids.append(past.pk)
        if open_ids:
            self._know(locking.locked(open_ids))

    def _know(self, rows: dict[int, Alert]) -> None:
        """Takes rows in that were just locked; one that is known is the same and stays the one object."""
        self._rows = rows | self._rows
        self._outside = None

    def _read_openings(self) -> None:
        """When each alert of the past was heard of first: senders may say what they like about that."""
        pasts = {past.pk: past.opened_at for found in self._past.values() for past in found}
        fired = AlertEvent.objects.filter(alert__in=pasts.keys() - self._opened.keys(), kind=AlertEvent.Kind.FIRED)
        heard = dict(fired.order_by().values_list("alert_id").annotate(first=Min("at")))
        self._opened = pasts | heard | self._opened

    def _episode(self, past: Past) -> Episode:
        known = self._rows.get(past.pk)
        resolved_at, held_by = (known.resolved_at, known.held_by) if known else (past.resolved_at, past.held_by)
        return Episode(self._opened[past.pk], resolved_at, not held_by)

    def _stored_leads(self, alert: Alert) -> list[Alert]:
        found = self._lock_leads(alert)
        if not found:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [GROUPS, alert.group_key])
            found = self._lock_leads(alert)
        self._know({one.pk: one for one in found})
        return [self._rows[one.pk] for one in found]

    def _lock_leads(self, alert: Alert) -> list[Alert]:
        mine = Alert.objects.open().filter(team_id=alert.team_id, group_key=alert.group_key, lead=None)
        if not alert.held_by:
            mine = mine.filter(held_by="")
        return list(lockable(mine).order_by("-pk")[:LEADS])

    def _members_outside(self, lead: Alert) -> set[bool]:
        """Whether open members that are not in this batch are held: asked once for all leads in it."""
        if self._outside is None or lead.pk not in self._outside:
            leads = {lead.pk, *(pk for pk, one in self._rows.items() if one.lead_id is None and pk not in self._new)}
            others = Alert.objects.open().filter(lead__in=leads).exclude(pk__in=list(self._rows)).order_by()
            self._outside = {pk: set() for pk in leads}
            for pk, held_by in others.values_list("lead_id", "held_by").distinct():
                self._outside[pk].add(bool(held_by))
        return self._outside[lead.pk]


CHANGING = [one.attname for one in Alert._meta.concrete_fields if one.attname not in ("id", "public_id")]


def _may_lead(one: Alert, alert: Alert) -> bool:
    is_of_group = (one.team_id, one.group_key, one.lead_id) == (alert.team_id, alert.group_key, None)
    return is_of_group and one.is_open and (bool(alert.held_by) or not one.held_by)


def _free_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(IDS, [count])
        return [int(one[0]) for one in cursor.fetchall()]
