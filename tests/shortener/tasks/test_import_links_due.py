from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener import tasks
from shortener.models import ImportJob, Link
from shortener.services.importing import jobs
from tests.shortener.services.importing.helpers import SHLINK, uploaded

pytestmark = pytest.mark.django_db


def test_a_started_import_is_done_by_the_tick(
    actor_of: Callable[[Any], Any], bob: Any, team: Any, now: datetime
) -> None:
    jobs.start_job(actor=actor_of(bob), job=uploaded(actor_of(bob), team, SHLINK, now), now=now)
    tasks.import_links_due()
    assert (ImportJob.objects.get().state, Link.objects.count()) == ("done", 2)
