from typing import Any

import pytest

from oncall.models import ChatIdentity

pytestmark = pytest.mark.django_db


def test_somebody_elses_account_is_not_there(client_for: Any, alice: Any, bob: Any) -> None:
    identity = ChatIdentity.objects.create(user=alice, provider="slack", workspace="T1", external_id="U77")
    assert client_for(bob).post(f"/settings/chat/{identity.pk}/unlink/").status_code == 404
