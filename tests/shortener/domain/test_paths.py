"""Which link a path names."""

import pytest

from shortener.domain.paths import Reading, readings


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (b"/abc", [Reading("abc")]),
        (b"/abc/", [Reading("abc")]),
        (b"/abc+", [Reading("abc+"), Reading("abc", preview=True)]),
        (b"/abc/d/e", [Reading("abc/d/e"), Reading("abc", "d/e")]),
        (b"/abc/d/", [Reading("abc/d"), Reading("abc", "d/")]),
        (b"/abc/../d", [Reading("abc/../d"), Reading("abc", None)]),
        (b"/a%2Fb/c", [Reading("a/b/c"), Reading("a/b", "c")]),
        (b"/%zz", []),
        (b"/a/%ff", []),
    ],
)
def test_a_path_may_be_read_in_more_than_one_way(path: bytes, found: list[Reading]) -> None:
    assert list(readings(path)) == found
