from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import TimelineRowFactory


def test_a_line_is_taken_out(client_for: Callable[[Any], Any], bob: Any, team: Any) -> None:
    row = TimelineRowFactory(postmortem__team=team)
    client_for(bob).post(reverse("postmortem_row_delete", args=[row.postmortem.public_id, row.pk]))
    assert not row.postmortem.timeline.exists()
