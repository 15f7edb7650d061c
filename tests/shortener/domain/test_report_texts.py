from shortener.domain.report_texts import LANGUAGES, REASONS, TEXTS


def test_every_language_says_everything() -> None:
    assert set(TEXTS) == set(LANGUAGES)
    assert set(TEXTS["de"]) == set(TEXTS["en"])
    assert set(REASONS) <= set(TEXTS["en"])


def test_places_for_values_are_the_same() -> None:
    for name, text in TEXTS["en"].items():
        assert ("{" in text) == ("{" in TEXTS["de"][name])
