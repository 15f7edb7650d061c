"""The labels that matchers see: the sender's own, and what the portal knows beside them."""

from collections.abc import Mapping

PSEUDO = ("severity", "service", "team", "integration", "source", "title")


def known(
    own: Mapping[str, str],
    *,
    severity: str,
    team: str,
    source: str,
    title: str,
    service: str = "",
    integration: str = "",
) -> dict[str, str]:
    """All labels of an alert; the sender's own are never overridden. Service and team are slugs."""
    pseudo = {
        "severity": severity,
        "service": service,
        "team": team,
        "integration": integration,
        "source": source,
        "title": title,
    }
    return pseudo | dict(own)
