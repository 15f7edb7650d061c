"""Which host names can serve short links."""

import re

LONGEST = 253
RESERVED_ENDS = frozenset({"localhost", "invalid", "arpa", "onion"})

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def problems(host: str) -> list[str]:
    """All that is wrong with a host name in its ASCII form as the name of a short domain; empty when it may be one."""
    labels = host.split(".")
    if host.startswith("[") or labels[-1].isdigit():
        return ["Give a host name; an address cannot be moved to another server."]
    found = []
    if len(labels) < 2:
        found.append("Give the full name, such as go.example.com.")
    if len(host) > LONGEST or not all(_LABEL.fullmatch(label) for label in labels):
        found.append("Use letters, digits and hyphens between the dots, at most 63 each and 253 in all.")
    if labels[-1] in RESERVED_ENDS:
        found.append(f"Names that end in .{labels[-1]} cannot be reached from outside.")
    return found
