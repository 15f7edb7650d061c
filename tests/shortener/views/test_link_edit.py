from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password

from portal.accounts.models import AuditEntry
from tests.factories.shortener import LinkFactory, UtmTemplateFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def sent(link: Any, **changed: str) -> dict[str, str]:
    return {"target": link.target, "redirect_status": "302", "version": str(link.version), **changed}


def test_a_change_is_saved(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    response = client_for(bob).post(f"/links/{link.public_id}/edit/", sent(link, title="New"))
    link.refresh_from_db()
    assert (response.status_code, link.title, link.version) == (302, "New", 2)


def test_what_was_not_touched_stays_to_the_microsecond(client_for: ClientFor, bob: Any, team: Any) -> None:
    end = datetime(2030, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)
    link = LinkFactory(team=team, expires_at=end)
    client_for(bob).post(f"/links/{link.public_id}/edit/", sent(link, expires_at="2030-01-01T12:00:00", title="New"))
    link.refresh_from_db()
    assert (link.title, link.expires_at) == ("New", end)


def test_a_change_over_somebody_elses_is_refused(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, version=2)
    page = client_for(bob).post(f"/links/{link.public_id}/edit/", sent(link, title="Mine", version="1"))
    link.refresh_from_db()
    assert "Somebody else changed this" in page.content.decode()
    assert link.title == ""


def test_the_form_shows_what_is_stored(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, tags=["mail", "spring"])
    assert 'value="mail, spring"' in client_for(bob).get(f"/links/{link.public_id}/edit/").content.decode()


def test_errors_stand_at_their_fields(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    page = client_for(bob).post(f"/links/{link.public_id}/edit/", sent(link, target="ftp://x", max_age="-1"))
    assert "Only http:// and https://" in page.content.decode()
    assert "Give seconds from 0" in page.content.decode()


def test_a_viewer_may_not_edit(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get(f"/links/{LinkFactory(team=team).public_id}/edit/").status_code == 403


def posted(client_for: ClientFor, who: Any, link: Any, **changed: str) -> str:
    """The page after the form was sent; what is stored is in `link` then."""
    page: str = client_for(who).post(f"/links/{link.public_id}/edit/", sent(link, **changed)).content.decode()
    link.refresh_from_db()
    return page


def test_every_option_is_saved(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    given = {"forward_path": "on", "is_indexed": "on", "max_visits": "7", "closes_without_counter": "on"}
    posted(client_for, bob, link, **given, expired_target="https://after.example", password="open sesame")
    assert (link.forward_path, link.is_indexed, link.max_visits) == (True, True, 7)
    assert (link.is_open_without_counter, link.expired_target) == (False, "https://after.example/")
    assert check_password("open sesame", link.password_hash)
    assert link.target_hosts == ["after.example", "example.org"]


def test_a_password_stays_when_nobody_touches_it_and_goes_when_asked(
    client_for: ClientFor, bob: Any, team: Any
) -> None:
    link = LinkFactory(team=team, password_hash=make_password("secret"))
    assert "secret" not in posted(client_for, bob, link, title="New")
    assert check_password("secret", link.password_hash)
    posted(client_for, bob, link, remove_password="on")
    assert link.password_hash == ""


def test_the_history_never_holds_a_password(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    posted(client_for, bob, link, password="open sesame")
    assert AuditEntry.objects.get().changes["password"] == ["", "(hidden)"]


RULE = {
    "rules_count": "1",
    "rule0-targets": "1",
    "rule0-name": "Phones",
    "rule0-device": "phone",
    "rule0-to0-target": "HTTPS://m.example",
}


def test_a_rule_is_saved_in_its_canonical_form(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    posted(client_for, bob, link, **RULE)
    phones = [{"type": "device", "values": ["phone"]}]
    assert link.rules == [{"id": 1, "name": "Phones", "conditions": phones, "target": "https://m.example/"}]
    assert "m.example" in link.target_hosts


def test_errors_of_rules_stand_at_their_row_beside_those_of_other_fields(
    client_for: ClientFor, bob: Any, team: Any
) -> None:
    wrong = {**RULE, "rule0-country": "Austria", "rule0-to0-target": "data:x", "rule0-since": "never"}
    page = posted(client_for, bob, LinkFactory(team=team), **wrong, max_age="x")
    assert "Enter a valid date/time." in page
    assert "Enter a whole number." in page
    page = posted(client_for, bob, LinkFactory(team=team), **wrong | {"rule0-since": ""}, title="x" * 201)
    assert "is no country; use two letters" in page
    assert "Only http:// and https://" in page
    assert "Use at most 200 characters." in page


def test_a_button_rearranges_without_saving_and_loses_nothing(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    page = posted(client_for, bob, link, **RULE, form_action="rule.add", title="Kept", max_age="not judged yet")
    assert 'aria-label="Rule 2"' in page
    assert 'value="Phones"' in page
    assert 'value="Kept"' in page
    assert "Enter a whole number" not in page
    assert (link.rules, link.version) == ([], 1)


def test_a_form_without_the_editor_leaves_the_rules_alone(client_for: ClientFor, bob: Any, team: Any) -> None:
    stored = [{"id": 1, "name": "", "conditions": [], "target": "https://m.example/"}]
    link = LinkFactory(team=team, rules=stored)
    posted(client_for, bob, link, title="New")
    assert (link.rules, link.version) == (stored, 2)


def test_utm_parameters_are_put_into_the_target(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, target="https://example.org/?utm_source=old&a=1#top")
    posted(client_for, bob, link, utm_source="mail", utm_campaign="spring sale")
    assert link.target == "https://example.org/?utm_source=mail&a=1&utm_campaign=spring%20sale#top"


def test_the_composed_address_is_shown_before_it_is_saved(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    page = posted(client_for, bob, link, utm_source="mail", form_action="utm_preview")
    assert "<strong>https://example.org/page?utm_source=mail</strong>" in page
    assert link.version == 1


def test_a_template_fills_the_parameters_in(client_for: ClientFor, bob: Any, team: Any, other_team: Any) -> None:
    ours = UtmTemplateFactory(team=team, source="newsletter", campaign="spring")
    theirs = UtmTemplateFactory(team=other_team, source="theirs")
    asked = {"form_action": "utm_template", "utm_campaign": "own"}
    page = posted(client_for, bob, LinkFactory(team=team), utm_template=ours.public_id, **asked)
    assert 'value="newsletter"' in page
    assert 'value="spring"' in page
    assert "theirs" not in posted(client_for, bob, LinkFactory(team=team), utm_template=theirs.public_id, **asked)


def test_the_tester_of_saved_rules_is_offered(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, rules=[{"id": 1, "target": "https://m.example/"}])
    assert "Add a rule" in client_for(bob).get(f"/links/{link.public_id}/edit/").content.decode()


@pytest.mark.parametrize("text", ["\0", "\ufffe", "x" * 5000])
def test_odd_texts_are_no_error_of_the_server(text: str, client_for: ClientFor, bob: Any, team: Any) -> None:
    names = ["target", "title", "tags", "utm_source", "utm_template", "form_action", "rules_count", "version"]
    odd = {**RULE, "rule0-name": text, "rule0-other": text, "rule0-query": text, "rule0-language": text}
    link = LinkFactory(team=team)
    url = f"/links/{link.public_id}/edit/"
    answers = [client_for(bob).post(url, sent(link, **odd | {name: text})).status_code for name in names]
    assert set(answers) <= {200, 302}
