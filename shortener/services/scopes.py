"""To which team and domain links belong, and how their domain lets visits be kept: what the drain remembers of links.

A link is forgotten as soon as a change of it is written (`shortener_linkchange`), and the switches of all domains are
read before every batch, so a switch that was turned off holds for whatever is drained from then on.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max

from shortener.domain.reading import Reader, Scope
from shortener.domain.visits import Switches
from shortener.models import Domain, Link, LinkChange

MOST_LINKS = 500_000
LONGEST_TRUST = timedelta(hours=1)
ON = Switches()


class Scopes:
    """The scopes of one reader, kept between its batches."""

    def __init__(self, reader: Reader) -> None:
        self.hosts: frozenset[str] = frozenset()
        self._reader = reader
        self._scopes: dict[tuple[int, int], Scope] = {}
        self._strangers: list[int] = []
        self._switches: dict[int, Switches] = {}
        self._seen = 0
        self._read_at: datetime | None = None

    def refresh(self, now: datetime) -> None:
        """Forgets links that changed since the last batch, and reads the domains and their switches again."""
        self._forget(now)
        self._switches, hosts = {}, []
        columns = ("pk", "name", "archived_at", *(f"records_{name}" for name in Switches._fields[:4]))
        for pk, name, archived_at, *switches in Domain.objects.values_list(*columns, "respects_opt_out"):
            self._switches[pk] = Switches(*switches)
            if archived_at is None:
                hosts.append(name)
        self.hosts = frozenset(hosts)
        for scope in self._scopes.values():
            scope.switches = self._switches.get(scope.domain_id, ON)

    def learn(self, links: Iterable[int]) -> None:
        """Lets the reader know these links; one that is in no table belongs to nobody, and only for this batch."""
        wanted = set(links)
        rows = Link.objects.filter(pk__in=wanted).values_list("pk", "team_id", "domain_id")
        for pk, team_id, domain_id in rows:
            self._reader.scopes[pk] = self._scope(team_id, domain_id)
            wanted.discard(pk)
        for pk in wanted:
            self._reader.scopes[pk] = self._scope(0, 0)
        self._strangers += wanted

    def _scope(self, team_id: int, domain_id: int) -> Scope:
        scope = self._scopes.get((team_id, domain_id))
        if scope is None:
            scope = Scope(team_id, domain_id, self._switches.get(domain_id, ON))
            self._scopes[team_id, domain_id] = scope
        self._reader.show(scope)
        return scope

    def _forget(self, now: datetime) -> None:
        links = self._reader.scopes
        last = LinkChange.objects.aggregate(seq=Max("seq", default=0))["seq"]
        is_old = self._read_at is None or not timedelta(0) <= now - self._read_at < LONGEST_TRUST
        if is_old or last < self._seen or len(links) > MOST_LINKS:
            links.clear()
            self._scopes.clear()
            self._read_at = now
        elif last > self._seen:
            for pk in LinkChange.objects.filter(seq__gt=self._seen).values_list("link_id", flat=True):
                links.pop(pk, None)
        for pk in self._strangers:
            links.pop(pk, None)
        self._strangers = []
        self._seen = last
