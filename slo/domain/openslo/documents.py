"""The documents of files: which there are, by kind and name."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from slo.domain.openslo.nodes import Node, Refusal

VERSION = "openslo/v1"
VERSIONS = (VERSION, "openslo.com/v1")
KINDS = ("DataSource", "SLO", "SLI", "AlertPolicy", "AlertCondition", "AlertNotificationTarget", "Service")
NAME = re.compile(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?", re.ASCII)
Library = dict[tuple[str, str], Node]


def library(documents: Iterable[tuple[str, Any]], refusals: list[Refusal]) -> Library:
    """The documents of `(file, document)` pairs by kind and name, in their order; what is none is refused."""
    found: Library = {}
    for number, (file, value) in enumerate(documents, start=1):
        node = Node(value, file, _title(value, number), refusals)
        key = _key(node)
        if key is not None and key in found:
            node.refuse(f"There is a second {key[0]} of this name.", "metadata.name")
        elif key is not None:
            found[key] = node
    return found


def _title(value: Any, number: int) -> str:
    metadata = value.get("metadata") if isinstance(value, Mapping) else None
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    kind = value.get("kind") if isinstance(value, Mapping) else None
    return f"{kind} {name}" if kind and name else f"document {number}"


def _key(node: Node) -> tuple[str, str] | None:
    if not isinstance(node.value, Mapping):
        node.refuse("A document is a mapping with apiVersion, kind, metadata and spec.")
        return None
    if node.value.get("apiVersion") not in VERSIONS:
        node.refuse(f"This is {VERSION}.", "apiVersion")
    kind = node.value.get("kind")
    if kind not in KINDS:
        node.refuse(f"This is one of {', '.join(KINDS)}.", "kind")
        return None
    name = node.child("metadata").text("name")
    if name and not NAME.fullmatch(name):
        node.refuse(
            "A name has up to 63 small letters, digits and dashes, and begins with a letter or digit.", "metadata.name"
        )
        return None
    return (kind, name) if name else None
