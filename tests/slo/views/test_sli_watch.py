from typing import Any

import pytest

from slo.models import Sli
from tests.factories.sources import push_sli

pytestmark = pytest.mark.django_db


@pytest.fixture
def sli(service: Any) -> Sli:
    made: Sli = push_sli(service=service)
    return made


@pytest.mark.parametrize("watches", [True, False])
def test_the_watch_is_switched(sli: Sli, alice: Any, client_for: Any, watches: bool) -> None:
    Sli.objects.update(watches_volume=not watches)
    response = client_for(alice).post(f"/slis/{sli.public_id}/watch/", {"watches": str(int(watches))})
    assert response.url == f"/slis/{sli.public_id}/"
    sli.refresh_from_db()
    assert sli.watches_volume is watches


def test_only_managers_switch_it(sli: Sli, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(f"/slis/{sli.public_id}/watch/").status_code == 403
    assert client_for(bob).get(f"/slis/{sli.public_id}/watch/").status_code == 405
