"""From bodies to signals."""

import pytest

from oncall.domain.formats.words import BadSignals, Words
from oncall.services import readings


def test_an_integration_without_words_has_the_usual_ones() -> None:
    assert readings.words_of({}) == Words()


def test_its_own_words_are_taken_over() -> None:
    known = readings.words_of({"severities": {"sev0": "critical"}, "titles": ["headline"], "default_severity": "info"})
    assert (known.severity("sev0"), known.severity("odd"), known.titles) == ("critical", "info", ("headline",))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"a":\n  x}', "in line 2, column 3"),
        (b"", "not JSON"),
        (b"[" * 100_000, "too deeply"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"1" * 5000, "number that is too long"),
    ],
    ids=["place", "empty", "deep", "gzip", "number"],
)
def test_what_is_no_json_is_told(body: bytes, told: str) -> None:
    with pytest.raises(BadSignals, match=told):
        readings.said_in(body)


@pytest.mark.parametrize("kind", list(readings.READERS))
def test_every_format_refuses_what_is_no_object(kind: str) -> None:
    with pytest.raises(BadSignals):
        readings.signals_of(kind, 17, {})
