"""Pages by telephone."""

from urllib.parse import parse_qs

from oncall.clients import voice
from oncall.clients.voice import VoiceChannel
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

VOICE = next(one for one in providers.ALL if one.kind == "voice")


def test_hostile_text_is_read_and_not_obeyed() -> None:
    said = voice.twiml(providers.page(VOICE, None))
    assert (said.count("<Hangup/>"), said.count("Restart it. &lt;/Say&gt;&lt;Hangup/&gt;")) == (0, 2)


def test_the_key_goes_to_the_page() -> None:
    said = voice.twiml(providers.page(VOICE, None))
    assert said.count('action="https://portal.example/ingest/callbacks/twilio/voice/tok/"') == 2


def test_a_code_is_read_twice_and_no_key_is_asked_for() -> None:
    said = voice.twiml(providers.page(VOICE, None, ack_url="", short="1, 2, 3."))
    assert (said.count("1, 2, 3."), "Gather" in said) == (2, False)


def test_the_call_fits_into_one_request(provider_http: HttpReceiver) -> None:
    provider_http.answer = VOICE.takes
    VoiceChannel().send(providers.page(VOICE, provider_http, short="<" * 2000))
    said = parse_qs(provider_http.came[0][2])
    assert said["StatusCallbackEvent"] == ["initiated", "ringing", "answered", "completed"]


def test_the_last_word_hangs_up() -> None:
    assert voice.ended("Good night.").endswith("Good night.</Say><Hangup/></Response>")
