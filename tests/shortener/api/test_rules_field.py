from shortener.api.rules_field import CONDITION, RULE, RulesField
from shortener.domain.conditions import CONDITIONS


def test_the_document_knows_every_kind_of_condition() -> None:
    assert CONDITION["properties"]["type"]["enum"] == list(CONDITIONS)  # type: ignore[index]
    assert RULE["properties"]["conditions"]["items"] is CONDITION  # type: ignore[index]


def test_rules_are_shown_as_they_are_stored() -> None:
    stored = [{"id": 1, "target": "https://a.example/"}]
    assert RulesField().to_representation(stored) == stored
