from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from shortener.selectors import utm_templates
from tests.factories.shortener import UtmTemplateFactory

pytestmark = pytest.mark.django_db


def test_the_templates_of_ones_teams_are_found_by_name(
    vera: Any, team: Any, other_team: Any, actor_of: Callable[..., Actor]
) -> None:
    second, first = UtmTemplateFactory(team=team, name="B"), UtmTemplateFactory(team=team, name="A")
    theirs = UtmTemplateFactory(team=other_team)
    assert list(utm_templates.templates(actor_of(vera))) == [first, second]
    assert utm_templates.get_template(actor_of(vera), first.public_id) == first
    assert theirs in utm_templates.templates(Actor.system("test"))


@pytest.mark.parametrize("wanted", ["utm_none", "\0", ""])
def test_what_there_is_not_is_not_found(wanted: str, vera: Any, actor_of: Callable[..., Actor]) -> None:
    with pytest.raises(NotFound):
        utm_templates.get_template(actor_of(vera), wanted)


def test_another_teams_template_is_not_found(charlie: Any, team: Any, actor_of: Callable[..., Actor]) -> None:
    with pytest.raises(NotFound):
        utm_templates.get_template(actor_of(charlie), UtmTemplateFactory(team=team).public_id)
