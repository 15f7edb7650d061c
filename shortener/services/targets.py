"""The one parse of every address that a link may lead to, by the rules of the WHATWG."""

from typing import Any
from urllib.parse import urlsplit

import can_ada
from django.conf import settings

from shortener.domain import addresses, targets
from shortener.models import Domain
from shortener.services import blocklists

WRONG_SCHEME = "Only http:// and https:// addresses can be shortened."


def served_hosts() -> frozenset[str]:
    """Every host at which links are served."""
    names = Domain.objects.values_list("name", flat=True)
    return frozenset({*names, addresses.link_host(settings.PORTAL_LINK_URL)})


def check(text: str, *, served: frozenset[str]) -> tuple[str, list[str]]:
    """The canonical form of an address and all that is wrong with it.

    http and https only, nothing that does not print, no credentials, a host that can exist, and none of our own short
    addresses. The canonical form is ASCII.
    """
    problem = targets.text_problem(text)
    if problem:
        return "", [problem]
    try:
        url = can_ada.parse(text.strip())
    except ValueError:
        return "", [_unreadable(text.strip())]
    if url.protocol.removesuffix(":") not in targets.SCHEMES:
        return "", [WRONG_SCHEME]
    return url.href, _problems(url, served) or _blocked(url)


def _problems(url: Any, served: frozenset[str]) -> list[str]:
    checks = (
        (url.has_credentials(), "An address must not contain a user name or password."),
        (len(url.href) > targets.MAX_LENGTH, f"Use at most {targets.MAX_LENGTH} characters."),
        (url.port == "0", "Nothing answers at port 0."),
        (_is_own(url, served), "This address is a short link of this portal itself."),
    )
    host_problem = targets.host_problem(url.hostname)
    return [*([host_problem] if host_problem else []), *(sentence for is_wrong, sentence in checks if is_wrong)]


def host_of(target: str) -> str:
    """The host of a canonical address as hosts are compared; empty for what is no address."""
    try:
        return targets.normal_host(can_ada.parse(target).hostname)
    except ValueError:
        return ""


def _blocked(url: Any) -> list[str]:
    found = blocklists.problem_of(host=url.hostname, address=url.href)
    return [found] if found else []


def _unreadable(text: str) -> str:
    scheme, colon, rest = text.partition("://")
    if colon and scheme.lower() in targets.SCHEMES:
        host = rest.partition("/")[0][:80]
        return f'"{host}" is no host to which an address can lead.'
    return "This is not a full address; begin with https://."


def _is_own(url: Any, served: frozenset[str]) -> bool:
    """Whether links are served there: by an edge, or by the portal on its own origin."""
    port = targets.effective_port(url.protocol.removesuffix(":"), url.port)
    portal = urlsplit(settings.PORTAL_BASE_URL)
    if url.pathname.startswith(targets.FOLLOW_PATH):
        origin = (targets.normal_host(portal.hostname or ""), addresses.link_port(settings.PORTAL_BASE_URL))
        if (targets.normal_host(url.hostname), port) == origin:
            return True
    link_port = addresses.link_port(settings.PORTAL_LINK_URL)
    return targets.is_self_loop(host=url.hostname, port=port, served=served, link_port=link_port)
