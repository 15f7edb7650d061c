"""One's own contacts as an API resource."""

import re
from typing import Any

from django.core import mail

from tests.factories.oncall import ContactFactory

URL = "/api/v1/contacts/"


def test_a_contact_is_added_proved_tried_and_removed(api_for: Any, bob: Any) -> None:
    api = api_for("oncall:read", "oncall:write", user=bob)
    made = api.post(URL, {"kind": "mail", "address": "b@example.com"}).json()
    found = re.search(r"\d{6}", str(mail.outbox[0].body))
    proved = api.post(f"{URL}{made['id']}/verify/", {"code": found[0] if found else ""}).json()
    assert proved["verified_at"] is not None
    assert api.post(f"{URL}{made['id']}/test/").json() == {"problem": "", "answer": "taken by the mail server"}
    assert api.delete(f"{URL}{made['id']}/").status_code == 204


def test_all_that_is_wrong_is_named(api_for: Any, bob: Any) -> None:
    api = api_for("oncall:read", "oncall:write", user=bob)
    assert "address" in str(api.post(URL, {"kind": "sms", "address": "0170"}).json())
    assert api.post(URL, {"kind": "teams", "address": "x"}).status_code in {400, 422}


def test_label_place_and_address_change(api_for: Any, bob: Any) -> None:
    first, second = ContactFactory.create_batch(2, user=bob)
    api = api_for("oncall:read", "oncall:write", user=bob)
    told = {"label": "Work", "position": 1, "address": "new@example.com"}
    made = api.patch(f"{URL}{second.public_id}/", told).json()
    assert (made["label"], made["position"], made["verified_at"]) == ("Work", 1, None)
    assert [one["id"] for one in api.get(URL).json()["items"]] == [second.public_id, first.public_id]
    assert [one.to for one in mail.outbox] == [["new@example.com"]]


def test_a_change_names_all_that_is_wrong(api_for: Any, bob: Any) -> None:
    url = f"{URL}{ContactFactory(user=bob).public_id}/"
    told = {"position": 0, "delay_minutes": 99, "label": "x" * 81, "kind": "sms"}
    answer = api_for("oncall:write", user=bob).patch(url, told)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, set(told))


def test_a_wrong_code_is_counted(api_for: Any, bob: Any) -> None:
    contact = ContactFactory(user=bob, verified_at=None)
    api = api_for("oncall:write", user=bob)
    assert api.post(f"{URL}{contact.public_id}/verify/", {"code": "000000"}).status_code == 422
    contact.refresh_from_db()
    assert contact.code_tries == 1


def test_only_ones_own_are_seen(api_for: Any, alice: Any, bob: Any) -> None:
    contact = ContactFactory(user=bob)
    api = api_for("oncall:read", user=alice)
    assert (api.get(URL).json()["items"], api.get(f"{URL}{contact.public_id}/").status_code) == ([], 404)


def test_the_scope_is_asked_for(api_for: Any, bob: Any) -> None:
    assert api_for("alerts:read", user=bob).get(URL).status_code == 403
