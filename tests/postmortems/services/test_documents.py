from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.lib.errors import Invalid, NotFound, PreconditionFailed
from postmortems.exceptions import WrongState
from postmortems.services import documents
from tests.factories.postmortems import TimelineRowFactory, postmortem

ActorOf = Callable[[Any], Any]


def test_an_edit_keeps_what_was_there(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team, texts={"summary": "Old"})
    documents.edit(actor=actor_of(bob), postmortem=made, texts={"summary": "New"}, version=1, now=now)
    assert made.sections.get(key="summary").text == "New"
    assert made.revisions.get().text["summary"] == "Old"


def test_two_editors_do_not_overwrite_each_other(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team, version=2)
    with pytest.raises(PreconditionFailed):
        documents.edit(actor=actor_of(bob), postmortem=made, texts={"summary": "x"}, version=1, now=now)


def test_nothing_changed_is_no_version(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team)
    assert documents.edit(actor=actor_of(bob), postmortem=made, texts={"summary": ""}, now=now).version == 1


def test_the_public_version_is_a_list(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team)
    documents.edit(actor=actor_of(bob), postmortem=made, public={"impact"}, now=now)
    assert [section.key for section in made.sections.filter(is_public=True)] == ["impact"]


def test_an_approved_document_that_changes_is_reviewed_again(
    bob: Any, team: Any, actor_of: ActorOf, now: datetime
) -> None:
    made = postmortem(team=team, state="approved", approved_at=now)
    changed = documents.edit(actor=actor_of(bob), postmortem=made, fields={"title": "New"}, now=now)
    assert (changed.state, changed.approved_at) == ("in_review", None)


def test_a_closed_document_stays(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(WrongState):
        documents.edit(actor=actor_of(bob), postmortem=postmortem(team=team, state="closed"), now=now)


def test_unknown_sections_are_named(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        documents.edit(actor=actor_of(bob), postmortem=postmortem(team=team), texts={"gossip": "x"}, now=now)
    assert list(caught.value.fields) == ["gossip"]


def test_a_document_has_a_title(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        documents.edit(actor=actor_of(bob), postmortem=postmortem(team=team), fields={"title": " "}, now=now)


def test_a_line_is_added_to_the_timeline(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team)
    documents.add_row(actor=actor_of(bob), postmortem=made, at=now, text="Shipped", precision="hour", now=now)
    assert made.timeline.get().precision == "hour"


def test_a_line_is_taken_out(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    row = TimelineRowFactory(postmortem__team=team)
    documents.remove_row(actor=actor_of(bob), postmortem=row.postmortem, row_id=row.pk, now=now)
    assert not row.postmortem.timeline.exists()


def test_a_line_of_another_document_is_not_found(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    row = TimelineRowFactory()
    with pytest.raises(NotFound):
        documents.remove_row(actor=actor_of(bob), postmortem=postmortem(team=team), row_id=row.pk, now=now)
