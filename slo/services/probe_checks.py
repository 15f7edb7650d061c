"""Whether what somebody wants of a probe can be had; all that cannot is named at once."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from portal.lib import tls_contexts
from portal.lib.errors import Invalid
from slo.clients.kinds import KINDS
from slo.clients.kinds.base import Kind, cleaned_options
from slo.domain import locations
from slo.domain.option_values import HEADER_NAME
from slo.domain.probing import status_ranges
from slo.models import Probe
from slo.models.probes import IP_FAMILIES, MAXIMUM_INTERVAL, MAXIMUM_LOCATIONS, MAXIMUM_RETRIES, MINIMUM_INTERVAL

LONGEST_TIMEOUT = timedelta(seconds=60)
LARGEST_THRESHOLD = 20
LONGEST_SECRET = 2000
LONGEST_PEM = 20_000
PEMS = frozenset({"client_certificate", "client_key"})
WAYS = ("password", "token", "header_name")


def check(probe: Probe, secrets: Mapping[str, str]) -> None:
    """Cleans the options of `probe`; Invalid names every wrong field, options by their path."""
    found = {name: problem for name, check in CHECKS.items() if (problem := check(probe))}
    kind = KINDS.get(probe.kind)
    if kind is not None:
        probe.options, wrong = cleaned_options(kind, probe.options)
        found |= {f"options.{path}".rstrip("."): problem for path, problem in wrong.items()}
        found |= {f"credentials.{name}": problem for name, problem in secret_problems(kind, secrets).items()}
    if found:
        raise Invalid(fields={name: [problem] for name, problem in found.items()})


def secret_problems(kind: Kind, secrets: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the credentials of a probe, by name."""
    found = {name: f"A probe of kind {kind.label} has no use for this." for name in secrets if name not in kind.secrets}
    found |= {name: problem for name, value in secrets.items() if (problem := _secret_problem(name, value))}
    found |= _lonely(secrets, "username", "password") | _lonely(secrets, "header_name", "header_value")
    if not found.keys() & PEMS:
        found |= _lonely(secrets, *sorted(PEMS)) or _pair_problem(secrets)
    ways = [name for name in WAYS if name in secrets]
    if len(ways) > 1:
        found[ways[1]] = "Choose one way to sign in: a password, a token or a header."
    return found


def _secret_problem(name: str, value: str) -> str:
    longest = LONGEST_PEM if name in PEMS else LONGEST_SECRET
    if len(value) > longest:
        return f"At most {longest} characters."
    if any(not (letter.isprintable() or (name in PEMS and letter in "\r\n\t")) for letter in value):
        return "It holds characters that cannot be sent."
    if name == "header_name" and HEADER_NAME.fullmatch(value) is None:
        return "This is no name of a header."
    return ""


def _lonely(secrets: Mapping[str, str], first: str, second: str) -> dict[str, str]:
    if (first in secrets) is (second in secrets):
        return {}
    absent = second if first in secrets else first
    return {absent: f"Give the {absent.replace('_', ' ')} as well."}


def _pair_problem(secrets: Mapping[str, str]) -> dict[str, str]:
    try:
        tls_contexts.context(certificate=secrets.get("client_certificate", ""), key=secrets.get("client_key", ""))
    except ValueError as error:
        return {"client_certificate": str(error)}
    return {}


def _name(probe: Probe) -> str:
    return "" if probe.name.strip() else "Give the probe a name."


def _kind(probe: Probe) -> str:
    return "" if probe.kind in KINDS else f"There is no kind '{probe.kind}'. There are: {', '.join(KINDS)}."


def _url(probe: Probe) -> str:
    kind = KINDS.get(probe.kind)
    try:
        if kind is not None:
            kind.check_target(probe.url)
    except ValueError as error:
        return str(error)
    return ""


def _method(probe: Probe) -> str:
    kind = KINDS.get(probe.kind)
    if kind is None or probe.method in kind.methods:
        return ""
    return f"Choose one of {', '.join(kind.methods)}."


def _interval(probe: Probe) -> str:
    return "" if MINIMUM_INTERVAL <= probe.interval <= MAXIMUM_INTERVAL else "Choose from 10 to 3600 seconds."


def _timeout(probe: Probe) -> str:
    longest = min(probe.interval / (min(max(probe.retries, 0), MAXIMUM_RETRIES) + 1), LONGEST_TIMEOUT)
    if timedelta(0) < probe.timeout <= longest:
        return ""
    return (
        f"Choose more than 0 and at most {longest.total_seconds():g} seconds: "
        "a run with all its repeats takes no more than the interval."
    )


def _retries(probe: Probe) -> str:
    return "" if 0 <= probe.retries <= MAXIMUM_RETRIES else f"Choose from 0 to {MAXIMUM_RETRIES} repeats."


def _ip_family(probe: Probe) -> str:
    keys = [key for key, _ in IP_FAMILIES]
    return "" if probe.ip_family in keys else f"Choose one of {', '.join(keys)}."


def _expected_status(probe: Probe) -> str:
    try:
        status_ranges(probe.expected_status)
    except ValueError as error:
        return str(error)
    return ""


def _latency_limit(probe: Probe) -> str:
    limit = probe.latency_limit
    if limit is None or timedelta(0) < limit <= probe.timeout:
        return ""
    return "The limit lies above 0 and within the timeout."


def _up_threshold(probe: Probe) -> str:
    return "" if 1 <= probe.up_threshold <= LARGEST_THRESHOLD else "Choose from 1 to 20 results."


def _down_threshold(probe: Probe) -> str:
    return "" if 1 <= probe.down_threshold <= LARGEST_THRESHOLD else "Choose from 1 to 20 results."


def _locations(probe: Probe) -> str:
    names = probe.locations
    if not 1 <= len(names) <= MAXIMUM_LOCATIONS or len(set(names)) < len(names):
        return f"Choose from 1 to {MAXIMUM_LOCATIONS} locations, each once."
    wrong = [name for name in names if not locations.is_name(name)]
    return "A location is named by small letters, digits and dashes, at most 40." if wrong else ""


def _down_locations(probe: Probe) -> str:
    wanted = probe.down_locations
    if wanted is None or 1 <= wanted <= len(probe.locations):
        return ""
    return "Choose from 1 to the number of locations, or nothing for a majority."


CHECKS: dict[str, Callable[[Probe], str]] = {
    "name": _name,
    "kind": _kind,
    "url": _url,
    "method": _method,
    "interval": _interval,
    "timeout": _timeout,
    "retries": _retries,
    "ip_family": _ip_family,
    "expected_status": _expected_status,
    "latency_limit": _latency_limit,
    "up_threshold": _up_threshold,
    "down_threshold": _down_threshold,
    "locations": _locations,
    "down_locations": _down_locations,
}
