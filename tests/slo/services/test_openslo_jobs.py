"""Refusals of an import, at the paths that the documents have."""

from datetime import datetime

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import Conflict, Invalid
from slo.domain.openslo.wanted import WantedSlo
from slo.services.openslo_jobs import Imported, Job

WANTED = WantedSlo("answers", "checkout", (), {}, ("a.yaml", "SLO answers"))


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("objective", "spec.objectives[1].target"),
        ("slice_target", "spec.objectives[1].timeSliceTarget"),
        ("rules", "spec.alertPolicies"),
        ("zone", "spec.timeWindow"),
        ("description", "spec.description"),
    ],
)
def test_a_field_is_told_at_its_path(field: str, path: str, now: datetime) -> None:
    job = Job(Actor.system("tests"), now, Imported())
    job.tell(WANTED, 1, Invalid(fields={field: ["Too much."]}))
    assert [str(refusal) for refusal in job.found.refusals] == [f"a.yaml, SLO answers, {path}: Too much."]


def test_a_refusal_of_no_field_is_one_of_the_whole_spec(now: datetime) -> None:
    job = Job(Actor.system("tests"), now, Imported())
    job.tell(WANTED, 0, Conflict("Somebody was faster."))
    assert [(one.path, one.rule) for one in job.found.refusals] == [("spec", "Somebody was faster.")]
