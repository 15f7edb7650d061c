"""Where a visitor arrives: which domain and which link an address names, for pages that anybody may see."""

from dataclasses import dataclass
from urllib.parse import quote

from shortener.domain.paths import Reading, readings
from shortener.domain.redirect import LinkFacts
from shortener.domain.replica import DomainFacts, domain_from_payload, slug_key
from shortener.models import Domain, Link
from shortener.selectors import finding


@dataclass(frozen=True, slots=True)
class Arrival:
    """What stands at an address. `reading` is None for a malformed path, and its slug is empty at the root."""

    domain: Domain | None
    reading: Reading | None
    link: Link | None = None

    @property
    def facts(self) -> LinkFacts | None:
        return finding.facts_of(self.link) if self.link is not None else None


def arrival(domain_name: str, path: str) -> Arrival:
    """What stands at a domain and a (decoded) path, read in the same order as the edges read it."""
    name = domain_name.lower()
    domain = Domain.objects.filter(name=name, archived_at=None).first() if name.isprintable() else None
    found = readings(f"/{quote(path, safe='/+')}".encode()) if path.isprintable() else ()
    if domain is None or not found or not found[0].slug:
        return Arrival(domain, found[0] if found else None)
    for reading in found:
        key = slug_key(reading.slug, case_sensitive=domain.case_sensitive)
        link = Link.objects.present().select_related("domain").filter(domain=domain, key=key).first()
        if link is not None:
            return Arrival(domain, reading, link)
    return Arrival(domain, found[-1])


def pages_of(domain: Domain) -> DomainFacts:
    """What the domain's owner wants visitors to see, as the edges know it."""
    return domain_from_payload(domain.name, {"root_target": domain.root_target, "pages": domain.pages})
