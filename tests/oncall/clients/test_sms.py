"""Pages by SMS."""

from urllib.parse import parse_qs

from oncall.clients import sms
from oncall.clients.sms import SmsChannel
from oncall.domain import sms_parts
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

SMS = next(one for one in providers.ALL if one.kind == "sms")


def test_how_to_answer_is_never_cut_off() -> None:
    said = sms.body(providers.page(SMS, None, short="x" * 1000))
    assert len(said) <= sms_parts.SEVEN_BITS
    assert said.endswith("Reply 4217 to acknowledge, 4217 resolve to resolve.")


def test_twilio_reports_about_this_page(provider_http: HttpReceiver) -> None:
    provider_http.answer = SMS.takes
    SmsChannel().send(providers.page(SMS, provider_http))
    said = parse_qs(provider_http.came[0][2])
    assert (said["To"], said["From"]) == (["+491701234567"], ["+15550100000"])
    assert said["StatusCallback"] == ["https://portal.example/ingest/callbacks/twilio/status/tok/?page=pag_1"]
