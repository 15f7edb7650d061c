"""SLOs as code."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.lib.yaml_text import dump_all
from slo.models import Slo
from tests.factories.slo import SliFactory
from tests.slo.domain.openslo.examples import slo

pytestmark = pytest.mark.django_db
URL = "/slos/as-code/"


@pytest.fixture
def text(service: Any) -> str:
    own = {"metricSource": {"type": "sre-portal", "spec": {"sli": SliFactory(service=service).public_id}}}
    return dump_all([slo(indicator={"spec": {"ratioMetric": {"good": own, "total": own}}})])


def test_a_file_shows_first_what_it_would_do(client_for: Callable[[Any], Client], alice: Any, text: str) -> None:
    answer = client_for(alice).post(URL, {"documents": SimpleUploadedFile("slos.yaml", text.encode())})
    assert ("What this would do" in answer.content.decode(), Slo.objects.count()) == (True, 0)
    assert "checkout-answers" in answer.context["again"]


def test_then_it_is_done(client_for: Callable[[Any], Client], alice: Any, text: str) -> None:
    answer = client_for(alice).post(URL, {"text": text, "apply": "1"})
    assert (answer.status_code, Slo.objects.get().name) == (302, "Checkout answers")


def test_a_refusal_names_file_path_and_rule(client_for: Callable[[Any], Client], alice: Any) -> None:
    page = client_for(alice).post(URL, {"text": "kind: SLO"}).content.decode()
    assert [part in page for part in ("pasted.yaml", "metadata.name", "This is needed.")] == [True] * 3


def test_nothing_given_is_said(client_for: Callable[[Any], Client], alice: Any) -> None:
    assert "Choose a file, or paste its text." in client_for(alice).post(URL, {"text": " "}).content.decode()


def test_a_file_that_is_no_text_is_refused(client_for: Callable[[Any], Client], alice: Any) -> None:
    page = client_for(alice).post(URL, {"documents": SimpleUploadedFile("x.yaml", b"\xff\xfe")}).content.decode()
    assert "x.yaml is no UTF-8 text." in page


def test_a_viewer_takes_away_and_brings_nothing_in(client_for: Callable[[Any], Client], vera: Any, text: str) -> None:
    client = client_for(vera)
    assert "Managers bring in SLOs" in client.get(URL).content.decode()
    client.post(URL, {"text": text, "apply": "1"})
    assert Slo.objects.count() == 0
