from postmortems.domain import sections


def test_keys_are_unique() -> None:
    assert len(sections.BY_KEY) == len(sections.TEMPLATES)


def test_only_summary_and_impact_are_public_by_themselves() -> None:
    assert [template.key for template in sections.TEMPLATES if template.is_public] == ["summary", "impact"]
