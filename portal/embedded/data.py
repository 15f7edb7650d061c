"""The data servers of one command: those given by environment, those of a running portal, or ones started for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from portal.embedded import given, holder, servers, surroundings
from portal.embedded.configuration import Configuration


@dataclass(frozen=True)
class Data:
    """Where database and broker are, and which servers of ours run for them."""

    database_url: str
    redis_url: str
    running: list[servers.Running]


def start(configuration: Configuration) -> Data:
    """Check the given servers and start the ones that were not given."""
    if configuration.database_url:
        given.check_database(configuration.database_url)
    if configuration.redis_url:
        given.check_redis(configuration.redis_url)
    need_postgres, need_valkey = not configuration.database_url, not configuration.redis_url
    if not (need_postgres or need_valkey):
        return Data(configuration.database_url, configuration.redis_url, [])
    running = servers.start(configuration.data_dir, postgres=need_postgres, valkey=need_valkey)
    urls = {one.name: one.server.url for one in running}
    return Data(
        database_url=configuration.database_url or urls["postgres"],
        redis_url=configuration.redis_url or urls["valkey"],
        running=running,
    )


@contextmanager
def borrowed(configuration: Configuration, *, exclusive: bool = False) -> Iterator[dict[str, str]]:
    """The environment for a single command, with servers: a running portal's, else our own for as long as it takes.

    With `exclusive` a running portal is in the way, and the error says so.
    """
    surroundings.check_data_dir(configuration.data_dir)
    facts = holder.read(configuration.data_dir)
    if holder.alive(facts) and facts.get("data_ready") and not exclusive:
        yield _environment_of_running(configuration, facts)
        return
    hold = holder.Holder(configuration.data_dir)
    hold.take()
    try:
        data = start(configuration)
        try:
            yield environment(configuration, data)
        finally:
            servers.stop(data.running)
    finally:
        hold.release()


def _environment_of_running(configuration: Configuration, facts: Mapping[str, Any]) -> dict[str, str]:
    """What the running portal gave its processes; its ports may be other ones than ours, when they were picked free."""
    data = Data(
        database_url=configuration.database_url or servers.known_url(configuration.data_dir, "postgres"),
        redis_url=configuration.redis_url or servers.known_url(configuration.data_dir, "valkey"),
        running=[],
    )
    same = replace(configuration, base_url=str(facts.get("url")), link_url=str(facts.get("link_url")))
    return environment(same, data)


def environment(configuration: Configuration, data: Data) -> dict[str, str]:
    """What every process of the portal gets to know."""
    own = {
        "PORTAL_DATA_DIR": str(configuration.data_dir),
        "PORTAL_PORT": str(configuration.port),
        "PORTAL_LINK_PORT": str(configuration.link_port),
        "PORTAL_HOST": configuration.host,
        "PORTAL_LINK_HOST": configuration.link_host,
        "PORTAL_BASE_URL": configuration.base_url,
        "PORTAL_LINK_URL": configuration.link_url,
        "PORTAL_SECRET_KEY": configuration.secret_key or servers.secret(configuration.data_dir, "secret_key"),
        "PORTAL_PRIVATE_TARGETS": _private_targets(configuration),
        "PORTAL_ADMIN_EMAIL": configuration.admin_email,
        "DATABASE_URL": data.database_url,
        "REDIS_URL": data.redis_url,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONUNBUFFERED": "1",
    }
    passed = {
        name: value
        for name, value in configuration.environment.items()
        if name.removesuffix("_FILE") not in own and name != "PROMETHEUS_MULTIPROC_DIR" and not _unset(name, value)
    }
    return passed | own


def _unset(name: str, value: str) -> bool:
    """A setting of ours that was left empty counts as not set."""
    return name.startswith("PORTAL_") and not value


def _private_targets(configuration: Configuration) -> str:
    """The addresses on this machine that the portal's probes of itself may ask, beside those that were set."""
    given_targets = configuration.environment.get("PORTAL_PRIVATE_TARGETS", "")
    ports = (configuration.port, configuration.link_port)
    own = [f"{host}:{port}" for host in ("localhost", "127.0.0.1") for port in ports]
    return ",".join([*filter(None, given_targets.split(",")), *own])
