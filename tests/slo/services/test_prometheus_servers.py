from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Conflict, Invalid, PreconditionFailed
from slo.clients.prometheus import PrometheusError
from slo.models import PrometheusServer
from slo.services import prometheus_servers, source_slis

ACTOR = Actor.system("tests")
FACTS = {"name": "main", "url": "https://prometheus.example.com/x", "auth": "bearer", "username": ""}
RATIO = {"mode": "ratio", "bad": "e", "total": "t"}


def made(team: Any, now: datetime, **facts: Any) -> PrometheusServer:
    secret = facts.pop("secret", "s3cret")
    return prometheus_servers.create_server(actor=ACTOR, team_id=team.pk, facts=FACTS | facts, secret=secret, now=now)


def changed(server: PrometheusServer, now: datetime, *, secret: str | None = None, **facts: Any) -> PrometheusServer:
    return prometheus_servers.update_server(actor=ACTOR, server=server, facts=facts, secret=secret, now=now)


def test_the_secret_is_sealed_and_never_in_the_log(team: Any, now: datetime) -> None:
    server = made(team, now)
    assert "s3cret" not in server.credentials
    entry = AuditEntry.objects.get(action="prometheus_server.created")
    assert "s3cret" not in str(entry.changes)


@pytest.mark.parametrize(
    ("facts", "headers"),
    [
        ({"auth": "bearer"}, {"Authorization": "Bearer s3cret"}),
        ({"auth": "basic", "username": "ann"}, {"Authorization": "Basic YW5uOnMzY3JldA=="}),
        ({"auth": "header", "username": "X-Scope-OrgID"}, {"X-Scope-OrgID": "s3cret"}),
        ({"auth": "none"}, {}),
    ],
    ids=["bearer", "basic", "header", "none"],
)
def test_each_sign_in_has_its_header(team: Any, now: datetime, facts: Any, headers: dict[str, str]) -> None:
    assert prometheus_servers.access_of(made(team, now, **facts)).headers == headers


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"name": " "}, ["name"]),
        ({"url": "ftp://x"}, ["url"]),
        ({"url": "https://user:pass@x"}, ["url"]),
        ({"url": "https://x/?a=1"}, ["url"]),
        ({"auth": "magic"}, ["auth"]),
        ({"auth": "header", "username": "Host"}, ["username"]),
        ({"auth": "basic", "username": "a:b"}, ["username"]),
        ({"secret": "line\nbreak"}, ["secret"]),
        ({"secret": ""}, ["secret"]),
        ({"timeout": timedelta(seconds=61)}, ["timeout"]),
        ({"color": "red"}, ["color"]),
        ({"name": "", "url": "x"}, ["name", "url"]),
    ],
    ids=range(12),
)
def test_all_that_is_wrong_is_named(team: Any, now: datetime, facts: Any, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        made(team, now, **facts)
    assert sorted(refused.value.fields) == fields


def test_a_name_is_given_once_in_a_team(team: Any, now: datetime) -> None:
    made(team, now)
    with pytest.raises(Invalid, match="not valid") as refused:
        made(team, now)
    assert list(refused.value.fields) == ["name"]


def test_a_change_keeps_the_secret(team: Any, now: datetime) -> None:
    server = changed(made(team, now), now, name="other", url="https://prometheus.example.com/y")
    assert prometheus_servers.access_of(server).headers == {"Authorization": "Bearer s3cret"}


def test_another_address_needs_the_secret_again(team: Any, now: datetime) -> None:
    server = made(team, now)
    with pytest.raises(Invalid) as refused:
        changed(server, now, url="https://evil.example.com")
    assert list(refused.value.fields) == ["secret"]
    assert changed(server, now, url="https://new.example.com", secret="other").url == "https://new.example.com"


def test_no_sign_in_forgets_the_secret(team: Any, now: datetime) -> None:
    assert changed(made(team, now), now, auth="none").credentials == ""


def test_a_lost_race_is_refused(team: Any, now: datetime) -> None:
    server = made(team, now)
    with pytest.raises(PreconditionFailed):
        prometheus_servers.update_server(actor=ACTOR, server=server, facts={}, secret=None, now=now, expected_version=9)


def test_a_secret_under_another_key_is_a_reason(team: Any, now: datetime) -> None:
    server = made(team, now)
    server.credentials = "nonsense"
    with pytest.raises(PrometheusError, match="Enter it again"):
        prometheus_servers.access_of(server)


def test_a_server_that_is_read_stays(team: Any, service: Any, now: datetime) -> None:
    server = made(team, now)
    source_slis.create_prometheus_sli(actor=ACTOR, service=service, server=server, name="n", settings=RATIO, now=now)
    with pytest.raises(Conflict, match="read this server"):
        prometheus_servers.delete_server(actor=ACTOR, server=server, now=now)


def test_a_server_that_nothing_reads_goes(team: Any, now: datetime) -> None:
    prometheus_servers.delete_server(actor=ACTOR, server=made(team, now), now=now)
    assert not PrometheusServer.objects.exists()
    assert AuditEntry.objects.filter(action="prometheus_server.deleted").exists()


def test_a_test_that_fails_is_kept_on_the_server(team: Any, now: datetime, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = ["127.0.0.1:9"]
    server = made(team, now, url="http://127.0.0.1:9")
    with pytest.raises(Invalid, match="could not be connected"):
        prometheus_servers.try_server(server=server, now=now)
    server.refresh_from_db()
    assert "could not be connected" in server.problem
