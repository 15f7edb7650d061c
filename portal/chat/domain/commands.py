"""What stands behind the slash: a verb and its words."""

import difflib
import re
import shlex
from dataclasses import dataclass

HELP = {
    "oncall": "oncall [service, team or schedule]: who is on call now",
    "page": "page <team or service> <what is wrong>: page whoever is on call there",
    "alerts": "alerts: the open alerts of your teams",
    "ack": "ack [alt_...]: take an alert on; the beginning of its id will do",
    "resolve": "resolve [alt_...]: end an alert",
    "snooze": "snooze [alt_...] <30m, 2h>: page nobody about it until then",
    "override": "override me <2h> [schedule] [primary or secondary]: you are on call from now on, for that long",
    "incident": "incident sev2 <service> <title>: declare an incident; you command it",
    "note": "note [INC-12] <text>: add to the timeline",
    "update": "update [INC-12] <text>: tell the stakeholders",
    "graph": "graph <measure, service, SLI or kept query> [1h, 24h, 7d]: a picture of the numbers",
    "link": "link: connect your account here with this chat",
    "help": "help [command]: this text",
}
OTHER_WORDS = {
    "who": "oncall",
    "on-call": "oncall",
    "list": "alerts",
    "acknowledge": "ack",
    "declare": "incident",
    "timeline": "note",
    "post": "update",
}
SPOKEN = (
    (re.compile(r"who(?:'s| is) on[ -]?call(?: now)?(?: (?:for|in|at|of))?\b\??", re.IGNORECASE), "oncall"),
    (re.compile(r"on call(?: (?:for|in|at|of))?\b", re.IGNORECASE), "oncall"),
    (re.compile(r"declare (?:an )?incident\b", re.IGNORECASE), "incident"),
    (re.compile(r"add (?:a note )?to (?:the )?timeline(?: of)?\b", re.IGNORECASE), "note"),
    (re.compile(r"add a note(?: to)?\b", re.IGNORECASE), "note"),
    (re.compile(r"post (?:an )?update(?: (?:on|for))?\b", re.IGNORECASE), "update"),
)
"""Commands as people say them, and the verb that is meant."""

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Command:
    """A known verb with its words, quoted ones whole; `rest(n)` is the text behind the first `n` words as typed."""

    verb: str
    words: tuple[str, ...]
    text: str

    def rest(self, skip: int) -> str:
        left = self.text
        for word in self.words[:skip]:
            left = left.lstrip()
            left = left[len(word) :] if left.startswith(word) else left[len(word) + 2 :]
        return left.strip()


@dataclass(frozen=True, slots=True)
class Unknown:
    """No verb of ours; `meant` is the nearest, if any is near."""

    verb: str
    meant: str = ""


def parse(text: str) -> Command | Unknown:
    """The command in `text`; nothing at all asks for help."""
    verb, _, behind = _short(text.strip()[:LONGEST]).partition(" ")
    known = OTHER_WORDS.get(verb.lower(), verb.lower())
    if not verb:
        return Command("help", (), "")
    if known not in HELP:
        near = difflib.get_close_matches(known, [*HELP, *OTHER_WORDS], n=1)
        return Unknown(verb[:40], OTHER_WORDS.get(near[0], near[0]) if near else "")
    return Command(known, _words(behind), behind.strip())


def _short(text: str) -> str:
    """The same with a verb of ours in the place of a phrase."""
    for phrase, verb in SPOKEN:
        if found := phrase.match(text):
            behind = text[found.end() :].strip()
            return f"{verb} {behind.rstrip('?') if verb == 'oncall' else behind}"
    return text


def _words(text: str) -> tuple[str, ...]:
    """Split as a shell splits; a quote without its partner is a letter like any other."""
    try:
        split = shlex.shlex(text, posix=True, punctuation_chars=False)
        split.whitespace_split, split.commenters, split.escape, split.quotes = True, "", "", '"'
        return tuple(split)
    except ValueError:
        return tuple(text.split())
