"""The registry of probe kinds: one file per kind, one line here."""

from slo.clients.kinds.base import Kind
from slo.clients.kinds.dns import DnsKind
from slo.clients.kinds.http import HttpKind
from slo.clients.kinds.icmp import IcmpKind
from slo.clients.kinds.scenario import ScenarioKind
from slo.clients.kinds.tcp import TcpKind
from slo.clients.kinds.tls import TlsKind

KINDS: dict[str, Kind] = {
    kind.key: kind for kind in (HttpKind(), ScenarioKind(), TcpKind(), TlsKind(), DnsKind(), IcmpKind())
}
