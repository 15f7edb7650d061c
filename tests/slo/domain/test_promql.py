import pytest

from slo.domain import promql


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("http_requests_total", "http_requests_total"),
        (' up { job = "api" , code!~"5..", } ', 'up{job="api",code!~"5.."}'),
        ("up{path='/a,b}'}", "up{path='/a,b}'}"),
        ('{__name__="up",job="api"}', '{__name__="up",job="api"}'),
        ("job:requests:sum", "job:requests:sum"),
        ('up{note="a \\" b"}', 'up{note="a \\" b"}'),
        ("up{}", "up"),
    ],
)
def test_a_selector_is_understood(text: str, canonical: str) -> None:
    assert str(promql.parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Name the counters"),
        ("sum(up)", "no function"),
        ("up[5m]", "no range"),
        ("up offset 5m", "no function"),
        ('up{job="api"}[5m]', "no range"),
        ("up{job=api}", "no condition"),
        ('up{job="api" code="1"}', "commas"),
        ('{job=~"a"}', "Name the metric"),
        ('up{job="api"} or vector(1)', "no function"),
        ("5xx", "Name the counters"),
    ],
)
def test_what_is_more_than_a_selector_is_refused(text: str, words: str) -> None:
    with pytest.raises(promql.BadSelector, match=words):
        promql.parse(text)


def test_a_condition_takes_the_place_of_one_on_the_same_label() -> None:
    selector = promql.parse('up{le="1",job="a"}').where("le", "=~", 'x"y')
    assert str(selector) == 'up{job="a",le=~"x\\"y"}'
