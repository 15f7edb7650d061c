"""TCP probes against real servers."""

from datetime import timedelta
from typing import Any

import pytest

from slo.clients.kinds import KINDS, tcp

GREETED = {"expect": "^220 mail"}


def test_a_dialog_is_held(servers: Any, run: Any) -> None:
    outcome = run("tcp", servers.at("tcp"), dialog=[GREETED, {"send": "EHLO me"}, {"expect": "250 EHLO me\r\n$"}])
    assert (outcome.ok, outcome.reason) == (True, "")
    assert [name for name, _ in outcome.timings] == ["resolve", "connect", "wait", "send"]


def test_each_turn_begins_behind_the_one_before(servers: Any, run: Any) -> None:
    words = [{"expect": "220 "}, {"expect": "^mail"}, {"expect": "ready"}]
    assert run("tcp", servers.at("tcp"), dialog=words).reason == ""


def test_a_connection_alone_will_do(servers: Any, run: Any) -> None:
    assert run("tcp", servers.at("tcp")).ok


@pytest.mark.parametrize(
    ("said", "expected", "reason"),
    [
        ("HANG", "250", "No answer within 0.4 s."),
        ("QUIT", "250", "The connection ended before '250' was seen."),
    ],
)
def test_a_dialog_that_breaks_off_fails_while_waiting(
    servers: Any, run: Any, said: str, expected: str, reason: str
) -> None:
    outcome = run("tcp", servers.at("tcp"), seconds=0.4, dialog=[GREETED, {"send": said}, {"expect": expected}])
    assert (outcome.ok, outcome.phase, outcome.reason) == (False, "wait", reason)


def test_an_endless_answer_is_not_read_for_ever(servers: Any, run: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(tcp, "MAX_BYTES", 10)
    outcome = run("tcp", servers.at("tcp"), dialog=[{"expect": "never"}])
    assert (outcome.phase, outcome.reason) == ("assertion", "'never' was not in the first 10 bytes.")
    assert outcome.sample.startswith("220 mail")


def test_tls_is_spoken_where_asked_for(servers: Any, run: Any) -> None:
    dialog = [{"send": "GET / HTTP/1.1\r\n"}, {"expect": "all well"}]
    known = servers.authority.certificate
    assert run("tcp", servers.at("good"), tls=True, authorities=known, dialog=dialog).ok
    assert run("tcp", servers.at("expired"), tls=True, authorities=known).phase == "tls"


@pytest.mark.parametrize("text", ["example.com", "example.com:0", "example.com:70000", ":25", "a b:25", ""])
def test_a_target_has_a_host_and_a_port(text: str) -> None:
    with pytest.raises(ValueError, match=r"port|host"):
        KINDS["tcp"].check_target(text)


def test_a_slow_one_is_a_failed_assertion(servers: Any, run: Any) -> None:
    outcome = run("tcp", servers.at("tcp"), fields={"latency_limit": timedelta(0)})
    assert (outcome.ok, outcome.phase) == (False, "assertion")
    assert "the limit is 0 ms" in outcome.reason
