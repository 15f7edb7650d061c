"""Labels of services: `key=value` words by which they are found and grouped."""

import re
from collections.abc import Mapping

KEY = re.compile(r"[a-z][a-z0-9_./-]{0,62}")
VALUE_LENGTH = 100
MOST = 32


def parse(text: str) -> dict[str, str]:
    """Labels from lines of `key=value`; the last of two equal keys wins. Not checked, see `problems`."""
    labels = {}
    for line in text.splitlines():
        key, _, value = line.partition("=")
        if line.strip():
            labels[key.strip()] = value.strip()
    return labels


def written(labels: Mapping[str, str]) -> str:
    """The lines that `parse` reads, in order of the keys."""
    return "\n".join(f"{key}={labels[key]}" for key in sorted(labels))


def problems(labels: Mapping[str, str]) -> list[str]:
    """What is wrong with labels, a sentence each; empty when they can be stored."""
    found = [
        f"{key or 'An empty key'}: a key has small letters, digits and . _ / -, and begins with a letter."
        for key in labels
        if not KEY.fullmatch(key)
    ]
    found += [
        f"{key}: a value has 1 to {VALUE_LENGTH} characters."
        for key, value in labels.items()
        if not 1 <= len(value) <= VALUE_LENGTH
    ]
    if len(labels) > MOST:
        found.append(f"A service has at most {MOST} labels.")
    return found
