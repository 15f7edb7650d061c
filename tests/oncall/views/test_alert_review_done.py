from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_looking_at_a_task_does_not_end_it(client_for: Any, bob: Any) -> None:
    assert client_for(bob).get("/alerts/review/tasks/arv_x/done/").status_code == 405
