"""Grafana's webhook contact point: Alertmanager's keys and some of its own, signed where a secret is configured.

Source: grafana.com, "Configure webhook notifications". The alerts of its old dashboards
(`state`, `ruleId`) are understood, too.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from oncall.domain.formats import alertmanager, words
from oncall.domain.formats.words import Words
from oncall.domain.signals import FIRING, RESOLVED, Signal

SIGNATURE = "X-Grafana-Alerting-Signature"
STALE_SECONDS = 300


def parse(said: Any, known: Words) -> list[Signal]:
    """The signals of one POST; BadSignals where it is none."""
    if isinstance(said, Mapping) and "alerts" not in said and "ruleId" in said:
        return [_legacy(said, known)]
    return alertmanager.parse(said, known)


def is_signed(body: bytes, *, secret: str, signature: str, timestamp: str | None, now_seconds: float) -> bool:
    """Whether `signature` is the HMAC-SHA256 in hex of the body, or of `<unix>:<body>` with a fresh timestamp."""
    said = body
    if timestamp is not None:
        if not (timestamp.isascii() and timestamp.isdigit()) or abs(int(timestamp[:15]) - now_seconds) > STALE_SECONDS:
            return False
        said = timestamp.encode() + b":" + body
    expected = hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.strip().lower().encode("utf-8", "replace"))


def _legacy(said: Mapping[str, Any], known: Words) -> Signal:
    title, whole = words.subject(words.text(said.get("ruleName") or said.get("title"), words.DETAIL))
    state = words.text(said.get("state"), words.KEY).lower()
    labels = words.texts(said.get("tags"))
    return Signal(
        dedup_key=words.key_of(f"{words.text(said.get('orgId'), 20)}:rule:{words.text(said.get('ruleId'), 40)}"),
        status=RESOLVED if state == "ok" else FIRING,
        title=title or "Look at an alert of Grafana",
        severity=known.severity(labels.get(known.severity_label)),
        detail=words.joined(whole, words.text(said.get("message"), words.DETAIL)),
        labels=labels,
        links=words.link(said.get("ruleUrl"), "The rule"),
        images=words.image(said.get("imageUrl")),
    )
