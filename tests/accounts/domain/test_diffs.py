from portal.accounts.domain import diffs


def test_only_what_differs_is_kept() -> None:
    assert diffs.changes({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": [2, 3]}


def test_a_missing_side_is_none() -> None:
    assert diffs.changes({}, {"name": "x"}) == {"name": [None, "x"]}
    assert diffs.changes({"name": "x"}, {}) == {"name": ["x", None]}


def test_secrets_never_reach_the_log() -> None:
    assert diffs.changes({}, {"signing_key": "s3cret", "password": "p"}) == {
        "signing_key": [None, "(hidden)"],
        "password": [None, "(hidden)"],
    }
