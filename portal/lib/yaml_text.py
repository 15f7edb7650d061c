"""YAML that people and other programs read: members in their order, long lines whole, and no aliases."""

from collections.abc import Iterable
from typing import Any

import yaml


class _WholeDumper(yaml.SafeDumper):
    """Writes a value that comes twice out twice: readers that refuse aliases take it too."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump_all(documents: Iterable[Any]) -> str:
    """The documents as one text; each is made of mappings, lists, texts, numbers and truth values."""
    text: str = yaml.dump_all(documents, Dumper=_WholeDumper, sort_keys=False, width=1000, allow_unicode=True)
    return text
