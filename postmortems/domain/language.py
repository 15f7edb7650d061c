"""A rule-based check for blame. It shows a line, a reason and two rewrites; it never blocks and counts nobody.

A fault verb alone says little (mostly machines fail), so it needs a person, handle or role close before it. Code,
quotes and log lines are not looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ROLES = (
    r"engineers?|operators?|developers?|devs?|admins?|administrators?|sres?|on-?call(?:er)?|responders?|managers?|"
    r"technicians?|interns?|contractors?|colleagues?|reviewers?|author|he|she|they|somebody|someone|nobody"
)
FAULT = r"failed to|forgot(?: to)?|missed|ignored|overlooked|neglected|should(?: not|n't)? have|did(?: not|n't) bother"
NEAR = r"(?:\W+[\w'-]+){0,3}?\W+"
FENCE = re.compile(r"^\s*(```|~~~)")
SKIPPED_LINE = re.compile(
    r"^\s*(>|\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL)\b|\$ )|^(?: {4}|\t)"
)
INLINE = re.compile(r"`[^`]*`|\"[^\"]*\"|\u201c[^\u201d]*\u201d")


@dataclass(frozen=True, slots=True)
class Finding:
    """`line` counts from 1; `excerpt` is what was found."""

    line: int
    rule: str
    excerpt: str
    reason: str
    rewrites: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    key: str
    pattern: re.Pattern[str]
    reason: str
    rewrites: tuple[str, str]


LABELS = (
    r"human error|operator error|user error|careless(?:ness|ly)?|negligen(?:t|ce)|incompeten(?:t|ce)|"
    r"sloppy|lazy|stupid"
)
DRAMA = r"!!+|\b(?:obviously|simply|clearly|of course|disaster|catastrophe)\b"
WISHES = (
    r"be more careful|pay (?:more|better) attention|try harder|remind (?:everyone|everybody|people|the team)|"
    r"re-?train(?: the)?|train (?:everyone|people|the team)"
)
FIXED = (
    Rule(
        "label",
        re.compile(rf"\b(?:{LABELS})\b", re.IGNORECASE),
        "A label ends the search where it should begin.",
        ("What made this action look right at that moment?", "The tool allowed it without a warning."),
    ),
    Rule(
        "drama",
        re.compile(DRAMA, re.IGNORECASE),
        "What is obvious afterwards was not then; drama hides the facts.",
        ("Leave the word out.", "Give the number instead."),
    ),
    Rule(
        "wish",
        re.compile(rf"\b(?:{WISHES})\b", re.IGNORECASE),
        "A wish about people changes nothing when they are tired.",
        ("Make the wrong action impossible, or ask for confirmation.", "Let a check in the pipeline find it."),
    ),
)


def lint(text: str, *, names: Iterable[str] = ()) -> list[Finding]:
    """The findings in `text`, in its order. `names` are people whose names count as persons, such as the responders."""
    rules = [*_personal(names), *FIXED]
    found = [
        Finding(number, rule.key, match.group(0).strip(), rule.reason, rule.rewrites)
        for number, line in _prose(text)
        for rule in rules
        for match in rule.pattern.finditer(line)
    ]
    return sorted(found, key=lambda finding: finding.line)


def _personal(names: Iterable[str]) -> Iterator[Rule]:
    known = [re.escape(name.strip()) for name in names if len(name.strip()) > 1]
    person = rf"(?:@[\w.-]+|\b(?:{'|'.join([ROLES, *known])})\b)"
    yield Rule(
        "blame",
        re.compile(rf"{person}{NEAR}(?:{FAULT})\b", re.IGNORECASE),
        "This says what a person did not do, not why it made sense.",
        ("The runbook did not say that ...", "The system accepted ... without a check."),
    )
    yield Rule(
        "single-cause",
        re.compile(
            rf"\b(?:caused|triggered|broken|introduced) by (?:the |our |an? )?{person}|{person} (?:caused|broke)\b",
            re.IGNORECASE,
        ),
        "A person is never the cause; what allowed it is.",
        ("The change reached production because ...", "Nothing stopped the change when ..."),
    )


def _prose(text: str) -> Iterator[tuple[int, str]]:
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and not SKIPPED_LINE.search(line):
            yield number, INLINE.sub(" ", line)
