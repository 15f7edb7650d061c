"""Servers and environment of one command."""

import os
from dataclasses import replace
from pathlib import Path

from portal.embedded import configuration, data, holder
from portal.embedded.configuration import Configuration
from portal.embedded.data import Data
from portal.embedded.holder import Holder

HERE = Data("postgresql://db/portal", "redis://broker/0", [])


def with_given_servers(settings: Configuration) -> Configuration:
    return replace(settings, database_url=os.environ["DATABASE_URL"], redis_url=os.environ["REDIS_URL"])


def test_given_servers_are_used_and_none_is_started(settings_of_a_run: Configuration) -> None:
    found = data.start(with_given_servers(settings_of_a_run))
    assert (found.database_url, found.running) == (os.environ["DATABASE_URL"], [])


def test_a_command_holds_the_data_directory_while_it_runs(settings_of_a_run: Configuration) -> None:
    with data.borrowed(with_given_servers(settings_of_a_run)):
        assert holder.read(settings_of_a_run.data_dir)["pid"] == os.getpid()
    assert holder.read(settings_of_a_run.data_dir) == {}


def test_a_command_joins_a_portal_that_runs(settings_of_a_run: Configuration) -> None:
    running = Holder(settings_of_a_run.data_dir)
    running.take(url="http://localhost:5", link_url="http://localhost:6", data_ready=True)
    with data.borrowed(with_given_servers(settings_of_a_run)) as environment:
        assert environment["PORTAL_BASE_URL"] == "http://localhost:5"
    running.release()


def test_processes_may_probe_the_portal_itself(settings_of_a_run: Configuration) -> None:
    targets = data.environment(settings_of_a_run, HERE)["PORTAL_PRIVATE_TARGETS"].split(",")
    assert f"127.0.0.1:{settings_of_a_run.port}" in targets


def test_the_secret_key_is_made_once(settings_of_a_run: Configuration) -> None:
    keys = {data.environment(settings_of_a_run, HERE)["PORTAL_SECRET_KEY"] for _ in range(2)}
    assert len(keys) == 1


def test_a_given_secret_key_wins(settings_of_a_run: Configuration) -> None:
    given = replace(settings_of_a_run, secret_key="given")
    assert data.environment(given, HERE)["PORTAL_SECRET_KEY"] == "given"


def test_an_empty_setting_counts_as_unset_and_others_are_passed_on(tmp_path: Path) -> None:
    own = {"PORTAL_DATA_DIR": str(tmp_path), "PORTAL_EMAIL_HOST": "", "PORTAL_EMAIL_FROM": "me@example.com"}
    passed = data.environment(configuration.read(tmp_path, own), HERE)
    assert "PORTAL_EMAIL_HOST" not in passed
    assert passed["PORTAL_EMAIL_FROM"] == "me@example.com"
