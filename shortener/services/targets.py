"""The one parse of every address that a link may lead to, by the rules of the WHATWG."""

import can_ada
from django.conf import settings

from shortener.domain import addresses, targets
from shortener.models import Domain


def served_hosts() -> frozenset[str]:
    """Every host at which links are served."""
    names = Domain.objects.values_list("name", flat=True)
    return frozenset({*names, addresses.link_host(settings.PORTAL_LINK_URL)})


def check(text: str, *, served: frozenset[str]) -> tuple[str, list[str]]:
    """The canonical form of an address and all that is wrong with it.

    http and https only, nothing that does not print, no credentials, and none of our own short addresses.
    """
    problem = targets.text_problem(text)
    if problem:
        return "", [problem]
    try:
        url = can_ada.parse(text.strip())
    except ValueError:
        return "", ["This is not a full address; begin with https://."]
    scheme = url.protocol.removesuffix(":")
    if scheme not in targets.SCHEMES:
        return "", ["Only http:// and https:// addresses can be shortened."]
    problems = []
    if url.has_credentials():
        problems.append("An address must not contain a user name or password.")
    if len(url.href) > targets.MAX_LENGTH:
        problems.append(f"Use at most {targets.MAX_LENGTH} characters.")
    port = targets.effective_port(scheme, url.port)
    link_port = addresses.link_port(settings.PORTAL_LINK_URL)
    if targets.is_self_loop(host=url.hostname, port=port, served=served, link_port=link_port):
        problems.append("This address is a short link of this portal itself.")
    return url.href, problems
