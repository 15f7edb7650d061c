"""What may be set at an integration."""

from typing import Any

import pytest

from oncall.clients import json_paths
from oncall.domain import integration_settings

SOUND = {
    "severities": {"sev0": "critical"},
    "severity_label": "prio",
    "default_severity": "info",
    "titles": ["summary"],
    "mapping": {"fields": {"title": {"path": "$.a"}}},
    "hmac_secret": "hidden",
    "hmac_timestamp_header": "X-Time",
    "resolve_words": ["gone"],
    "silent_after_minutes": 60,
}


def test_sound_settings_have_no_problem() -> None:
    assert integration_settings.problems(SOUND, json_paths.path_problem) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("severities", {"sev0": "odd"}),
        ("severities", ["a"]),
        ("default_severity", "odd"),
        ("severity_label", 81 * "x"),
        ("titles", 51 * ["x"]),
        ("titles", "summary"),
        ("mapping", {"fields": {"titel": {"path": "$.a"}}}),
        ("hmac_timestamp_header", "X Time\r\n"),
        ("resolve_words", [3]),
        ("silent_after_minutes", 10_081),
        ("silent_after_minutes", "soon"),
        ("sudo", True),
    ],
)
def test_each_unsound_setting_is_named(name: str, value: Any) -> None:
    assert list(integration_settings.problems(SOUND | {name: value}, json_paths.path_problem)) == [name]


def test_empty_settings_are_the_usual_ones() -> None:
    assert integration_settings.problems(dict.fromkeys(SOUND), json_paths.path_problem) == {}


def test_the_secret_is_never_shown() -> None:
    assert "hmac_secret" not in integration_settings.shown(SOUND)


def test_words_are_edited_as_lines() -> None:
    assert integration_settings.from_lines("SEV0 = Critical\n\n page=warning") == {
        "sev0": "critical",
        "page": "warning",
    }
    assert integration_settings.lines({"a": "info", "b": "critical"}) == "a = info\nb = critical"
