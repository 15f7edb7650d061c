"""Policies, contacts and integrations, as their owners see them."""

from typing import Any

import pytest

from oncall.selectors import doors
from portal.lib.errors import NotFound
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import ContactFactory, IntegrationFactory, PolicyFactory


def test_what_is_private_is_not_found(bob: Any, actor_of: Any) -> None:
    hidden = TeamFactory(is_private=True)
    for get, made in ((doors.get_policy, PolicyFactory), (doors.get_integration, IntegrationFactory)):
        with pytest.raises(NotFound):
            get(actor_of(bob), made(team=hidden).public_id)


def test_what_is_not_private_is_seen(charlie: Any, team: Any, actor_of: Any) -> None:
    policy, integration = PolicyFactory(team=team), IntegrationFactory(team=team)
    assert doors.get_policy(actor_of(charlie), policy.public_id) == policy
    assert doors.get_integration(actor_of(charlie), integration.public_id) == integration


def test_contacts_are_ones_own(alice: Any, bob: Any) -> None:
    contact = ContactFactory(user=alice)
    assert doors.get_contact(alice.pk, contact.public_id) == contact
    with pytest.raises(NotFound):
        doors.get_contact(bob.pk, contact.public_id)
