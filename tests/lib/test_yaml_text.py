"""YAML that people and other programs read."""

import yaml

from portal.lib.yaml_text import dump_all


def test_members_keep_their_order() -> None:
    assert dump_all([{"b": 1, "a": ["é"]}]) == "b: 1\na:\n- é\n"


def test_what_comes_twice_is_written_twice() -> None:
    part = {"query": "up"}
    assert "&" not in dump_all([{"good": part, "total": part}])


def test_several_documents_are_read_back() -> None:
    documents = [{"a": "1: 2"}, {"b": "x" * 500}]
    assert list(yaml.safe_load_all(dump_all(documents))) == documents
