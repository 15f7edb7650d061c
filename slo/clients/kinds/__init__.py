"""The registry of probe kinds: one file per kind, one line here."""

from slo.clients.kinds.base import Kind
from slo.clients.kinds.http import HttpKind

KINDS: dict[str, Kind] = {kind.key: kind for kind in (HttpKind(),)}
