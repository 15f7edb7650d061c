"""Trying a link's rules on an imagined request, by the very code that decides real ones. Nothing is counted."""

from dataclasses import dataclass
from datetime import datetime

from shortener.domain.conditions import Asked
from shortener.domain.locations import clean_rest
from shortener.domain.redirect import Answer, RequestFacts, decide
from shortener.domain.rules import Choice, Trace, choose, explain
from shortener.domain.visitors import Visitor
from shortener.models import Link
from shortener.selectors import finding


@dataclass(frozen=True, slots=True)
class Trial:
    """An imagined request for a link. `path` is what stands behind the slug, `query` what stands behind the `?`."""

    visitor: Visitor
    at: datetime
    query: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a trial: each rule with its reasons, the answer, and where it leads once its pages are passed."""

    visitor: Visitor
    traces: list[Trace]
    choice: Choice | None
    answer: Answer
    destination: Answer


def outcome(link: Link, trial: Trial) -> Outcome:
    """Tries the link as it is stored. A limit of visits is taken as not yet reached."""
    facts, at = finding.facts_of(link), trial.at.timestamp()
    asked = Asked(trial.visitor, trial.query, at)
    request = RequestFacts(
        domain=link.domain.name,
        slug=link.slug,
        query=trial.query,
        rest=clean_rest(trial.path.lstrip("/")),
        visitor=trial.visitor,
    )
    passed = RequestFacts(query=trial.query, rest=request.rest, visitor=trial.visitor, is_admitted=True, is_shown=True)
    return Outcome(
        visitor=trial.visitor,
        traces=explain(facts.rules, asked),
        choice=choose(facts.rules, asked, link_id=link.pk),
        answer=decide(facts, request, at),
        destination=decide(facts, passed, at),
    )
