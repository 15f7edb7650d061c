"""The settings of `./run`."""

import re
from pathlib import Path

import pytest

from portal.embedded import configuration
from portal.embedded.exceptions import SurroundingsError
from tests.embedded.conftest import ROOT


def test_without_settings_the_defaults_hold() -> None:
    read = configuration.read(Path("/srv/portal"), {})
    assert (read.port, read.link_port, read.admin_ports["edge"], read.admin_ports["pager"]) == (8000, 8001, 8010, 8013)
    assert read.data_dir == Path("/srv/portal/.data")
    assert read.base_url == "http://localhost:8000"


def test_port_0_picks_different_free_ports() -> None:
    zero = {"PORTAL_PORT": "0", "PORTAL_LINK_PORT": "0", "PORTAL_ADMIN_PORT": "0"}
    read = configuration.read(ROOT, zero)
    assert len({read.port, read.link_port, *read.admin_ports.values()}) == 7
    assert read.link_url == f"http://localhost:{read.link_port}"


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://u:p@db/portal\n")
    read = configuration.read(ROOT, {"DATABASE_URL_FILE": str(tmp_path / "url")})
    assert read.database_url == "postgresql://u:p@db/portal"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORTAL_PORT", "http", "PORTAL_PORT must be a whole number from 0 to 65535, not 'http'."),
        ("PORTAL_LINK_PORT", "70000", "PORTAL_LINK_PORT must be a whole number from 0 to 65535, not '70000'."),
        ("PORTAL_WEB_WORKERS", "0", "PORTAL_WEB_WORKERS must be a whole number from 1 to 64, not '0'."),
        ("PORTAL_EMAIL_PORT", "-1", "PORTAL_EMAIL_PORT must be a whole number from 0 to 65535, not '-1'."),
        ("PORTAL_DEBUG", "maybe", "PORTAL_DEBUG must be true or false, not 'maybe'."),
        ("PORTAL_BASE_URL", "portal.example.com", "PORTAL_BASE_URL must be a URL that starts with http or https://."),
        ("REDIS_URL", "http://x", "REDIS_URL must be a URL that starts with redis or rediss or unix://."),
    ],
)
def test_a_malformed_setting_is_refused_in_one_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SurroundingsError) as caught:
        configuration.read(ROOT, {name: value})
    assert str(caught.value) == sentence


def test_a_malformed_database_url_is_not_repeated() -> None:
    with pytest.raises(SurroundingsError, match="DATABASE_URL must be") as caught:
        configuration.read(ROOT, {"DATABASE_URL": "mysql://user:hunter2@db"})
    assert "hunter2" not in str(caught.value)


def test_a_missing_secret_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="which PORTAL_SECRET_KEY_FILE names"):
        configuration.read(ROOT, {"PORTAL_SECRET_KEY_FILE": str(tmp_path / "none")})


def test_every_setting_that_run_reads_is_in_the_example() -> None:
    sources = [ROOT / "run", *(ROOT / "portal" / "embedded").glob("*.py"), ROOT / "shortener" / "edge" / "config.py"]
    names = {name for path in sources for name in re.findall(r"\"(PORTAL_[A-Z_]+)\"", path.read_text())}
    documented = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert names - documented == set()


def test_every_default_in_the_example_is_accepted() -> None:
    lines = re.findall(r"^#([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert configuration.read(ROOT, dict(lines)).port == 8000
