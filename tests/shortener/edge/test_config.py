"""Settings from the environment, and the sentence for each that makes no sense."""

from pathlib import Path

import pytest

from shortener.edge.config import ConfigError, from_environment

LEAST = {"DATABASE_URL": "postgresql://db/portal"}


def test_the_defaults() -> None:
    settings = from_environment(LEAST)
    assert (settings.host, settings.port, settings.admin_port, settings.trusted_proxies) == ("127.0.0.1", 8001, 0, 0)
    assert settings.directory == Path(".data/edge/edge-1")
    assert (settings.link_url, settings.link_host) == ("http://127.0.0.1:8001", "127.0.0.1:8001")
    assert (settings.redis_url, settings.unknown_links_per_minute) == ("", 120)


FULL = {
    **LEAST,
    "PORTAL_LINK_PORT": "8101",
    "PORTAL_LINK_HOST": "0.0.0.0",
    "PORTAL_PROCESS_PORT": "9102",
    "PORTAL_DATA_DIR": "/data",
    "PORTAL_EDGE_NAME": "edge-2",
    "PORTAL_BASE_URL": "https://portal.test/",
    "PORTAL_LINK_URL": "https://Sho.Test",
    "PORTAL_TRUSTED_PROXIES": "2",
    "REDIS_URL": "redis://:secret@cache:6379/1",
    "PORTAL_UNKNOWN_LINKS_PER_MINUTE": "30",
}


def test_everything_is_told_by_the_environment() -> None:
    settings = from_environment(FULL)
    assert (settings.host, settings.port, settings.admin_port) == ("0.0.0.0", 8101, 9102)
    assert (settings.directory, settings.name) == (Path("/data/edge/edge-2"), "edge-2")
    assert (settings.portal_url, settings.link_host) == ("https://portal.test", "sho.test")
    assert (settings.trusted_proxies, settings.unknown_links_per_minute) == (2, 30)
    assert settings.redis_url == "redis://:secret@cache:6379/1"


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://db/secret\n")
    settings = from_environment({"DATABASE_URL_FILE": str(tmp_path / "url")})
    assert settings.database_url == "postgresql://db/secret"


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "DATABASE_URL"),
        ({**LEAST, "PORTAL_LINK_PORT": "http"}, "PORTAL_LINK_PORT"),
        ({**LEAST, "PORTAL_TRUSTED_PROXIES": "-1"}, "PORTAL_TRUSTED_PROXIES"),
        ({**LEAST, "PORTAL_EDGE_NAME": "../other"}, "PORTAL_EDGE_NAME"),
        ({**LEAST, "PORTAL_EDGE_NAME": ".."}, "PORTAL_EDGE_NAME"),
        ({**LEAST, "REDIS_URL": "http://cache"}, "REDIS_URL"),
        ({**LEAST, "REDIS_URL": "redis://cache:port"}, "REDIS_URL"),
    ],
)
def test_what_makes_no_sense_is_named(environment: dict[str, str], name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        from_environment(environment)
