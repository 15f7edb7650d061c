from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.models import AuditEntry, Membership
from shortener.models import Ban, BlockRule, ImportJob, Link, LinkChange, LinkTotal, Quota, WebhookDelivery
from shortener.services.importing import jobs, running
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.services.importing.helpers import PATIENT, SHLINK, counts, imported, uploaded

pytestmark = pytest.mark.django_db

ActorOf = Callable[[Any], Any]
MANY = "target,slug\n" + "".join(f"https://example.org/{n},many{n}\n" for n in range(1_200))


@pytest.fixture
def bobs(actor_of: ActorOf, bob: Any) -> Any:
    return actor_of(bob)


def test_rows_become_links_with_everything_they_had(bobs: Any, team: Any, now: datetime) -> None:
    job = imported(bobs, team, SHLINK, now)
    link = Link.objects.get(slug="abc")
    assert (job.state, counts(job)) == ("done", (2, 0, 0, 0))
    assert (link.target, link.title, link.tags) == ("https://example.org/a", "Spring", ["mail", "spring"])
    assert (link.created_at.isoformat(), link.created_by_id) == ("2024-01-05T09:00:00+00:00", bobs.user_id)
    assert link.target_hosts == ["example.org"]


def test_a_repeat_changes_nothing(bobs: Any, team: Any, now: datetime) -> None:
    imported(bobs, team, SHLINK, now)
    before = list(Link.objects.values()), list(LinkTotal.objects.values()), LinkChange.objects.count()
    assert counts(imported(bobs, team, SHLINK, now)) == (0, 0, 2, 0)
    assert (list(Link.objects.values()), list(LinkTotal.objects.values()), LinkChange.objects.count()) == before


def test_every_new_link_is_audited_and_published(bobs: Any, team: Any, now: datetime) -> None:
    job = imported(bobs, team, SHLINK, now)
    ids = set(Link.objects.values_list("pk", flat=True))
    assert set(LinkChange.objects.values_list("link_id", flat=True)) == ids
    assert AuditEntry.objects.filter(action="link.created", actor_label=bobs.label).count() == 2
    assert AuditEntry.objects.get(action="import.done", target_id=job.public_id).changes["created"] == [None, 2]


def test_webhooks_hear_of_every_new_link(bobs: Any, team: Any, now: datetime) -> None:
    team_hook(team, now)
    imported(bobs, team, SHLINK, now)
    assert sorted(WebhookDelivery.objects.values_list("event", flat=True)) == ["link.created", "link.created"]


def team_hook(team: Any, now: datetime) -> None:
    from shortener.models import Webhook

    Webhook.objects.create(team=team, url="https://hooks.example.com/", secret="x", created_at=now)


def test_visits_come_along_and_are_not_added_twice(bobs: Any, team: Any, now: datetime) -> None:
    first = imported(bobs, team, SHLINK, now)
    second = imported(bobs, team, SHLINK, now)
    assert LinkTotal.objects.get(link_id=Link.objects.get(slug="abc").pk).people == 7
    assert (first.visits, second.visits) == (7, 0)


def test_visits_stay_behind_when_that_is_chosen(bobs: Any, team: Any, now: datetime) -> None:
    assert imported(bobs, team, SHLINK, now, options={"visits": False}).visits == 0
    assert not LinkTotal.objects.exists()


def test_rows_that_do_not_fit_are_kept_with_their_errors(bobs: Any, team: Any, now: datetime) -> None:
    job = imported(bobs, team, "target,slug,expires_at\nftp://x,a b,soon\nhttps://example.org,ok,\n", now)
    error = job.row_errors.get()
    assert counts(job) == (1, 0, 0, 1)
    assert (error.line, set(error.fields)) == (2, {"target", "slug", "expires_at"})
    assert error.row == {"target": "ftp://x", "slug": "a b", "expires_at": "soon"}


@pytest.mark.parametrize(
    ("existing", "expected", "target"),
    [
        ("report", (0, 0, 0, 1), "https://example.org/old"),
        ("skip", (0, 0, 1, 0), "https://example.org/old"),
        ("update", (0, 1, 0, 0), "https://example.org/new"),
    ],
)
def test_a_link_that_leads_elsewhere_is_treated_as_chosen(
    existing: str, expected: Any, target: str, bobs: Any, team: Any, now: datetime
) -> None:
    imported(bobs, team, "target,slug\nhttps://example.org/old,abc\n", now)
    job = imported(bobs, team, "target,slug\nhttps://example.org/new,abc\n", now, options={"existing": existing})
    assert counts(job) == expected
    assert Link.objects.get().target == target


def test_an_update_that_brings_nothing_new_is_unchanged(bobs: Any, team: Any, now: datetime) -> None:
    imported(bobs, team, SHLINK, now)
    assert counts(imported(bobs, team, SHLINK, now, options={"existing": "update"})) == (0, 0, 2, 0)
    assert set(Link.objects.values_list("version", flat=True)) == {1}


def test_rows_without_a_slug_are_found_again_by_their_target(bobs: Any, team: Any, now: datetime) -> None:
    rows = "target\nhttps://example.org/a\nhttps://example.org/a\nhttps://example.org/b\n"
    assert counts(imported(bobs, team, rows, now)) == (2, 0, 1, 0)
    assert counts(imported(bobs, team, rows, now)) == (0, 0, 3, 0)


def test_a_slug_of_another_team_or_of_a_deleted_link_stays_taken(bobs: Any, team: Any, now: datetime) -> None:
    domain = DomainFactory(is_default=True)
    LinkFactory(slug="theirs", domain=domain)
    LinkFactory(slug="gone", domain=domain, team=team, state="deleted")
    job = imported(bobs, team, "target,slug\nhttps://example.org/,theirs\nhttps://example.org/,gone\n", now)
    told = [error.fields["slug"][0] for error in job.row_errors.all()]
    assert told == ["Another team has this slug.", "A deleted link had this slug, which stays taken."]


def test_two_rows_of_one_slug_are_told_apart(bobs: Any, team: Any, now: datetime) -> None:
    job = imported(bobs, team, "target,slug\nhttps://a.example/,x\nhttps://a.example/,x\nhttps://b.example/,x\n", now)
    assert counts(job) == (1, 0, 1, 1)
    assert job.row_errors.get().fields == {"slug": ["Line 2 has this slug with another target."]}


def test_work_stops_at_the_end_of_its_time_and_goes_on_with_the_next_tick(bobs: Any, team: Any, now: datetime) -> None:
    job = jobs.start_job(actor=bobs, job=uploaded(bobs, team, MANY, now), now=now)
    assert running.import_links_due(now=now, budget=0.000_01) in {0, 500}
    job.refresh_from_db()
    assert (job.state, job.leased_until) == ("running", None)
    running.import_links_due(now=now, budget=PATIENT)
    job.refresh_from_db()
    assert (job.state, job.cursor, Link.objects.count()) == ("done", 1_200, 1_200)


def test_a_worker_that_died_is_replaced_when_its_lease_has_run_out(bobs: Any, team: Any, now: datetime) -> None:
    job = jobs.start_job(actor=bobs, job=uploaded(bobs, team, MANY, now), now=now)
    ImportJob.objects.filter(pk=job.pk).update(leased_until=now + timedelta(seconds=30))
    assert running.import_links_due(now=now, budget=PATIENT) == 0
    assert running.import_links_due(now=now + timedelta(seconds=31), budget=PATIENT) == 1_200


def test_a_worker_that_lost_its_lease_writes_nothing_more(bobs: Any, team: Any, now: datetime) -> None:
    jobs.start_job(actor=bobs, job=uploaded(bobs, team, MANY, now), now=now)
    claimed = running._claimed(now)
    ImportJob.objects.update(cursor=500)
    assert claimed is not None
    assert running._worked(claimed, now, until=float("inf")) == 0
    assert not Link.objects.exists()


def test_an_author_who_left_the_team_stops_the_import(bobs: Any, team: Any, now: datetime) -> None:
    job = jobs.start_job(actor=bobs, job=uploaded(bobs, team, SHLINK, now), now=now)
    Membership.objects.filter(user_id=bobs.user_id).delete()
    running.import_links_due(now=now, budget=PATIENT)
    job.refresh_from_db()
    assert (job.state, Link.objects.count()) == ("failed", 0)
    assert "may not write in the team" in job.trouble


def test_a_slug_taken_at_the_same_moment_fails_alone(bobs: Any, team: Any, now: datetime) -> None:
    job = uploaded(bobs, team, "target,slug\nhttps://example.org/1,a\nhttps://example.org/2,b\n", now)
    jobs.start_job(actor=bobs, job=job, now=now)
    LinkFactory(slug="hidden", key="b", domain=job.domain)
    LinkFactory(slug="a", key="other", domain=job.domain, team=team)
    running.import_links_due(now=now, budget=PATIENT)
    assert list(job.row_errors.values_list("line", flat=True)) == [3]


def test_rows_beyond_the_quota_fail_and_say_why(bobs: Any, team: Any, now: datetime) -> None:
    Quota.objects.create(team=team, links_per_month=1)
    job = imported(bobs, team, SHLINK, now)
    assert counts(job) == (1, 0, 0, 1)
    assert "used up" in str(job.row_errors.get().fields)


def test_a_torn_csv_row_is_an_error_of_its_own(bobs: Any, team: Any, now: datetime) -> None:
    job = imported(bobs, team, "target,slug\nhttps://example.org/,a,b,c\nhttps://example.org/,ok\n", now)
    assert counts(job) == (1, 0, 0, 1)
    assert "4 cells" in job.row_errors.get().fields["row"][0]


def test_what_no_database_can_hold_is_refused_and_kept_readable(bobs: Any, team: Any, now: datetime) -> None:
    rows = '[{"target": "https://example.org/", "title": "a\\u0000b\\ud800"}]'
    job = imported(bobs, team, rows, now)
    assert "cannot be stored" in job.row_errors.get().fields["title"][0]


@pytest.mark.parametrize(
    "row",
    [
        '{"url": "x", "a": NaN}',
        '{"url": "x", "a": 1e999}',
        f'{{"url": "x", "a": {"9" * 4000}}}',
        '{"url": "x", "\\u0000": 1}',
    ],
)
def test_rows_that_json_of_the_database_cannot_hold_are_kept_all_the_same(
    row: str, bobs: Any, team: Any, now: datetime
) -> None:
    job = imported(bobs, team, f"[{row}]", now)
    assert (job.state, counts(job)) == ("done", (0, 0, 0, 1))


def test_a_banned_owner_imports_nothing(bobs: Any, team: Any, bob: Any, now: datetime) -> None:
    job = jobs.start_job(actor=bobs, job=uploaded(bobs, team, SHLINK, now), now=now)
    Ban.objects.create(kind="owner", value=bob.public_id, reason="Spam", created_at=now)
    running.import_links_due(now=now, budget=PATIENT)
    job.refresh_from_db()
    assert (job.state, Link.objects.count()) == ("failed", 0)


def test_a_target_on_the_blocklist_is_a_row_at_fault(bobs: Any, team: Any, now: datetime) -> None:
    BlockRule.objects.create(kind="host", value="example.org", created_at=now)
    assert counts(imported(bobs, team, SHLINK, now)) == (0, 0, 0, 2)


def test_a_defect_ends_the_import_instead_of_trying_for_ever(bobs: Any, team: Any, now: datetime) -> None:
    job = jobs.start_job(actor=bobs, job=uploaded(bobs, team, SHLINK, now), now=now)
    ImportJob.objects.update(options={"existing": "nonsense"})
    running.import_links_due(now=now, budget=PATIENT)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "its log says why" in job.trouble


def test_two_ticks_at_once_share_no_job(bobs: Any, team: Any, now: datetime) -> None:
    jobs.start_job(actor=bobs, job=uploaded(bobs, team, SHLINK, now), now=now)
    assert running._claimed(now) is not None
    assert running._claimed(now) is None
