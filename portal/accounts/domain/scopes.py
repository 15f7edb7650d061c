"""The scopes of API tokens: what kind of thing a token may read or write, within its owner's roles."""

from collections.abc import Iterable

ADMIN = "admin"
MEANING = {
    "links:read": "read links and their statistics",
    "links:write": "create, change and delete links",
    "links:create": "create links and nothing else",
    "stats:read": "read the statistics of links",
    "domains:admin": "add, change and archive short domains",
    "services:read": "read services and their dependencies",
    "services:write": "create, change and archive services",
    "slos:read": "read SLOs, budgets and probes",
    "slos:write": "create and change SLOs and probes",
    "releases:read": "read releases and ask the gate",
    "releases:write": "record releases",
    "alerts:read": "read alerts",
    "alerts:write": "open, acknowledge and resolve alerts",
    "oncall:read": "read schedules and who is on call",
    "oncall:write": "change schedules, overrides and policies",
    "incidents:read": "read incidents and their timelines",
    "incidents:write": "declare and run incidents",
    "postmortems:read": "read postmortems and action items",
    "postmortems:write": "write postmortems and action items",
    "reports:read": "read reports",
    "teams:read": "read teams and their members",
    "teams:write": "change teams, members and service accounts",
    "tokens:read": "list API tokens",
    "tokens:write": "create and revoke API tokens",
    "audit:read": "read the audit log",
    ADMIN: "everything that its owner may",
}
CHOICES = [(scope, f"{scope}: {meaning}") for scope, meaning in MEANING.items()]


def unknown(scopes: Iterable[str]) -> list[str]:
    """The words of `scopes` that are no scope, in order."""
    return sorted(set(scopes) - set(MEANING))


def ordered(scopes: Iterable[str]) -> list[str]:
    """The known scopes of `scopes`, each once, in the order of the registry."""
    wanted = set(scopes)
    return [scope for scope in MEANING if scope in wanted]


def beyond(scopes: Iterable[str], held: frozenset[str] | None) -> list[str]:
    """The scopes that go beyond `held`; None or `admin` hold everything."""
    if held is None or ADMIN in held:
        return []
    return sorted(set(scopes) - held)
