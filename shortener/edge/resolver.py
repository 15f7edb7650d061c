"""From a request to a ready answer: an LRU of rendered answers, the replica below it, `decide` between them.

Lives on the loop's thread. An answer is kept at most LIFETIME seconds (absolute: a hit does not renew it), never beyond
the moment at which the decision would change, and is dropped as soon as its link changes.
"""

import logging
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable

import lmdb

from shortener.domain import replica as shape
from shortener.domain.paths import readings
from shortener.domain.redirect import Answer, Kind, LinkFacts, RequestFacts, decide
from shortener.domain.replica import DomainFacts
from shortener.domain.rules import ask_for_query
from shortener.domain.texts import OWN_PAGES, REPORTED, STATUSES, Text
from shortener.edge import pages
from shortener.edge.ready import Ready, Wanted, paged, redirected
from shortener.edge.store import Replica

LIFETIME = 5.0
NEGATIVE_LIFETIME = 1.0
FRESH_LIFETIME = 0.2
"""Life of an answer that PostgreSQL gave before the replica had the link: no change could drop it."""

CAPACITY = 50_000
MOST_NEGATIVES = 1000
"""Unknown links that are kept at a time; more than that is somebody who guesses, and no answer is asked for twice."""

MOST_HOSTS = 1000
DECIDED_ANEW = frozenset({Kind.REDIRECT, Kind.PORTAL, Kind.PASSWORD})
"""Kinds of answers that depend on the visitor's query where the link says so."""

log = logging.getLogger(__name__)


class Resolver:
    """Answers of one edge. `entries` is read directly by the connections: key is `host GET path`."""

    def __init__(self, *, portal_url: str, link_host: str) -> None:
        self.entries: OrderedDict[bytes, Ready] = OrderedDict()
        self.replica: Replica | None = None
        self.on_broken: Callable[[], None] = lambda: None
        self._portal_url = portal_url
        self._pages = {
            kind: pages.choices(kind, portal_url=portal_url if kind in REPORTED else "") for kind in STATUSES
        }
        self._link_host = link_host
        self._by_link: defaultdict[bytes, list[bytes]] = defaultdict(list)
        self._negatives: set[bytes] = set()
        self._negatives_until = 0.0
        self._hosts: dict[bytes, DomainFacts | None] = {}
        self._absent: dict[str, Ready] = {}
        self.epoch = 0
        """Grows with every change heard of: what was asked for in an earlier epoch is not kept."""
        self._domains: dict[str, DomainFacts] = {}

    # What the follower tells, through the loop.

    def swap(self, replica: Replica) -> None:
        """Serve from another generation."""
        former, self.replica = self.replica, replica
        replica.refresh()
        self.set_domains(replica.domains())
        if former is not None:
            former.close()

    def lose(self) -> None:
        """Read the replica no more; it is closed by nobody, since the follower may still hold it."""
        self.replica = None

    def set_domains(self, domains: Iterable[DomainFacts]) -> None:
        """Serve these domains; the link URL's host stands for the default domain unless it is one itself."""
        self._domains = {domain.name.lower(): domain for domain in domains}
        default = next((domain for domain in self._domains.values() if domain.is_default), None)
        if default is None and len(self._domains) == 1:
            default = next(iter(self._domains.values()))
        self._hosts.clear()
        if default is not None and self._domain(self._link_host.encode()) is None:
            self._domains[self._link_host] = default
        self.drop_all()

    def changed(self, keys: Iterable[bytes]) -> None:
        """Forget the answers of these links and see the replica's last commit."""
        self.epoch += 1
        if self.replica is not None:
            self.replica.refresh()
        for key in keys:
            for entry in self._by_link.pop(key, ()):
                del self.entries[entry]
                self._negatives.discard(entry)

    def drop_all(self) -> None:
        """Forget every ready answer."""
        self.entries.clear()
        self._by_link.clear()
        self._negatives.clear()
        self._hosts.clear()
        self._absent.clear()

    def drop_negatives(self) -> None:
        """Forget that links are unknown: one may have been created."""
        self.epoch += 1
        for key in list(self._negatives):
            self._evict(key)

    # What a connection asks when `entries` has nothing valid.

    def resolve(self, host: bytes, path: bytes, now: float) -> Ready:
        """The answer for a path without query; kept, unless its `lookup` says that PostgreSQL may know more."""
        ready = self._resolve(host, path, now)
        if ready.lookup is None:
            self.keep(host, path, ready)
        return ready

    def renew(self, ready: Ready, now: float) -> bool:
        """Whether a kept answer is good for another LIFETIME: the replica still has the very same link.

        The same link is decided alike until `until`; a change of the domains has dropped every answer.
        """
        if not ready.packed or now >= ready.until or self.replica is None or not ready.is_plain:
            return False
        try:
            is_same = self.replica.packed(ready.key) == ready.packed
        except lmdb.Error:
            return False
        if is_same:
            ready.valid_until = min(ready.until, now + LIFETIME)
        return is_same

    def _resolve(self, host: bytes, path: bytes, now: float) -> Ready:
        if path in _DOCUMENTS:
            return _document(path, now)
        if self.replica is None:
            return paged("unavailable", self._pages["unavailable"], now)
        try:
            return self._served(self.replica, host, path, now)
        except lmdb.Error as error:
            log.warning("the replica cannot be read", extra={"trouble": str(error)})
            self.lose()
            self.on_broken()
            return self._resolve(host, path, now)

    def _served(self, replica: Replica, host: bytes, path: bytes, now: float) -> Ready:
        domain = self._domain(host)
        if domain is None:
            ready = paged("unknown_host", self._pages["unknown_host"], now + LIFETIME)
            return ready.named(host.decode("latin-1").lower(), "")
        found = readings(path)
        if not found:
            ready = paged("bad_path", self._pages["bad_path"], now + LIFETIME).named(domain.name, "")
            ready.is_recorded = False
            return ready
        if not found[0].slug:
            return self._own_page(domain, "root", now + LIFETIME).named(domain.name, "")
        for slug, rest, wants_preview in found:
            wanted = Wanted(
                domain.name, shape.slug_key(slug, case_sensitive=domain.case_sensitive), rest, wants_preview
            )
            packed = replica.packed(shape.link_key(domain.name, wanted.slug))
            if packed is not None:
                ready = self.answer(wanted, replica.unpack(packed), now)
                if not rest and not wants_preview:  # else a link of the whole path may come to be
                    ready.packed = packed
                return ready
        return self._unknown(domain, wanted, found[0].slug, now)

    def _unknown(self, domain: DomainFacts, wanted: Wanted, slug: str, now: float) -> Ready:
        """The page of a link that nobody knows; made once for each domain."""
        model = self._absent.get(domain.name)
        if model is None:
            model = self._absent[domain.name] = self._own_page(domain, Kind.UNKNOWN, now)
            model.is_miss, model.is_plain = True, False
        ready = model.copy().named(domain.name, wanted.slug if wanted.preview else slug)
        ready.key = shape.link_key(domain.name, wanted.slug)
        ready.lookup = wanted
        ready.valid_until = now + NEGATIVE_LIFETIME
        return ready

    def answer(self, wanted: Wanted, facts: LinkFacts, now: float, *, fresh: bool = False) -> Ready:
        """The ready answer for a link; `fresh` if its facts come from PostgreSQL and not from the replica."""
        domain, slug, rest, wants_preview = wanted
        request = RequestFacts(domain=domain, slug=slug, rest=rest, preview=wants_preview, portal_url=self._portal_url)
        decision = decide(facts, request, now)
        ready = self.rendered(decision, domain)
        ready.named(domain, slug)
        ready.until = decision.valid_until
        ready.valid_until = min(ready.until, now + (FRESH_LIFETIME if fresh else LIFETIME))
        ready.key = shape.link_key(domain, slug)
        ready.facts, ready.request = facts, request
        ready.is_miss = decision.kind is Kind.UNKNOWN or decision.kind is Kind.DELETED
        if decision.kind in DECIDED_ANEW:
            ready.is_personal = facts.is_personal and decision.kind is Kind.REDIRECT
            ready.forwards = facts.forward_query or (
                ask_for_query(facts.rules) if ready.is_personal else bool(facts.rules)
            )
        if ready.is_miss or ready.is_personal:
            ready.is_plain = False
        if decision.kind is not Kind.UNKNOWN:
            ready.link_id = facts.id
        return ready

    def rendered(self, decision: Answer, domain: str) -> Ready:
        """The answer of a decision: a redirect, or the page of its kind."""
        if decision.location is not None:
            return redirected(decision)
        return self._own_page(self._domains.get(domain), decision.kind, decision.valid_until)

    def _own_page(self, domain: DomainFacts | None, kind: str, valid_until: float) -> Ready:
        """The page of a kind: where the domain's owner leads, what they say, or our own words."""
        own = domain.page(OWN_PAGES[kind]) if domain is not None and kind in OWN_PAGES else {}
        if own.get("target"):
            ready = redirected(Answer(Kind.REDIRECT, 302, own["target"]), kind)
            ready.valid_until = valid_until
            return ready
        if own:
            text = Text(own.get("title", ""), own.get("text", ""))
            return paged(kind, pages.choices(kind, own=text, portal_url=self._portal_url), valid_until)
        return paged(kind, self._pages[kind], valid_until)

    def keep(self, host: bytes, path: bytes, ready: Ready) -> None:
        """Keep an answer for as long as it is valid; the least recently used one makes room. Unknowns are few."""
        if ready.lookup is not None and not self._may_keep_negative(ready):
            return
        key = ready.entry = host + b" GET " + path
        if key in self.entries:
            self._evict(key)
        self.entries[key] = ready
        if ready.key:
            self._by_link[ready.key].append(key)
        if ready.lookup is not None:
            self._negatives.add(key)
        if len(self.entries) > CAPACITY:
            self._evict(next(iter(self.entries)))

    def _may_keep_negative(self, ready: Ready) -> bool:
        if len(self._negatives) >= MOST_NEGATIVES and ready.valid_until > self._negatives_until:
            for key in list(self._negatives):
                self._evict(key)
        if not self._negatives:
            self._negatives_until = ready.valid_until + NEGATIVE_LIFETIME
        return len(self._negatives) < MOST_NEGATIVES

    def _evict(self, key: bytes) -> None:
        ready = self.entries.pop(key)
        self._negatives.discard(key)
        siblings = self._by_link.get(ready.key)
        if siblings is not None:
            siblings.remove(key)
            if not siblings:
                del self._by_link[ready.key]

    def _domain(self, host: bytes) -> DomainFacts | None:
        try:
            return self._hosts[host]
        except KeyError:
            with_port, bare = shape.host_names(host)
            if len(self._hosts) >= MOST_HOSTS:
                self._hosts.clear()
            domain = self._hosts[host] = self._domains.get(with_port) or self._domains.get(bare)
            return domain


def _document(path: bytes, now: float) -> Ready:
    ready = Ready(_DOCUMENTS[path], "document", now + LIFETIME)
    ready.is_recorded = False
    return ready


_DOCUMENTS = {b"/robots.txt": pages.ROBOTS, b"/favicon.ico": pages.FAVICON}
