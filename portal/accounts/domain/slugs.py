"""Slugs: the short names of teams and services in addresses."""

import re

SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"new"})


def problems(slug: str) -> list[str]:
    """What is wrong with a slug, a sentence each; empty when it can be used."""
    if not SHAPE.fullmatch(slug):
        return ["A slug has small letters and digits, with single hyphens between them."]
    return [f"{slug} is reserved."] if slug in RESERVED else []
