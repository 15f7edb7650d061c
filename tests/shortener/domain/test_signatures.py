import base64

import pytest

from shortener.domain import signatures

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
SENT = 1614265330


def given(**changed: str) -> dict[str, str]:
    return signatures.headers(secret=SECRET, event_id=ID, seconds=SENT, body=BODY) | changed


def test_the_published_example_comes_out() -> None:
    made = signatures.sign(secret=SECRET, event_id=ID, seconds=SENT, body=BODY)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_carries_256_bits_behind_its_prefix() -> None:
    secret = signatures.new_secret()
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret != signatures.new_secret()


def test_what_was_sent_is_genuine() -> None:
    assert signatures.is_genuine(secret=SECRET, given=given(), body=BODY, seconds=SENT + 299)


def test_one_fitting_signature_of_several_is_enough() -> None:
    several = {"webhook-signature": f"v1,AAAA {given()['webhook-signature']} v2,BBBB"}
    assert signatures.is_genuine(secret=SECRET, given=given(**several), body=BODY, seconds=SENT)


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-id": "msg_other"},
        {"webhook-timestamp": str(SENT + 1)},
        {"webhook-timestamp": "soon"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
    ],
)
def test_a_changed_header_is_not_genuine(changed: dict[str, str]) -> None:
    assert not signatures.is_genuine(secret=SECRET, given=given(**changed), body=BODY, seconds=SENT)


def test_a_changed_body_another_secret_and_an_old_time_are_not_genuine() -> None:
    assert not signatures.is_genuine(secret=SECRET, given=given(), body=BODY + b" ", seconds=SENT)
    assert not signatures.is_genuine(secret=signatures.new_secret(), given=given(), body=BODY, seconds=SENT)
    assert not signatures.is_genuine(secret=SECRET, given=given(), body=BODY, seconds=SENT + 301)


def test_a_secret_that_is_no_base64_is_taken_as_it_is() -> None:
    headers = signatures.headers(secret="plain words", event_id=ID, seconds=SENT, body=BODY)
    assert signatures.is_genuine(secret="plain words", given=headers, body=BODY, seconds=SENT)
