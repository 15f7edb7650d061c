"""Callbacks are really the provider's."""

from oncall.domain import callback_signatures as signatures

URL = "https://example.com/myapp.php?foo=1&bar=2"
FIELDS = {
    "CallSid": ["CA1234567890ABCDE"],
    "Caller": ["+14158675310"],
    "Digits": ["1234"],
    "From": ["+14158675310"],
    "To": ["+18005551212"],
}


def test_the_published_example_of_twilio() -> None:
    assert signatures.twilio_signature("12345", URL, FIELDS) == "L/OH5YylLD5NRKLltdqwSvS0BnU="


def test_another_field_another_url_and_no_token_are_refused() -> None:
    right = signatures.twilio_signature("12345", URL, FIELDS)
    told = [("12345", URL), ("", URL), ("12345", f"{URL}x"), ("12346", URL)]
    found = [signatures.is_from_twilio(token, url=url, fields=FIELDS, signature=right) for token, url in told]
    assert found == [True, False, False, False]


def test_without_a_secret_nobody_knows_it() -> None:
    assert [signatures.is_known_secret(told, secret) for told, secret in (("", ""), ("a", "a"), ("b", "a"))] == [
        False,
        True,
        False,
    ]
