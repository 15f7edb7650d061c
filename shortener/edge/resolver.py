"""From a request to a ready answer: an LRU of rendered answers, the replica below it, `decide` between them.

Lives on the loop's thread. An answer is kept at most LIFETIME seconds (absolute: a hit does not renew it), never beyond
the moment at which the decision would change, and is dropped as soon as its link changes.
"""

import logging
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable

import lmdb

from shortener.domain import replica as shape
from shortener.domain.redirect import NO_STORE, Answer, Kind, LinkFacts, RequestFacts, decide
from shortener.domain.replica import DomainFacts
from shortener.domain.segments import LIMITS
from shortener.edge import pages
from shortener.edge.pages import Response
from shortener.edge.store import Replica

LIFETIME = 5.0
NEGATIVE_LIFETIME = 1.0
FRESH_LIFETIME = 0.2
"""Life of an answer that PostgreSQL gave before the replica had the link: no change could drop it."""

CAPACITY = 50_000
MOST_NEGATIVES = 1000
"""Unknown links that are kept at a time; more than that is somebody who guesses, and no answer is asked for twice."""

MOST_HOSTS = 1000
log = logging.getLogger(__name__)

KINDS = (*map(str, Kind), "unknown_host", "unavailable", "root", "document", "bad_path")
_KIND_NUMBERS = {name: number for number, name in enumerate(KINDS)}


class Ready:
    """A rendered answer, and what its click record says of the link."""

    __slots__ = (
        "body", "dated", "entry", "facts", "forwards", "headers", "host_length", "is_plain", "is_recorded",
        "key", "kind", "lengths", "link", "link_id", "lookup", "names", "problem", "slug_length", "start", "status",
        "valid_until", "wire",
    )  # fmt: skip

    def __init__(self, response: Response, kind: str, valid_until: float) -> None:
        self.wire = self.dated = self.entry = self.link = self.lengths = b""
        self.start, self.headers, self.body = response.start, response.headers, response.body
        self.status = response.status
        self.kind = _KIND_NUMBERS[kind]
        self.valid_until = valid_until
        self.link_id = 0
        self.key = b""
        self.names = b""
        self.host_length = 0
        self.slug_length = 0
        self.problem: Response | None = None
        self.is_recorded = True
        self.is_plain = not response.body
        """Whether it is the same for every request: a redirect."""
        self.facts: LinkFacts | None = None
        self.forwards = False
        self.lookup: tuple[str, str, bool] | None = None

    def copy(self) -> "Ready":
        """The same answer, to be given another link's name."""
        twin = Ready.__new__(Ready)
        twin.wire = twin.dated = twin.entry = twin.link = twin.lengths = twin.key = twin.names = b""
        twin.start, twin.headers, twin.body, twin.problem = self.start, self.headers, self.body, self.problem
        twin.status, twin.kind, twin.valid_until = self.status, self.kind, self.valid_until
        twin.link_id, twin.host_length, twin.slug_length = self.link_id, self.host_length, self.slug_length
        twin.is_recorded, twin.is_plain, twin.forwards = self.is_recorded, self.is_plain, self.forwards
        twin.facts, twin.lookup = self.facts, self.lookup
        return twin


class Resolver:
    """Answers of one edge. `entries` is read directly by the connections: key is `host GET path`."""

    def __init__(self, *, portal_url: str, link_host: str) -> None:
        self.entries: OrderedDict[bytes, Ready] = OrderedDict()
        self.replica: Replica | None = None
        self.on_broken: Callable[[], None] = lambda: None
        self._portal_url = portal_url
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

    def _resolve(self, host: bytes, path: bytes, now: float) -> Ready:
        if path in _DOCUMENTS:
            return _document(path, now)
        if self.replica is None:
            ready = self._page(503, "unavailable", now)
            ready.valid_until = now
            return ready
        try:
            return self._served(self.replica, host, path, now)
        except lmdb.Error as error:
            log.warning("the replica cannot be read", extra={"trouble": str(error)})
            self.replica = None  # closed by nobody: the follower may still hold it
            self.on_broken()
            return self._resolve(host, path, now)

    def _served(self, replica: Replica, host: bytes, path: bytes, now: float) -> Ready:
        domain = self._domain(host)
        if domain is None:
            return _named(self._page(404, "unknown_host", now + LIFETIME), host.decode("latin-1").lower(), "")
        slug = shape.slug_of_path(path)
        if slug is None:
            ready = _named(self._page(400, "bad_path", now + LIFETIME), domain.name, "")
            ready.is_recorded = False
            return ready
        if not slug:
            return _named(self._root(domain, now), domain.name, "")
        return self._link(replica, domain, slug, now)

    def _link(self, replica: Replica, domain: DomainFacts, slug: str, now: float) -> Ready:
        slug = shape.slug_key(slug, case_sensitive=domain.case_sensitive)
        facts = replica.find(shape.link_key(domain.name, slug))
        wants_preview = facts is None and slug.endswith("+")
        if wants_preview:
            slug = slug[:-1]
            facts = replica.find(shape.link_key(domain.name, slug))
        if facts is None:
            return self._unknown(domain.name, slug, now, wants_preview=wants_preview)
        return self.answer(domain.name, slug, facts, now, wants_preview=wants_preview)

    def _unknown(self, domain: str, slug: str, now: float, *, wants_preview: bool) -> Ready:
        """What `answer` says of a link that nobody knows; made once for each domain."""
        model = self._absent.get(domain)
        if model is None:
            model = self._absent[domain] = self.answer(domain, "", None, now)
        ready = _named(model.copy(), domain, slug)
        ready.key = shape.link_key(domain, slug)
        ready.lookup = (domain, slug, wants_preview)
        ready.valid_until = now + NEGATIVE_LIFETIME
        return ready

    def answer(
        self,
        domain: str,
        slug: str,
        facts: LinkFacts | None,
        now: float,
        *,
        wants_preview: bool = False,
        fresh: bool = False,
    ) -> Ready:
        """The ready answer for a link; `fresh` if its facts come from PostgreSQL and not from the replica."""
        request = RequestFacts(domain=domain, slug=slug, preview=wants_preview, portal_url=self._portal_url)
        decision = decide(facts, request, now)
        ready = _rendered(decision)
        lifetime = FRESH_LIFETIME if fresh and facts else LIFETIME if facts else NEGATIVE_LIFETIME
        ready.valid_until = min(decision.valid_until, now + lifetime)
        ready.key = shape.link_key(domain, slug)
        _named(ready, domain, slug)
        if facts is None:
            ready.lookup = (domain, slug, wants_preview)
            return ready
        ready.link_id = facts.id
        ready.forwards = facts.forward_query and decision.kind is Kind.REDIRECT
        ready.facts = facts
        return ready

    def forwarded(self, ready: Ready, query: bytes, now: float) -> Ready:
        """The answer of a link that forwards queries, for this one query; it is not kept."""
        if ready.facts is None:
            return ready
        decision = decide(ready.facts, RequestFacts(query=query.decode("latin-1")), now)
        special = _rendered(decision)
        special.link_id, special.names = ready.link_id, ready.names
        special.host_length, special.slug_length = ready.host_length, ready.slug_length
        return special

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

    def _root(self, domain: DomainFacts, now: float) -> Ready:
        if domain.root_target:
            ready = _rendered(Answer(Kind.REDIRECT, 302, domain.root_target, NO_STORE))
            ready.kind = _KIND_NUMBERS["root"]
            ready.valid_until = now + LIFETIME
            return ready
        return self._page(200, "root", now + LIFETIME)

    def _page(self, status: int, text: str, valid_until: float) -> Ready:
        response = _PAGES.get((status, text)) or pages.page(status, 400 if text == "bad_path" else text)
        ready = Ready(response, text, valid_until)
        ready.problem = _PROBLEMS.get((status, text))
        return ready


def _document(path: bytes, now: float) -> Ready:
    ready = Ready(_DOCUMENTS[path], "document", now + LIFETIME)
    ready.is_recorded = False
    return ready


def _rendered(decision: Answer) -> Ready:
    if decision.location is not None:
        return Ready(pages.redirect(decision), str(decision.kind), decision.valid_until)
    key = (decision.status, str(decision.kind))
    ready = Ready(_PAGES[key], str(decision.kind), decision.valid_until)
    ready.problem = _PROBLEMS[key]
    return ready


def _named(ready: Ready, domain: str, slug: str) -> Ready:
    host, name = domain.encode()[: LIMITS["host"]], slug.encode()[: LIMITS["slug"]]
    ready.names, ready.host_length, ready.slug_length = host + name, len(host), len(name)
    return ready


_ERRORS = [
    (404, "unknown"), (404, "deleted"), (404, "not_yet"), (410, "expired"), (410, "disabled"), (451, "banned"),
    (404, "unknown_host"), (503, "unavailable"),
]  # fmt: skip
_PAGES = {(status, text): pages.page(status, text) for status, text in [*_ERRORS, (200, "root")]}
_PROBLEMS = {(status, text): pages.problem(status, text) for status, text in _ERRORS}
_PAGES[400, "bad_path"] = pages.page(400, 400)
_PROBLEMS[400, "bad_path"] = pages.problem(400, 400)
_DOCUMENTS = {b"/robots.txt": pages.ROBOTS, b"/favicon.ico": pages.FAVICON}
