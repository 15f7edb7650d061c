import pytest

from postmortems.domain import language


def rules(text: str, **names: list[str]) -> list[str]:
    return [finding.rule for finding in language.lint(text, **names)]


@pytest.mark.parametrize(
    "text",
    [
        "The engineer failed to check the flag.",
        "@bob forgot to run the migration.",
        "The on-call ignored the page.",
        "She should have asked.",
        "The developer on duty overlooked it.",
    ],
)
def test_a_person_close_to_a_fault_verb_is_blame(text: str) -> None:
    assert rules(text) == ["blame"]


@pytest.mark.parametrize(
    "text",
    [
        "The health check failed to notice the loop.",
        "The cache should have expired.",
        "Bob restarted the workers at 12:04.",
        "The job missed its window.",
        "The responders met in the channel; the probe failed to reach the host.",
    ],
)
def test_machines_may_fail(text: str) -> None:
    assert rules(text) == []


def test_names_count_when_they_are_given() -> None:
    text = "Ada forgot to set the limit."
    assert rules(text) == []
    assert rules(text, names=["Ada"]) == ["blame"]


@pytest.mark.parametrize("text", ["Root cause: human error.", "A careless change."])
def test_labels_end_the_search(text: str) -> None:
    assert rules(text) == ["label"]


@pytest.mark.parametrize("text", ["It was down!!", "Obviously the limit was low.", "We simply restarted it."])
def test_drama_hides_the_facts(text: str) -> None:
    assert rules(text) == ["drama"]


@pytest.mark.parametrize("text", ["Be more careful.", "Train the team.", "Remind everyone of the runbook."])
def test_wishes_change_nothing(text: str) -> None:
    assert rules(text) == ["wish"]


@pytest.mark.parametrize("text", ["The outage was caused by an engineer.", "A contractor broke the build."])
def test_a_person_is_never_the_cause(text: str) -> None:
    assert rules(text) == ["single-cause"]


@pytest.mark.parametrize(
    "text",
    [
        "```\nhe forgot\n```",
        "> the engineer forgot",
        "2026-03-04 12:00:00 user error",
        "ERROR human error",
        "    she missed it",
        "The log said `human error`.",
        'The page said "human error".',
    ],
)
def test_code_quotes_and_logs_are_not_looked_at(text: str) -> None:
    assert rules(text) == []


def test_a_finding_shows_line_reason_and_two_rewrites() -> None:
    (finding,) = language.lint("It broke.\n\nThe operator forgot the flag.")
    assert (finding.line, finding.excerpt) == (3, "operator forgot")
    assert finding.reason
    assert len(finding.rewrites) == 2
