"""What a good subject of an alert looks like: short, and it says what to do. For people while they write it.

Source: the house's handbook, A3: under 50 characters, imperative, then the details, a graph and a runbook.
"""

import re

LONGEST = 49
CUT = "\N{HORIZONTAL ELLIPSIS}"
VERB_LIST = """
acknowledge add adjust apply approve archive ask assign back balance block bring build call cancel change check
clean clear close compact configure confirm connect contact copy correct create cut deactivate decide decrease
delete deploy detach disable disconnect drain drop empty enable end enlarge escalate evict examine expand extend
fail failover fetch file fill find finish fix flush follow free freeze give go grant grow halt hand help hold
increase inform inspect install investigate isolate keep kill lift limit lock look lower make mend merge migrate
mount move mute notify open order page pause pin plug prepare promote prune purge push put raise reach read
reboot rebuild recover redeploy reduce refill refresh reindex reissue reject release reload remove renew reopen
repair replace replay report request reset resize resolve restart restore resume resync retry return revert
review revoke roll rotate route run save scale see send set shed shift shorten show shrink shut sign silence
skip slow solve speed split spread start stop swap switch sync take tell terminate test throttle tighten trace
trim try tune turn unblock undo unlock unmount update upgrade use vacuum verify wait wake warn watch widen
withdraw
"""
VERBS = frozenset(VERB_LIST.split())
MARKS = frozenset(
    [
        "firing",
        "alert",
        "alerting",
        "alarm",
        "critical",
        "warning",
        "problem",
        "urgent",
        "resolved",
        "error",
        "fw",
        "fwd",
        "re",
        "aw",
        "wg",
    ]
)
NOISE = frozenset(["firing", "alert", "urgent", "asap", "please", "critical", "warning", "now"])
ENDS = " \t\r\n.!?,;:/|-\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}"
HEAD = re.compile(r"\s*([\[(]?)\s?([A-Za-z]{2,12})\s?(?::\s?[0-9]{1,6})?([\])]?)\s?([:-]?)\s?")
READ = 2000


def problems(subject: str) -> list[str]:
    """What is wrong with a subject, in sentences; none for a good one."""
    text = " ".join(subject[:READ].split())
    if not text:
        return ["Say what to do."]
    if text.endswith(CUT):
        return [f"It was longer and has been cut; keep it under {LONGEST + 1} characters, details go below."]
    found = []
    if len(text) > LONGEST:
        found.append(f"It has {len(text)} characters; keep it under {LONGEST + 1}, the details go below.")
    if _without_marks(text) != text:
        found.append("Leave out what every alert has in front: alert, firing, critical.")
    elif _first_word(text) not in VERBS:
        found.append('Begin with what to do, as in "Roll back the router config" or "Free the disk of db-1".')
    if _without_noise(text) != text:
        found.append("End with the last word that says something: no full stop, no exclamation mark, no urgency.")
    return found


def fitted(subject: str) -> str:
    """A sender's subject within the rules of length and noise; a longer one is cut between words."""
    text = " ".join(subject[:READ].split())
    text = _without_noise(_without_marks(text)) or text
    if len(text) <= LONGEST:
        return text
    head = text[:LONGEST]
    space = head.rfind(" ")
    return (head[:space] if space > LONGEST // 2 else head[:-1]).rstrip(ENDS) + CUT


def _first_word(text: str) -> str:
    return re.split(r"[^a-z]", text.lower(), maxsplit=1)[0]


def _without_marks(text: str) -> str:
    """What stands behind `[FIRING:1]`, `Alert:`, `CRITICAL -` and the like."""
    while found := HEAD.match(text):
        opening, word, closing, colon = found.groups()
        if word.lower() not in MARKS or not ((opening and closing) or colon):
            break
        text = text[found.end() :]
    return text


def _without_noise(text: str) -> str:
    """What stands before full stops, exclamation marks and words of urgency at the end."""
    while True:
        shorter = text.rstrip(ENDS)
        head, _, last = shorter.rpartition(" ")
        if head and last.strip("[]()").lower() in NOISE:
            shorter = head
        if shorter == text:
            return text
        text = shorter
