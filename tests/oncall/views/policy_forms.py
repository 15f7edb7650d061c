"""What the editor of policies sends."""

from typing import Any

PRIMARY, TEAM = "primary:::", "team:::"


def told(*steps: dict[str, Any], do: str = "save", **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"name": "Ours", "severities": ["critical"], "is_default": "on", "do": do}
    for place, step in enumerate(steps):
        given |= {f"steps-{place}-{name}": value for name, value in step.items()}
    return given | changes


def page(*targets: str) -> dict[str, Any]:
    return {"kind": "notify", "targets": list(targets)}


def wait(minutes: Any) -> dict[str, Any]:
    return {"kind": "wait", "minutes": minutes}
