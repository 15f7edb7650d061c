"""The kinds of conditions that a redirect rule may have: one small class each, found by its `kind` in CONDITIONS.

`read` takes the JSON of one condition and raises ValueError with a sentence; `raw` is its inverse. `holds` decides,
`wanted` and `saw` say in words what was asked for and what the visitor was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol, Self
from urllib.parse import parse_qsl

from shortener.domain import condition_parts as parts
from shortener.domain.visitors import Visitor

DEVICES = ("phone", "tablet", "desktop", "bot", "other")


class Asked(NamedTuple):
    """One request as rules see it: who, with which query, when (epoch seconds)."""

    visitor: Visitor
    query: str = ""
    now: float = 0.0


class Condition(Protocol):
    """One condition of a rule."""

    kind: ClassVar[str]

    def raw(self) -> dict[str, Any]: ...
    def holds(self, asked: Asked) -> bool: ...
    def wanted(self) -> str: ...
    def saw(self, asked: Asked) -> str: ...


@dataclass(frozen=True, slots=True)
class _Words:
    values: tuple[str, ...]
    kind: ClassVar[str] = ""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        return cls(parts.values(raw))

    def raw(self) -> dict[str, Any]:
        return {"type": self.kind, "values": list(self.values)}

    def wanted(self) -> str:
        return " or ".join(self.values)


class Device(_Words):
    """The kind of device: phone, tablet, desktop, bot or other."""

    kind: ClassVar[str] = "device"

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        values = tuple(value.lower() for value in parts.values(raw))
        unknown = [value for value in values if value not in DEVICES]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is no device; use {', '.join(DEVICES)}")
        return cls(values)

    def holds(self, asked: Asked) -> bool:
        return asked.visitor.client.device in self.values

    def saw(self, asked: Asked) -> str:
        return asked.visitor.client.device


_LINUX = frozenset({"linux", "ubuntu", "debian", "fedora", "red hat", "suse", "arch linux", "gentoo", "mint", "centos"})
_OS_NAMES = {"macos": "mac os x", "mac": "mac os x", "ipados": "ios", "chromeos": "chrome os"}


class OperatingSystem(_Words):
    """The operating system by its family; `Linux` means every distribution, `macOS` is Mac OS X."""

    kind: ClassVar[str] = "os"

    def holds(self, asked: Asked) -> bool:
        family = asked.visitor.client.os.lower()
        wanted = {_OS_NAMES.get(value.lower(), value.lower()) for value in self.values}
        return family in wanted or ("linux" in wanted and family in _LINUX)

    def saw(self, asked: Asked) -> str:
        return asked.visitor.client.os


class Browser(_Words):
    """The browser by its family; `Chrome` means its mobile kinds too, `Chrome Mobile` only that one."""

    kind: ClassVar[str] = "browser"

    def holds(self, asked: Asked) -> bool:
        family = asked.visitor.client.browser.lower()
        return not {family, _bare_browser(family)}.isdisjoint(value.lower() for value in self.values)

    def saw(self, asked: Asked) -> str:
        return asked.visitor.client.browser


def _bare_browser(family: str) -> str:
    return " ".join(word for word in family.split() if word not in {"mobile", "ios", "webview", "ui/wkwebview"})


class Language(_Words):
    """A language that the visitor likes best; `de` means `de-AT` too, `de-AT` does not mean `de`."""

    kind: ClassVar[str] = "language"

    def holds(self, asked: Asked) -> bool:
        wanted = [value.lower().replace("_", "-") for value in self.values]
        return any(has == value or has.startswith(f"{value}-") for has in asked.visitor.languages for value in wanted)

    def saw(self, asked: Asked) -> str:
        return ", ".join(asked.visitor.languages) or "none"


class Country(_Words):
    """The country in which the visitor's network is registered."""

    kind: ClassVar[str] = "country"

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        values = tuple(value.upper() for value in parts.values(raw))
        wrong = [value for value in values if len(value) != 2 or not value.isascii() or not value.isalpha()]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is no country; use two letters such as AT")
        return cls(values)

    def holds(self, asked: Asked) -> bool:
        return asked.visitor.country in self.values

    def saw(self, asked: Asked) -> str:
        return asked.visitor.country


@dataclass(frozen=True, slots=True)
class Query:
    """A parameter of the query that is there, or (with a value) has that value among its values."""

    name: str
    value: str | None
    kind: ClassVar[str] = "query"

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        value = raw.get("value")
        if value is not None and not (
            isinstance(value, str) and len(value) <= parts.LONGEST_VALUE and value.isprintable()
        ):
            raise ValueError(f"the value must be a text of at most {parts.LONGEST_VALUE} printable characters, or null")
        return cls(parts.text(raw.get("name"), "name"), value)

    def raw(self) -> dict[str, Any]:
        return {"type": self.kind, "name": self.name, "value": self.value}

    def _found(self, asked: Asked) -> list[str]:
        pairs = parse_qsl(asked.query[:8192], keep_blank_values=True, max_num_fields=None)
        return [value for name, value in pairs if name == self.name]

    def holds(self, asked: Asked) -> bool:
        found = self._found(asked) if asked.query else []
        return bool(found) if self.value is None else self.value in found

    def wanted(self) -> str:
        return f"{self.name} is present" if self.value is None else f"{self.name} = {self.value}"

    def saw(self, asked: Asked) -> str:
        found = self._found(asked)
        return ", ".join(f"{self.name} = {value}" for value in found) if found else f"no {self.name}"


@dataclass(frozen=True, slots=True)
class Address:
    """An address or network, IPv4 or IPv6; a mapped IPv4 address counts as such."""

    networks: tuple[parts.Network, ...]
    kind: ClassVar[str] = "address"

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        return cls(tuple(parts.network(value) for value in parts.values(raw)))

    def raw(self) -> dict[str, Any]:
        return {"type": self.kind, "values": [str(network) for network in self.networks]}

    def holds(self, asked: Asked) -> bool:
        address = asked.visitor.parsed_address
        return address is not None and any(address in network for network in self.networks)

    def wanted(self) -> str:
        return " or ".join(map(str, self.networks))

    def saw(self, asked: Asked) -> str:
        return str(asked.visitor.parsed_address or "no address")


@dataclass(frozen=True, slots=True)
class Dates:
    """A span of time [from, until); either end may be open. Times are epoch seconds here and RFC 3339 in JSON."""

    begins: float | None
    ends: float | None
    kind: ClassVar[str] = "dates"

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        begins, ends = parts.instant(raw.get("from")), parts.instant(raw.get("until"))
        if begins is None and ends is None:
            raise ValueError("give a beginning, an end, or both")
        if begins is not None and ends is not None and begins >= ends:
            raise ValueError("the beginning must lie before the end")
        return cls(begins, ends)

    def raw(self) -> dict[str, Any]:
        return {"type": self.kind, "from": parts.written(self.begins), "until": parts.written(self.ends)}

    def holds(self, asked: Asked) -> bool:
        return (self.begins is None or self.begins <= asked.now) and (self.ends is None or asked.now < self.ends)

    def wanted(self) -> str:
        ends = [("from", self.begins), ("until", self.ends)]
        return " ".join(f"{word} {parts.written(at)}" for word, at in ends if at is not None)

    def saw(self, asked: Asked) -> str:
        return parts.written(float(int(asked.now))) or ""


CONDITIONS: dict[str, type[Any]] = {
    one.kind: one for one in (Device, OperatingSystem, Browser, Language, Query, Address, Country, Dates)
}
