"""What SMS and voice share."""

import base64

import pytest

from oncall.clients import channels, twilio
from oncall.exceptions import DeliveryError
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

SMS = next(one for one in providers.ALL if one.kind == "sms")


@pytest.mark.parametrize(
    ("number", "good"), [("+491701234567", True), ("0170123456", False), ("+0170123456", False), ("+12", False)]
)
def test_a_number_has_its_country(number: str, good: bool) -> None:
    assert (twilio.number_problem(number) == "") is good


def test_the_account_signs_in(provider_http: HttpReceiver) -> None:
    provider_http.answer = SMS.takes
    channels.get("sms").send(providers.page(SMS, provider_http))
    [(path, headers, _)] = provider_http.came
    assert (path, headers["Authorization"]) == (
        "/2010-04-01/Accounts/AC1/Messages.json",
        f"Basic {base64.b64encode(b'AC1:secret').decode()}",
    )


@pytest.mark.parametrize(
    ("status", "code", "permanent"), [(400, 21610, True), (401, 20003, True), (400, 14107, False), (503, 20503, False)]
)
def test_the_codes_of_twilio(provider_http: HttpReceiver, status: int, code: int, permanent: bool) -> None:
    provider_http.answer = (status, f'{{"code": {code}, "message": "no"}}')
    with pytest.raises(DeliveryError, match=str(code)) as refused:
        channels.get("sms").send(providers.page(SMS, provider_http))
    assert refused.value.permanent is permanent
