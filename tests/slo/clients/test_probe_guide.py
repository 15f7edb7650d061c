"""The guide of probes: its examples can be made, and it names all there is."""

import json
import re
import socket
from pathlib import Path
from typing import Any

import pytest

from slo.clients.kinds import KINDS, icmp
from slo.clients.kinds.scenario import STEP
from slo.domain.assertions import COMPARISONS, SUBJECTS
from slo.models import Probe
from slo.services import probe_checks

GUIDE = (Path(__file__).resolve().parents[3] / "docs/guides/probes.md").read_text()
EXAMPLES = {one["kind"]: one for one in map(json.loads, re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL))}
NAMES = {
    *KINDS,
    *SUBJECTS,
    *COMPARISONS,
    *(option.key for kind in KINDS.values() for option in kind.options),
    *(option.key for option in STEP),
}


def test_there_is_an_example_of_every_kind() -> None:
    assert set(EXAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_examples_can_be_made(kind: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(icmp, "opened", lambda _: socket.socket())
    example = EXAMPLES[kind]
    probe = Probe(**{name: example[name] for name in ("name", "kind", "url", "options")})
    probe_checks.check(probe, example.get("credentials", {}))
    assert set(probe.options) <= set(example["options"])


@pytest.mark.parametrize("name", sorted(NAMES))
def test_everything_is_named(name: str) -> None:
    assert f"`{name}`" in GUIDE
