import pytest

from shortener.domain import conditions, rule_words, rules


def line_of(**rule: object) -> rule_words.Line:
    parsed, errors = rules.parse([{"id": 1, "target": "https://a.example/", **rule}])
    assert errors == []
    return rule_words.line(parsed[0])


def test_a_rule_without_conditions_is_for_everybody() -> None:
    line = line_of(name="All")
    assert (line.name, line.who, line.is_split) == ("All", "Everybody", False)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"type": "device", "values": ["phone", "tablet"]}, "on a phone or tablet"),
        ({"type": "os", "values": ["iOS"]}, "with iOS"),
        ({"type": "browser", "values": ["Firefox"]}, "using Firefox"),
        ({"type": "language", "values": ["de"]}, "preferring the language de"),
        ({"type": "query", "name": "a", "value": "{}"}, "when the query has a = {}"),
        ({"type": "address", "values": ["192.0.2.0/24"]}, "from the network 192.0.2.0/24"),
        ({"type": "country", "values": ["AT"]}, "in AT"),
        (
            {"type": "dates", "from": "2026-01-01T00:00:00Z", "until": "2026-02-03T04:05:00+01:00"},
            "from 1 Jan 2026, 00:00 UTC until 3 Feb 2026, 03:05 UTC",
        ),
        ({"type": "dates", "from": "2026-01-01T00:00:00Z", "until": None}, "from 1 Jan 2026, 00:00 UTC"),
    ],
)
def test_a_condition_is_told_in_words(condition: dict[str, object], words: str) -> None:
    assert line_of(conditions=[condition]).who == f"Visitors {words}"


def test_every_kind_of_condition_has_words() -> None:
    assert {*rule_words.WORDS, "dates"} == set(conditions.CONDITIONS)


def test_shares_add_up_to_one() -> None:
    variants = [{"target": "https://a.example/", "weight": 70}, {"target": "https://b.example/", "weight": 30}]
    line = line_of(target=None, variants=variants)
    assert line.targets == (("https://a.example/", 0.7), ("https://b.example/", 0.3))
    assert line.is_split
