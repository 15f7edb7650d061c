"""UTM parameters: composed into a target, and read out of one. Pure text; whether the target is good is not asked."""

from collections.abc import Mapping
from urllib.parse import quote, unquote_plus

NAMES = ("source", "medium", "campaign", "term", "content")
LONGEST = 200


def compose(target: str, values: Mapping[str, str]) -> str:
    """`target` with the given parameters: those it has are replaced where they stand, the others put at the end.

    Empty values change nothing. Everything else keeps its order and spelling, and the fragment stays last.
    """
    wanted = {f"utm_{name}": values[name].strip() for name in NAMES if values.get(name, "").strip()}
    if not wanted:
        return target
    base, hash_mark, fragment = target.partition("#")
    path, _, query = base.partition("?")
    pairs: list[str] = []
    done: set[str] = set()
    for pair in query.split("&"):
        name = _name(pair)
        if name in wanted and name not in done:
            pairs.append(_pair(name, wanted[name]))
        elif pair and name not in wanted:
            pairs.append(pair)
        done.add(name)
    pairs += [_pair(name, value) for name, value in wanted.items() if name not in done]
    return f"{path}?{'&'.join(pairs)}{hash_mark}{fragment}"


def parameters(target: str) -> dict[str, str]:
    """The UTM parameters that a target has, by their names without `utm_`; of doubled ones the first."""
    query = target.partition("#")[0].partition("?")[2]
    found: dict[str, str] = {}
    for pair in query.split("&"):
        name = _name(pair)
        if name.removeprefix("utm_") in NAMES and name.startswith("utm_"):
            found.setdefault(name.removeprefix("utm_"), unquote_plus(pair.partition("=")[2]))
    return found


def _name(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _pair(name: str, value: str) -> str:
    return f"{name}={quote(value, safe='', errors='replace')}"
