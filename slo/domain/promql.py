"""Selectors of PromQL: the part of the language in which raw samples are asked for."""

import re
from dataclasses import dataclass

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
MATCHER = re.compile(r"\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')\s*")
SHAPE = re.compile(rf"\s*({NAME})?\s*(?:\{{(.*)\}})?\s*", re.DOTALL)


class BadSelector(ValueError):
    """This is no selector of series; the message says what is."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """One condition on a label; `value` is quoted as PromQL has it."""

    label: str
    operator: str
    value: str

    def __str__(self) -> str:
        return f"{self.label}{self.operator}{self.value}"


@dataclass(frozen=True, slots=True)
class Selector:
    """The series of a metric whose labels match."""

    metric: str
    matchers: tuple[Matcher, ...] = ()

    def __str__(self) -> str:
        inside = ",".join(str(matcher) for matcher in self.matchers)
        return f"{self.metric}{{{inside}}}" if inside else self.metric

    def where(self, label: str, operator: str, value: str) -> "Selector":
        """The same with one more condition, in place of those on the same label."""
        others = tuple(matcher for matcher in self.matchers if matcher.label != label)
        return Selector(self.metric, (*others, Matcher(label, operator, quoted(value))))


def parse(text: str) -> Selector:
    """`http_requests_total{job="api",code!~"5.."}`; functions, ranges and offsets are refused."""
    found = SHAPE.fullmatch(text)
    if found is None or not (found[1] or found[2]):
        raise BadSelector('Name the counters alone, such as http_requests_total{code!~"5.."}: no function, no range.')
    matchers = _matchers(found[2] or "")
    if not found[1] and not any(matcher.operator == "=" for matcher in matchers):
        raise BadSelector("Name the metric.")
    return Selector(found[1] or "", matchers)


def quoted(value: str) -> str:
    """`value` as a string of PromQL."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _matchers(text: str) -> tuple[Matcher, ...]:
    matchers, position = [], 0
    while text[position:].strip():
        found = MATCHER.match(text, position)
        if found is None:
            raise BadSelector(f"'{text[position:].strip()[:40]}' is no condition such as code=\"200\".")
        matchers.append(Matcher(found[1], found[2], found[3]))
        position = found.end()
        if position < len(text) and text[position] != ",":
            raise BadSelector("Put commas between the conditions.")
        position += 1
    return tuple(matchers)
