from typing import Any

from django.urls import reverse


def test_it_says_how_things_are(client: Any, db: None) -> None:
    body = client.get(reverse("status_status_json")).json()
    assert body["status"]["indicator"] == "none"
    assert body["page"]["url"].endswith("/status/")
