import pytest

from portal.catalog.domain import labels


def test_lines_become_labels_and_back() -> None:
    parsed = labels.parse("language = python\n\nteam/area=core\n")
    assert parsed == {"language": "python", "team/area": "core"}
    assert labels.written(parsed) == "language=python\nteam/area=core"


def test_good_labels_have_no_problems() -> None:
    assert labels.problems({"language": "python", "app.kubernetes.io/name": "web"}) == []


@pytest.mark.parametrize("wrong", [{"": "x"}, {"Big": "x"}, {"1st": "x"}, {"a": ""}, {"a": "x" * 101}, {"a b": "x"}])
def test_a_bad_label_has_one_problem(wrong: dict[str, str]) -> None:
    assert len(labels.problems(wrong)) == 1


def test_there_is_a_limit() -> None:
    assert labels.problems({f"k{number}": "v" for number in range(33)}) == ["A service has at most 32 labels."]
