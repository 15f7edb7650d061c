from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener import tasks
from shortener.models import ImportJob
from tests.shortener.services.importing.helpers import SHLINK, uploaded

pytestmark = pytest.mark.django_db


def test_a_preview_of_long_ago_is_forgotten(actor_of: Callable[[Any], Any], bob: Any, team: Any, now: datetime) -> None:
    uploaded(actor_of(bob), team, SHLINK, now)
    tasks.forget_imports_due()
    assert not ImportJob.objects.exists()
