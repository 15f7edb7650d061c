"""Which alerts are one group: by the values of labels, by the sender's own key, and for how long."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

KEY = 255
APART = "..."
"""As a label name: by all labels, which means that no two alerts are one group."""


def key_of(scope: str, names: Sequence[str], labels: Mapping[str, str], sender_key: str = "") -> str:
    """The name of the group of an alert, at most 255 characters; empty when it stands alone.

    `scope` keeps groups of different rules apart. Names of labels count before the sender's own key; a label that is
    not there is the empty text.
    """
    if APART in names:
        return ""
    if names:
        values = "\x1f".join(f"{name}\x1e{labels.get(name, '')}" for name in sorted(set(names)))
    elif sender_key:
        values = sender_key
    else:
        return ""
    return f"{scope}:{hashlib.sha256(values.encode(errors='replace')).hexdigest()[:40]}"[:KEY]


def takes_in(opened_at: datetime, minutes: int, now: datetime) -> bool:
    """Whether a group that was opened then takes in another alert; 0 minutes are as long as it is open."""
    return minutes <= 0 or now < opened_at + timedelta(minutes=minutes)


def problems(names: Sequence[str]) -> list[str]:
    """What is wrong with label names to group by."""
    found = [] if len(names) <= 20 else ["Group by at most 20 labels."]
    if any(not name.strip() or len(name) > 200 for name in names):
        found.append("The name of a label has 1 to 200 characters.")
    return found
