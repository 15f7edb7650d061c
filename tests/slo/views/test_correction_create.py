"""Correcting a budget: seen first, saved as it was seen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from slo.domain.windows import floor_to
from slo.models import Correction
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory, minutes

pytestmark = pytest.mark.django_db
URL = "/corrections/new/?service=checkout"
FORM = {"effect": "exclude", "reason": "The provider was down.", "starts_at": "2026-03-04T11:00"}
FORM |= {"ends_at": "2026-03-04T12:00", "slo": "", "repeats": "", "rrule": "", "zone": "", "seen": ""}


@pytest.fixture
def slo(service: Any) -> Any:
    return SloStatusFactory(slo=SloFactory(service=service, sli=SliFactory(service=service))).slo


def seen(response: Any) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', response.content.decode())
    assert found is not None
    return found[1]


def test_what_was_previewed_is_saved(slo: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    preview = client.post(URL, FORM)
    assert b"What it would change" in preview.content
    assert not Correction.objects.exists()
    assert client.post(URL, {**FORM, "seen": seen(preview), "save": "1"}).url == "/corrections/"
    assert (Correction.objects.get().author, Correction.objects.get().slo) == ("Alice", None)


def test_what_was_changed_since_is_previewed_again(slo: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    known = seen(client.post(URL, FORM))
    again = client.post(URL, {**FORM, "effect": "good", "seen": known, "save": "1"})
    assert seen(again) != known
    assert not Correction.objects.exists()


def test_the_preview_shows_the_budget_before_and_after(slo: Any, alice: Any, client_for: Any) -> None:
    end = floor_to(timezone.now(), timedelta(hours=1))
    minutes(slo.sli, end=end, pairs=[(0, 1)] * 30 + [(1, 1)] * 30)
    span = {"starts_at": f"{end - timedelta(hours=1):%Y-%m-%dT%H:%M}"}
    span["ends_at"] = f"{end - timedelta(minutes=30):%Y-%m-%dT%H:%M}"
    alice.time_zone = "UTC"
    alice.save()
    (found,) = client_for(alice).post(URL, {**FORM, **span}).context["consequences"]
    assert (found.before.counts.bad, found.after.counts.bad, found.after.counts.total) == (30, 0, 30)


def test_a_weekly_one_for_one_slo(slo: Any, alice: Any, client_for: Any) -> None:
    client, form = client_for(alice), {**FORM, "slo": slo.public_id, "repeats": "FREQ=WEEKLY", "zone": "Europe/Vienna"}
    client.post(URL, {**form, "seen": seen(client.post(URL, form)), "save": "1"})
    stored = Correction.objects.get()
    assert (stored.slo, stored.rrule, stored.zone) == (slo, "FREQ=WEEKLY", "Europe/Vienna")


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": ""},
        {"ends_at": "2026-03-04T10:00"},
        {"repeats": "rule"},
        {"repeats": "rule", "rrule": "x"},
        {"zone": "Mars"},
        {"slo": "slo_x"},
        {"starts_at": "0001-01-01T00:00"},
    ],
    ids=["reason", "end", "no rule", "bad rule", "zone", "slo", "year 1"],
)
def test_wrong_input_shows_no_preview(slo: Any, alice: Any, client_for: Any, changes: dict[str, str]) -> None:
    response = client_for(alice).post(URL, {**FORM, **changes})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert b"What it would change" not in response.content


def test_first_a_service_is_chosen(service: Any, alice: Any, client_for: Any) -> None:
    assert b"?service=checkout" in client_for(alice).get("/corrections/new/").content


def test_a_viewer_may_not(service: Any, vera: Any, client_for: Any) -> None:
    assert client_for(vera).get(URL).status_code == 403
