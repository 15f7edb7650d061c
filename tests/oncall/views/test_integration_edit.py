"""Changing a door."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from oncall.models import Integration
from tests.factories.oncall import IntegrationFactory

ClientFor = Callable[[Any], Client]
FORM = {
    "name": "Disks",
    "rate_per_minute": 60,
    "group_minutes": 5,
    "group_by": "host, job",
    "severities": "sev0 = critical",
}


def url(door: Integration) -> str:
    return f"/oncall/integrations/{door.public_id}/edit/"


def test_everything_is_kept(client_for: ClientFor, alice: Any, team: Any) -> None:
    door = IntegrationFactory(team=team)
    answer = client_for(alice).post(url(door), FORM | {"titles": "headline", "silent_after_minutes": 30})
    door.refresh_from_db()
    assert (answer.status_code, door.group_by, door.group_minutes) == (302, ["host", "job"], 5)
    assert door.settings == {"severities": {"sev0": "critical"}, "titles": ["headline"], "silent_after_minutes": 30}


def test_what_was_set_is_shown(client_for: ClientFor, alice: Any, team: Any) -> None:
    door = IntegrationFactory(team=team, settings={"severities": {"sev0": "critical"}}, group_by=["host"])
    content = client_for(alice).get(url(door)).content
    assert b"sev0 = critical" in content
    assert b'value="host"' in content


def test_a_wrong_word_is_told_at_its_field(client_for: ClientFor, alice: Any, team: Any) -> None:
    answer = client_for(alice).post(url(IntegrationFactory(team=team)), FORM | {"severities": "sev0 = odd"})
    assert "severities" in answer.context["form"].errors


def test_only_grafana_has_a_secret_and_only_mail_has_words(client_for: ClientFor, alice: Any, team: Any) -> None:
    for kind, name in [("grafana", "hmac_secret"), ("mail", "resolve_words")]:
        door = IntegrationFactory(team=team, kind=kind, key_hash=kind)
        form = client_for(alice).get(url(door)).context["form"]
        assert [field for field in ("hmac_secret", "resolve_words") if field in form.fields] == [name]


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert client_for(bob).get(url(IntegrationFactory(team=team))).status_code == 403
