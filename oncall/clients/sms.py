"""Pages by SMS; a reply acknowledges."""

from oncall.clients import twilio
from oncall.domain import sms_parts
from oncall.domain.messages import Message, Receipt


class SmsChannel:
    """One short message through Twilio."""

    kind = "sms"
    label = "SMS"
    hint = "A number with its country, such as +491701234567."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        return twilio.number_problem(address)

    def send(self, message: Message) -> Receipt:
        fields = [("Body", body(message))]
        if url := twilio.status_url(message):
            fields.append(("StatusCallback", url))
        return twilio.create("Messages", message, fields)


def body(message: Message) -> str:
    """What is wrong, then how to answer, in two parts at most; the answer is never cut off."""
    if not message.is_page:
        return sms_parts.fitting(message.brief, "")
    answer = f"\nReply {message.code} to acknowledge, {message.code} resolve to resolve." if message.code else ""
    return sms_parts.fitting(" ".join(message.brief.split()), answer)
