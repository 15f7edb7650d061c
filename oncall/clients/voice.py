"""Pages by telephone: a voice reads the alert and takes a key press."""

from oncall.clients import twilio
from oncall.domain import marks
from oncall.domain.messages import Message, Receipt, shortened

EVENTS = ("initiated", "ringing", "answered", "completed")
RING = 30
MOST_READ = 600
KEYS = "Press 1 to acknowledge. Press 2 to resolve. Press 3 to hear it again."


class VoiceChannel:
    """One call through Twilio."""

    kind = "voice"
    label = "Telephone call"
    hint = "A number with its country, such as +491701234567. A voice reads the alert; press 1 to take it on."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        return twilio.number_problem(address)

    def send(self, message: Message) -> Receipt:
        fields = [("Twiml", twiml(message)), ("Timeout", str(RING))]
        if url := twilio.status_url(message):
            fields += [("StatusCallback", url), *(("StatusCallbackEvent", event) for event in EVENTS)]
        return twilio.create("Calls", message, fields)


def twiml(message: Message) -> str:
    """What the call says: twice, with a pause to press a key, where there is something to answer."""
    said = _say(shortened(message.brief, MOST_READ))
    if not (message.is_page and message.callback_url):
        return _response(f'{said}<Pause length="2"/>{said}')
    return asked(f"{message.callback_url}twilio/voice/{message.token}/", message.brief)


def asked(answer_url: str, text: str) -> str:
    """Reads `text`, takes a key, and hangs up after the second time."""
    said = _say(shortened(text, MOST_READ)) + _say(KEYS)
    gather = f'<Gather numDigits="1" timeout="8" action="{marks.xml(answer_url)}" method="POST">{said}</Gather>'
    return _response(gather + gather + _say("Nobody answered. The next person is called."))


def ended(text: str) -> str:
    """Says one sentence and hangs up."""
    return _response(_say(text) + "<Hangup/>")


def _say(text: str) -> str:
    return f'<Say language="en-GB">{marks.xml(" ".join(text.split()))}</Say>'


def _response(inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>'
