"""Definitions of the rotations that teams ask for: weekly, three-four split, follow the sun, with shadows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from oncall.domain import resolver

Made = dict[str, Any]
SPLIT = ({"weekday": "mon", "at": "09:00"}, {"weekday": "fri", "at": "09:00"})
EVENING = "21:00"


def weekly(zone: str, first_handoff: datetime, people: Iterable[str]) -> Made:
    """Primary in turns of a week from the local `first_handoff` on, and secondary: next week's primary."""
    rotation = {"kind": "weekly", "interval": 1, "starts_at": _text(first_handoff), "time_zone": zone}
    participants = [[person] for person in people]
    layers = [
        {"name": "rotation", "role": role, "offset": offset, "rotation": rotation, "participants": participants}
        for offset, role in enumerate(resolver.ROLES)
    ]
    return {"time_zone": zone, "layers": layers}


def weekly_of(definition: Mapping[str, Any]) -> tuple[str, datetime, list[str]] | None:
    """Zone, first handoff and people of what `weekly` made; None for any other definition."""
    try:
        first = definition["layers"][0]
        starts_at = datetime.fromisoformat(first["rotation"]["starts_at"])
        people = [person for [person] in first["participants"]]
        made = weekly(definition["time_zone"], starts_at, people)
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    return (definition["time_zone"], starts_at, people) if made == definition else None


def three_four_split(zone: str, first_monday: datetime, pairs: Sequence[tuple[str, str]]) -> Made:
    """Monday to Thursday the first of a pair is primary and the second secondary, Friday to Sunday the other way.

    Each week another of `pairs` is on call; handoffs are at 09:00.
    """
    rotation = {"kind": "custom", "interval": 1, "starts_at": _text(first_monday), "time_zone": zone}
    rotation |= {"handoffs": [dict(one) for one in SPLIT]}
    firsts = [[person] for pair in pairs for person in pair]
    seconds = [[person] for one, other in pairs for person in (other, one)]
    return {
        "time_zone": zone,
        "layers": [
            {"name": "three-four split", "role": role, "rotation": rotation, "participants": groups}
            for role, groups in zip(resolver.ROLES, (firsts, seconds), strict=True)
        ],
    }


def follow_the_sun(zone: str, first_handoff: datetime, sites: Sequence[Sequence[str]]) -> Made:
    """Two sites of half a day each, in the zone of the first: 09:00 to 21:00 there, the other site through its night.

    Each site has a weekly rotation of its own people, with a secondary.
    """
    rotation = {"kind": "weekly", "interval": 1, "starts_at": _text(first_handoff), "time_zone": zone}
    hours = ({"from": "09:00", "to": EVENING}, {"from": EVENING, "to": "09:00"})
    return {
        "time_zone": zone,
        "layers": [
            {
                "name": f"site {number + 1}",
                "role": role,
                "offset": offset,
                "rotation": rotation,
                "participants": [[person] for person in people],
                "restrictions": [dict(hours[number])],
            }
            for number, people in enumerate(sites[:2])
            for offset, role in enumerate(resolver.ROLES)
        ],
    }


def with_shadow(definition: Mapping[str, Any], person: str) -> Made:
    """The same with somebody new who watches all the time and covers nothing."""
    zone = definition["time_zone"]
    rotation = {"kind": "weekly", "interval": 1, "starts_at": "2020-01-06T09:00:00", "time_zone": zone}
    shadow = {"name": "shadow", "role": resolver.SHADOW, "rotation": rotation, "participants": [[person]]}
    return {**definition, "layers": [*definition["layers"], shadow]}


def _text(local: datetime) -> str:
    return f"{local:%Y-%m-%dT%H:%M:%S}"
