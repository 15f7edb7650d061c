"""The secrets of a probe: sealed at rest, opened only to be used, never shown again."""

import base64
import json
from collections.abc import Mapping

from portal.lib import sealing

NAMES = (
    "username",
    "password",
    "token",
    "header_name",
    "header_value",
    "client_certificate",
    "client_key",
)
PUBLIC = frozenset({"username", "header_name", "client_certificate"})


def sealed(secrets: Mapping[str, str]) -> str:
    """What is stored of `secrets`; empty for none."""
    kept = {name: value for name, value in secrets.items() if value}
    return sealing.seal(json.dumps(kept, sort_keys=True)) if kept else ""


def opened(text: str) -> dict[str, str]:
    """The secrets again; `sealing.BrokenSeal` when the key of the portal has changed."""
    return dict(json.loads(sealing.unseal(text))) if text else {}


def headers(secrets: Mapping[str, str]) -> dict[str, str]:
    """The headers that sign in."""
    if "password" in secrets:
        pair = f"{secrets.get('username', '')}:{secrets['password']}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    if "token" in secrets:
        return {"Authorization": f"Bearer {secrets['token']}"}
    return {secrets["header_name"]: secrets["header_value"]} if "header_name" in secrets else {}


def hidden(secrets: Mapping[str, str]) -> list[str]:
    """What must not be seen in any sample: the secrets as they are and as they are sent."""
    plain = [value for name, value in secrets.items() if name not in PUBLIC]
    return plain + [value.rpartition(" ")[2] for value in headers(secrets).values()]
