from datetime import UTC, datetime, timedelta

import pytest

from oncall.domain import chat_signatures

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
PUBLISHED = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
AT = datetime.fromtimestamp(1531420618, tz=UTC)


def test_the_signature_is_the_one_that_slack_publishes_as_its_example() -> None:
    assert chat_signatures.slack_signature(SECRET, "1531420618", BODY) == PUBLISHED


@pytest.mark.parametrize(
    ("secret", "timestamp", "signature", "later", "is_good"),
    [
        pytest.param(SECRET, "1531420618", PUBLISHED, timedelta(), True, id="as sent"),
        pytest.param(SECRET, "1531420618", PUBLISHED, timedelta(minutes=5, seconds=1), False, id="too old"),
        pytest.param(SECRET, "1531420618", PUBLISHED, -timedelta(minutes=5, seconds=1), False, id="from the future"),
        pytest.param("another", "1531420618", PUBLISHED, timedelta(), False, id="another secret"),
        pytest.param("", "1531420618", PUBLISHED, timedelta(), False, id="nothing set up"),
        pytest.param(SECRET, "", PUBLISHED, timedelta(), False, id="no timestamp"),
        pytest.param(SECRET, "1e9", PUBLISHED, timedelta(), False, id="no number"),
        pytest.param(SECRET, "1531420618", "v0=ü", timedelta(), False, id="no hex"),
    ],
)
def test_only_a_fresh_body_signed_with_the_secret_is_slacks(
    secret: str, timestamp: str, signature: str, later: timedelta, is_good: bool
) -> None:
    judged = chat_signatures.is_from_slack(secret, timestamp=timestamp, signature=signature, body=BODY, now=AT + later)
    assert judged is is_good


@pytest.mark.parametrize(
    ("token", "known", "is_good"),
    [("abc", ["x", "abc"], True), ("abc", ["x"], False), ("", [""], False), ("", [], False)],
)
def test_a_token_must_be_one_of_those_that_were_set_up(token: str, known: list[str], is_good: bool) -> None:
    assert chat_signatures.is_known_token(token, known) is is_good
