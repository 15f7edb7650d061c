"""A document as a tree whose nodes know their path, so that each refusal can name where and which rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from slo.domain.inputs import exact_decimal


@dataclass(frozen=True, slots=True)
class Refusal:
    """One broken rule: in which file and document (such as `SLO checkout`), at which path."""

    file: str
    document: str
    path: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}, {self.document}, {self.path}: {self.rule}"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a document. What is asked of it and not there, or of another type, is added to `refusals`."""

    value: Any
    file: str
    document: str
    refusals: list[Refusal]
    path: str = ""

    def refuse(self, rule: str, at: str = "") -> None:
        """Adds a refusal at this node, or at its member `at`."""
        self.refusals.append(Refusal(self.file, self.document, self._path_of(at) or "(document)", rule))

    def has(self, key: str) -> bool:
        """Whether the member is there and not null."""
        return isinstance(self.value, Mapping) and self.value.get(key) is not None

    def child(self, key: str) -> "Node":
        """The member, as an empty mapping where there is none."""
        found = self.value.get(key) if isinstance(self.value, Mapping) else None
        if found is not None and not isinstance(found, Mapping):
            self.refuse("This is a mapping.", key)
            found = None
        return self._made(found or {}, self._path_of(key))

    def items(self, key: str) -> list["Node"]:
        """The mappings of a list member; anything else in it is refused."""
        found = self.value.get(key) if isinstance(self.value, Mapping) else None
        if found is None:
            return []
        if not isinstance(found, list):
            self.refuse("This is a list.", key)
            return []
        return list(self._mappings(found, key))

    def text(self, key: str, default: str | None = None) -> str:
        """A text member; without a default it must be there."""
        found = self.value.get(key) if isinstance(self.value, Mapping) else None
        if found is None and default is not None:
            return default
        if not isinstance(found, str) or not found.strip():
            self.refuse("This is needed." if found is None else "This is a text.", key)
            return default or ""
        return found

    def number(self, key: str) -> Decimal | None:
        """A number member, exactly as it is written; None where there is none."""
        if not self.has(key):
            return None
        found = exact_decimal(self.value[key])
        if found is None:
            self.refuse("This is a number.", key)
        return found

    def choice(self, key: str, choices: Mapping[str, str], default: str | None = None) -> str:
        """A text member that is one of `choices`, as the value that stands for it."""
        found = self.text(key, default)
        if found in choices:
            return choices[found]
        if found:
            self.refuse(f"This is one of {', '.join(choices)}.", key)
        return next(iter(choices.values()))

    def _mappings(self, found: list[Any], key: str) -> Iterator["Node"]:
        for number, value in enumerate(found):
            path = f"{self._path_of(key)}[{number}]"
            if isinstance(value, Mapping):
                yield self._made(value, path)
            else:
                self.refuse("This is a mapping.", f"{key}[{number}]")

    def _made(self, value: Any, path: str) -> "Node":
        return Node(value, self.file, self.document, self.refusals, path)

    def _path_of(self, key: str) -> str:
        return ".".join(part for part in (self.path, key) if part)
