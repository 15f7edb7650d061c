"""The registry of channels."""

import pytest

from oncall.clients import channels
from oncall.exceptions import DeliveryError


def test_a_channel_is_found_by_its_kind() -> None:
    assert [channels.get(kind).kind for kind in ("mail", "webhook")] == ["mail", "webhook"]


def test_a_channel_that_is_gone_cannot_be_repaired_by_waiting() -> None:
    with pytest.raises(DeliveryError) as refused:
        channels.get("pigeon")
    assert refused.value.permanent
