"""/api/v1/slos/openslo/ and /api/v1/slos/prometheus-rules/"""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from portal.lib.yaml_text import dump_all
from slo.models import Slo
from tests.factories.slo import SliFactory
from tests.slo.domain.openslo.examples import slo

pytestmark = pytest.mark.django_db
URL = "/api/v1/slos/openslo/"


@pytest.fixture
def body(service: Any) -> dict[str, Any]:
    own = {"metricSource": {"type": "sre-portal", "spec": {"sli": SliFactory(service=service).public_id}}}
    text = dump_all([slo(indicator={"spec": {"ratioMetric": {"good": own, "total": own}}})])
    return {"files": [{"name": "slos.yaml", "text": text}]}


def test_files_are_brought_in_and_read_back(api_for: Callable[..., Any], body: Any) -> None:
    api = api_for("slos:read", "slos:write")
    answer = api.post(URL, body, format="json")
    assert (answer.status_code, answer.json()["changes"][0]["verb"]) == (200, "created")
    assert answer.json()["changes"][0]["slo"] == Slo.objects.get().public_id
    assert next(yaml.safe_load_all(api.get(URL).content))["metadata"]["name"] == "checkout-answers"


def test_a_rehearsal_tells_no_id_and_makes_nothing(api_for: Callable[..., Any], body: Any) -> None:
    answer = api_for("slos:read", "slos:write").post(URL, body | {"rehearse": True}, format="json")
    assert (answer.json()["changes"][0]["slo"], Slo.objects.count()) == (None, 0)


BROKEN = {"files": [{"name": "a.yaml", "text": "kind: SLO\napiVersion: openslo/v1\nmetadata: {name: A}"}]}


def test_refusals_name_file_document_path_and_rule(api_for: Callable[..., Any], team: Any) -> None:
    answer = api_for("slos:read", "slos:write").post(URL, BROKEN, format="json")
    assert answer.status_code == 422
    [(where, rules)] = answer.json()["errors"].items()
    assert (where, "small letters" in rules[0]) == ("a.yaml: SLO A: metadata.name", True)


def test_a_rehearsal_tells_refusals_in_their_parts(api_for: Callable[..., Any], team: Any) -> None:
    answer = api_for("slos:read", "slos:write").post(URL, BROKEN | {"rehearse": True}, format="json")
    [refusal] = answer.json()["refusals"]
    assert (refusal["file"], refusal["document"], refusal["path"]) == ("a.yaml", "SLO A", "metadata.name")


@pytest.mark.parametrize(
    "wrong", [{}, {"files": []}, {"files": [{"name": "a"}]}, {"files": "x"}], ids=["none", "empty", "no-text", "text"]
)
def test_no_files_are_refused_by_name(api_for: Callable[..., Any], wrong: Any) -> None:
    answer = api_for("slos:read", "slos:write").post(URL, wrong, format="json")
    assert {name.partition(".")[0] for name in answer.json()["errors"]} == {"files"}


def test_reading_does_not_allow_writing(api_for: Callable[..., Any], body: Any) -> None:
    assert api_for("slos:read").post(URL, body, format="json").status_code == 403


def test_rules_for_prometheus_are_yaml(api_for: Callable[..., Any]) -> None:
    answer = api_for("slos:read").get("/api/v1/slos/prometheus-rules/")
    assert (answer["Content-Type"], yaml.safe_load(answer.content)) == ("application/yaml", {"groups": []})
