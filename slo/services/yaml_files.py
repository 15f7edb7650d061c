"""YAML files as plain documents: mappings, lists, texts, numbers and truth values, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import yaml

from slo.domain.openslo.nodes import Refusal

MOST_FILES = 50
MOST_CHARACTERS = 1_000_000
MOST_DOCUMENTS = 500
DEEPEST = 30
TIMESTAMP = "tag:yaml.org,2002:timestamp"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was given."""

    name: str
    text: str


class _PlainLoader(yaml.SafeLoader):
    """Keeps times as the text they are, and refuses aliases: a short file could grow without end by them."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(
                None,
                None,
                "anchors and aliases are not read",
                self.peek_event().start_mark,  # type: ignore[no-untyped-call]
            )
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(files: Sequence[File], refusals: list[Refusal]) -> list[tuple[str, Any]]:
    """The `(file name, document)` pairs of all files; a file that cannot be read is refused with its line."""
    if len(files) > MOST_FILES or sum(len(file.text) for file in files) > MOST_CHARACTERS:
        size = f"At most {MOST_FILES} files with {MOST_CHARACTERS:,} characters together are read."
        refusals.append(Refusal("(all files)", "(none)", "(document)", size))
        return []
    found = [(file.name, document) for file in files for document in _documents(file, refusals)]
    if len(found) > MOST_DOCUMENTS:
        refusals.append(Refusal("(all files)", "(none)", "(document)", f"At most {MOST_DOCUMENTS} documents are read."))
    return found[:MOST_DOCUMENTS]


def _documents(file: File, refusals: list[Refusal]) -> list[Any]:
    try:
        found = [document for document in yaml.load_all(file.text, _PlainLoader) if document is not None]
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark is not None else "(file)"
        problem = getattr(error, "problem", None) or "it is nested too deeply or no text"
        refusals.append(Refusal(file.name, "(file)", where, f"This is no YAML: {problem}."))
        return []
    for number, document in enumerate(found, start=1):
        problem = _odd(document)
        if problem:
            refusals.append(Refusal(file.name, f"document {number}", "(document)", problem))
            return []
    return found


def _odd(value: Any, depth: int = 0) -> str:
    """Why a document cannot be kept as it is."""
    if depth > DEEPEST:
        return f"It is nested more than {DEEPEST} levels deep."
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            return "The names of members are texts."
        return next((problem for item in value.values() if (problem := _odd(item, depth + 1))), "")
    if isinstance(value, list):
        return next((problem for item in value if (problem := _odd(item, depth + 1))), "")
    if isinstance(value, float) and not isfinite(value):
        return "Numbers are finite."
    if isinstance(value, str) and ("\x00" in value or (not value.isascii() and _has_surrogates(value))):
        return "Texts hold no null characters."
    plain = value is None or isinstance(value, str | int | float | bool)
    return "" if plain else "Only mappings, lists, texts, numbers and truth values are read."


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
