"""The documents of files."""

from typing import Any

import pytest

from slo.domain.openslo.documents import library
from slo.domain.openslo.nodes import Refusal
from tests.slo.domain.openslo.examples import SOURCE, slo


def refused(*documents: Any) -> list[Refusal]:
    found: list[Refusal] = []
    library([("a.yaml", document) for document in documents], found)
    return found


def test_documents_are_known_by_kind_and_name() -> None:
    assert list(library([("a.yaml", SOURCE), ("b.yaml", slo())], [])) == [
        ("DataSource", "main"),
        ("SLO", "checkout-answers"),
    ]


@pytest.mark.parametrize("version", ["openslo/v1", "openslo.com/v1"])
def test_both_names_of_the_version_are_read(version: str) -> None:
    assert refused(slo() | {"apiVersion": version}) == []


@pytest.mark.parametrize("version", ["openslo/v1alpha", "v1", None])
def test_another_version_is_refused(version: str | None) -> None:
    assert [refusal.path for refusal in refused(slo() | {"apiVersion": version})] == ["apiVersion"]


@pytest.mark.parametrize("document", [None, [], "SLO", 5])
def test_what_is_no_mapping_is_refused_by_its_number(document: Any) -> None:
    assert [(refusal.document, refusal.path) for refusal in refused(slo(), document)] == [("document 2", "(document)")]


def test_an_unknown_kind_is_refused() -> None:
    assert refused(slo() | {"kind": "Budget"})[0].path == "kind"


@pytest.mark.parametrize("name", ["Checkout", "a_b", "-a", "a" * 64, "", 5, None])
def test_a_name_that_is_none_is_refused(name: Any) -> None:
    assert [refusal.path for refusal in refused(slo() | {"metadata": {"name": name}})] == ["metadata.name"]


def test_a_second_one_of_a_name_is_refused() -> None:
    assert "second SLO" in refused(slo(), slo())[0].rule
