"""Setting a release window by hand."""

from datetime import date
from typing import Any

import pytest

from slo.domain.calendar_json import parse
from slo.domain.release_windows import Calendar, Closed, Hours
from slo.models import ReleaseWindow

pytestmark = pytest.mark.django_db
URL = "/policies/teams/payments/window/"
FORM = {
    "hours-TOTAL_FORMS": "2",
    "hours-INITIAL_FORMS": "0",
    "hours-0-days": ["mon", "tue"],
    "hours-0-start": "9:00",
    "hours-0-end": "16:30",
    "hours-1-start": "",
    "zone": "Europe/Vienna",
    "country": "AT",
    "subdivision": "",
    "closed": "2026-12-20..2027-01-02 winter freeze\n2026-05-02",
}


def test_a_manager_sets_it(service: Any, alice: Any, client_for: Any) -> None:
    assert client_for(alice).post(URL, FORM).status_code == 302
    days = (
        Closed(date(2026, 12, 20), date(2027, 1, 2), "winter freeze"),
        Closed(date(2026, 5, 2), date(2026, 5, 2), "closed"),
    )
    expected = Calendar("Europe/Vienna", (Hours((0, 1), 540, 990),), "AT", "", days)
    assert parse(ReleaseWindow.objects.get().definition) == expected


def test_the_form_shows_what_holds(service: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    assert 'value="10:00"' in client.get(URL).content.decode()
    client.post(URL, FORM)
    page = client.get(URL).content.decode()
    assert all(text in page for text in ('value="09:00"', 'value="16:30"', "2026-12-20..2027-01-02 winter freeze"))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"hours-0-end": "8:00"}, "Give two times of one day"),
        ({"hours-0-days": []}, "Give at least one span of hours."),
        ({"zone": "Mars"}, "Give the name of a time zone"),
        ({"country": "ZZ"}, "No holidays are known"),
        ({"closed": "next week"}, "Not a day or days: next week"),
        ({"closed": "2026-02-30"}, "Give two days such as"),
        ({"subdivision": "TX"}, "Choose one of the parts of AT"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_told(service: Any, alice: Any, client_for: Any, change: dict[str, Any], text: str) -> None:
    page = client_for(alice).post(URL, {**FORM, **change}).content.decode()
    assert text in page
    assert not ReleaseWindow.objects.exists()


def test_a_responder_sets_none(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get("/policies/services/checkout/window/").status_code == 403
