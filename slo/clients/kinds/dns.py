"""DNS: one question to a resolver, its response code, and the records that must come."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from time import perf_counter
from typing import Any

import dns.asyncquery
import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver
from dns.message import Message

from portal.lib import safe_sockets
from portal.lib.safe_sockets import Target
from slo.clients.kinds.base import Failure, Kind, Talk, attempt
from slo.domain.option_values import Option, Shape
from slo.domain.probing import Outcome, Phase, ProbeSpec, too_slow
from slo.domain.targets import host_and_port, is_host

PORT = 53
TYPES = ("A", "AAAA", "CNAME", "MX", "NS", "TXT", "SOA", "SRV", "CAA", "PTR")
CODES = ("NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED", "FORMERR", "NOTIMP")
MATCHES = (("all", "All of them are there"), ("exact", "Exactly these"), ("any", "At least one is there"))


class DnsKind(Kind):
    """Asks one resolver over UDP, and over TCP where the answer is too long for that."""

    key = "dns"
    label = "DNS"
    summary = "Asks a resolver for a name and looks at the response code and the records."
    target_label = "Name"
    target_hint = "example.com"
    options = (
        Option("record_type", "Record type", Shape.CHOICE, default="A", choices=tuple((name, name) for name in TYPES)),
        Option("resolver", "Resolver", Shape.TEXT, help="An address such as 9.9.9.9:53; empty: the portal's own."),
        Option(
            "rcode", "Response code", Shape.CHOICE, default="NOERROR", choices=tuple((name, name) for name in CODES)
        ),
        Option(
            "answers",
            "Expected records",
            Shape.LINES,
            default=[],
            longest=500,
            help="One on each line, such as 192.0.2.7; none: any record will do.",
        ),
        Option("match", "How they must match", Shape.CHOICE, default="all", choices=MATCHES),
    )

    def check_target(self, url: str) -> None:
        """Refuses what is no name."""
        if not is_host(url.strip()):
            raise ValueError("Give a name, such as example.com.")

    def check_options(self, options: Any) -> dict[str, str]:
        """Refuses a resolver that is no host."""
        try:
            host_and_port(options.get("resolver") or "192.0.2.1", PORT)
        except ValueError as error:
            return {"resolver": str(error)}
        return {}

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Asks once and judges the answer."""
        return await attempt(spec, self._run)

    async def _run(self, talk: Talk) -> Outcome:
        address, port = await _resolver(talk, talk.option(self, "resolver"))
        kind = dns.rdatatype.from_text(talk.option(self, "record_type"))
        talk.watch.begin("wait")
        started = perf_counter()
        answer = await _asked(dns.message.make_query(talk.spec.url.strip(), kind), address, port)
        latency = timedelta(seconds=perf_counter() - started)
        talk.watch.stop()
        if reason := self._broken(talk, answer, records(answer, kind)) or too_slow(latency, talk.spec):
            raise Failure(reason, Phase.ASSERTION, answer.to_text().encode(), latency=latency)
        return Outcome(True, latency)

    def _broken(self, talk: Talk, answer: Message, found: Sequence[str]) -> str:
        code, wanted = dns.rcode.to_text(answer.rcode()), talk.option(self, "rcode")
        if code != wanted:
            return f"The response code was {code}, expected was {wanted}."
        expected = talk.option(self, "answers")
        if code == "NOERROR" and not expected and not found:
            return f"There is no record of type {talk.option(self, 'record_type')}."
        return unmatched(expected, found, talk.option(self, "match")) if expected else ""


async def _resolver(talk: Talk, given: str) -> tuple[str, int]:
    """The address of the resolver: a given one is checked like any target, the portal's own is the operator's."""
    talk.watch.begin("resolve")
    if not given:
        own = dns.resolver.get_default_resolver()
        return str(own.nameservers[0]), own.port
    host, port = host_and_port(given, PORT)
    target = await safe_sockets.resolve(Target(given, host, port), talk.spec.ip_family)
    return target.found[0], port


async def _asked(question: Message, address: str, port: int) -> Message:
    try:
        answer, _ = await dns.asyncquery.udp_with_fallback(
            question, address, port=port, ignore_unexpected=True, ignore_errors=True
        )
    except dns.exception.DNSException as error:
        raise Failure(f"The answer is malformed: {type(error).__name__}.", Phase.BODY) from error
    except (EOFError, asyncio.IncompleteReadError) as error:
        raise Failure("The resolver broke off before the answer was complete.", Phase.BODY) from error
    return answer


def records(answer: Message, kind: Any) -> list[str]:
    """The records of a type as people write them: names without the last dot, texts without quotes."""
    return [_plain(item.to_text()) for group in answer.answer if group.rdtype == kind for item in group]


def _plain(text: str) -> str:
    return text.strip().removesuffix(".").replace('" "', "").strip('"')


def unmatched(expected: Sequence[str], found: Sequence[str], match: str) -> str:
    """Why the records found are not those expected, in a sentence; letters count alike, large or small."""
    wanted = {_plain(one).lower() for one in expected}
    there = {one.lower() for one in found}
    missing, surplus = sorted(wanted - there), sorted(there - wanted)
    got = f"got {', '.join(sorted(found)) or 'none'}"
    if match == "any":
        return "" if wanted & there else f"None of the expected records is there, {got}."
    if missing:
        return f"Expected records are missing: {', '.join(missing)}; {got}."
    return f"There are other records as well: {', '.join(surplus)}." if match == "exact" and surplus else ""
