from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import PermissionDenied
from shortener.exceptions import InvalidUtmTemplate, UtmTemplateNameTaken
from shortener.models import UtmTemplate
from shortener.services import utm_templates
from tests.factories.shortener import UtmTemplateFactory

pytestmark = pytest.mark.django_db

ROOT = Actor.system("test")
GIVEN = {"name": " Newsletter ", "source": "newsletter", "medium": " email "}


def test_a_responder_keeps_a_template(bob: Any, team: Any, actor_of: Callable[..., Actor], now: datetime) -> None:
    made = utm_templates.create_template(actor=actor_of(bob), team_id=team.pk, values=GIVEN, now=now)
    assert utm_templates.snapshot(made) == {
        "name": "Newsletter", "source": "newsletter", "medium": "email", "campaign": "", "term": "", "content": ""
    }  # fmt: skip
    assert AuditEntry.objects.get().action == "utm_template.created"


@pytest.mark.parametrize("who", ["vera", "charlie"])
def test_others_keep_none(
    who: str, request: pytest.FixtureRequest, team: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    actor, template = actor_of(request.getfixturevalue(who)), UtmTemplateFactory(team=team)
    with pytest.raises(PermissionDenied):
        utm_templates.create_template(actor=actor, team_id=team.pk, values=GIVEN, now=now)
    with pytest.raises(PermissionDenied):
        utm_templates.update_template(actor=actor, template=template, values={}, now=now)
    with pytest.raises(PermissionDenied):
        utm_templates.delete_template(actor=actor, template=template, now=now)


def test_all_wrong_fields_are_named(team: Any, now: datetime) -> None:
    wrong = {"name": "", "source": "x" * 201, "medium": "a\nb", "color": "red"}
    with pytest.raises(InvalidUtmTemplate) as refused:
        utm_templates.create_template(actor=ROOT, team_id=team.pk, values=wrong, now=now)
    assert set(refused.value.fields) == set(wrong)


def test_a_template_holds_something(team: Any, now: datetime) -> None:
    with pytest.raises(InvalidUtmTemplate):
        utm_templates.create_template(actor=ROOT, team_id=team.pk, values={"name": "Empty"}, now=now)
    with pytest.raises(InvalidUtmTemplate):
        utm_templates.update_template(actor=ROOT, template=UtmTemplateFactory(), values={"source": ""}, now=now)


def test_a_name_is_used_once_in_a_team(team: Any, now: datetime) -> None:
    first, second = UtmTemplateFactory(team=team), UtmTemplateFactory(team=team)
    with pytest.raises(UtmTemplateNameTaken):
        utm_templates.update_template(actor=ROOT, template=second, values={"name": first.name}, now=now)
    assert UtmTemplateFactory(name=first.name)


def test_a_team_has_only_so_many(team: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utm_templates, "MOST", 1)
    UtmTemplateFactory(team=team)
    with pytest.raises(InvalidUtmTemplate):
        utm_templates.create_template(actor=ROOT, team_id=team.pk, values=GIVEN, now=now)


def test_a_change_that_changes_nothing_is_not_audited(now: datetime) -> None:
    template = UtmTemplateFactory()
    utm_templates.update_template(actor=ROOT, template=template, values={"name": template.name}, now=now)
    utm_templates.update_template(actor=ROOT, template=template, values={"term": "shoes"}, now=now)
    assert AuditEntry.objects.get().changes == {"term": ["", "shoes"]}


def test_a_template_goes_once(now: datetime) -> None:
    template = UtmTemplateFactory()
    utm_templates.delete_template(actor=ROOT, template=template, now=now)
    utm_templates.delete_template(actor=ROOT, template=template, now=now)
    assert (UtmTemplate.objects.count(), AuditEntry.objects.count()) == (0, 1)
