"""The colour of each state word. One map, so that a word looks the same on every page."""

WORDS = {
    "red": (
        "open firing fired critical violated failed page_failed failing down missed overdue major_outage banned "
        "burning blocked exhausted sev1 p0"
    ),
    "orange": ("major partial_outage sev2 p1 high undeliverable gone degraded_performance degrading"),
    "yellow": (
        "acknowledged warning pending waiting late monitoring mitigated at_risk degraded in_review review "
        "minor sev3 p2 investigating"
    ),
    "green": (
        "resolved healthy ok up active published operational done delivered sent allowed good succeeded "
        "completed verified success recovered"
    ),
    "blue": ("approved in_progress identified running committed scheduled info paged primary current manager"),
    "azure": ("maintenance under_maintenance secondary sending joined started responder"),
    "purple": ("drill demo postmortem escalated"),
    "gray": (
        "draft closed disabled expired deleted cancelled canceled no_data unknown not_doing proposed none "
        "skipped sev4 p3 paused archived low viewer"
    ),
}
TONES = {word: tone for tone, words in WORDS.items() for word in words.split()}


def tone(word: object) -> str:
    """The colour for a state word; words that are not known stay grey."""
    return TONES.get(_key(word), "gray")


def label(word: object) -> str:
    """The word as a person reads it: `no_data` becomes `No data`, `sev1` becomes `SEV1`."""
    text = _key(word).replace("_", " ")
    if text[:3] == "sev" or (text[:1] == "p" and text[1:].isdigit()):
        return text.upper()
    return text[:1].upper() + text[1:]


def _key(word: object) -> str:
    return str(getattr(word, "value", word)).strip().lower().replace(" ", "_").replace("-", "_")
