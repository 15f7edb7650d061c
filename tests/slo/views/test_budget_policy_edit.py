"""Setting a policy by hand."""

from decimal import Decimal
from typing import Any

import pytest

from slo.domain.policies import Demand, Kind, Step, Verdict
from slo.selectors import policies
from tests.factories.slo import SloFactory

pytestmark = pytest.mark.django_db
URL = "/policies/services/checkout/edit/"
FORM = {
    "steps-TOTAL_FORMS": "3",
    "steps-INITIAL_FORMS": "0",
    "steps-0-at": "50",
    "steps-0-demand": "slow",
    "steps-0-releases_per_day": "1",
    "steps-0-second_person": "on",
    "steps-1-at": "",
    "steps-1-demand": "announce",
    "steps-2-at": "100",
    "steps-2-demand": "freeze",
    "steps-2-note": "ask Ann",
    "exempt_kinds": ["security"],
    "firing_page": "warn",
    "outside_window": "deny",
    "no_data": "deny",
    "minimum_coverage": "75",
    "environments": "production, canary",
    "reason": "stricter",
}


def test_a_manager_sets_it(service: Any, alice: Any, client_for: Any) -> None:
    assert client_for(alice).post(URL, FORM).status_code == 302
    policy = policies.policy_for(service.pk).policy
    freeze = Step(Decimal(1), Demand.FREEZE, note="ask Ann")
    assert policy.steps == (Step(Decimal("0.5"), Demand.SLOW, 1, second_person=True), freeze)
    assert (policy.exempt_kinds, policy.environments) == ((Kind.SECURITY,), ("production", "canary"))
    assert (policy.no_data, policy.minimum_coverage) == (Verdict.DENY, Decimal("0.75"))


def test_the_form_begins_with_what_holds(service: Any, alice: Any, client_for: Any) -> None:
    SloFactory(service=service, name="Answers in time")
    page = client_for(alice).get(URL).content.decode()
    assert all(text in page for text in ('value="75"', 'value="50"', "Answers in time", 'value="production"'))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"steps-0-at": "0"}, "Give a share above 0"),
        ({"steps-2-at": "2000"}, "Give a share above 0"),
        ({"steps-0-releases_per_day": "1000"}, "Give a whole number from 0 to 100."),
        ({"steps-2-at": "40"}, "Each step begins at a larger share"),
        ({"environments": " , "}, "Name at least one environment"),
        ({"minimum_coverage": "x"}, "Enter a number."),
        ({"no_data": "maybe"}, "Select a valid choice."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_told_at_its_field(
    service: Any, alice: Any, client_for: Any, change: dict[str, str], text: str
) -> None:
    page = client_for(alice).post(URL, {**FORM, **change}).content.decode()
    assert text in page
    assert "ask Ann" in page
    assert policies.own_policy(service) is None


def test_a_change_meanwhile_is_not_overwritten(service: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    client.post(URL, FORM)
    client.post(URL, {**FORM, "no_data": "warn"})
    answer = client.post(URL, {**FORM, "no_data": "allow", "version": "1"})
    assert b"Somebody else changed this" in answer.content


@pytest.mark.parametrize("path", [URL, "/policies/teams/payments/edit/"])
def test_a_responder_sets_none(service: Any, bob: Any, client_for: Any, path: str) -> None:
    assert client_for(bob).post(path, FORM).status_code == 403
