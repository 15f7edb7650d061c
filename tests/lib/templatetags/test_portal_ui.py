from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone


def rendered(source: str, **context: Any) -> str:
    return Template("{% load portal_ui %}" + source).render(Context(context)).strip()


@pytest.fixture
def berlin() -> Any:
    with timezone.override("Europe/Berlin"):
        yield


@pytest.mark.usefixtures("berlin")
def test_a_time_is_in_the_readers_zone_with_utc_on_hover(now: datetime) -> None:
    html = rendered("{% when at 'time' %}", at=now)
    assert html == '<time datetime="2026-03-04T12:00:00+00:00" title="2026-03-04 12:00:00 UTC">13:00</time>'


@pytest.mark.usefixtures("berlin")
def test_a_relative_time_has_both_clocks_on_hover() -> None:
    html = rendered("{% when at 'relative' %}", at=datetime(2020, 3, 4, 12, 0, tzinfo=UTC))
    assert 'title="Wed 4 Mar 2020, 13:00 CET (2020-03-04 12:00:00 UTC)"' in html
    assert "ago</time>" in html


def test_nothing_is_shown_as_a_dash() -> None:
    assert "\u2013" in rendered("{% when at %}", at=None)
    assert rendered("{{ a|percent }}{{ a|duration }}{{ a|number }}", a=None) == "\u2013" * 3


def test_filters_put_units_on_values() -> None:
    assert rendered("{{ a|percent:1 }} {{ b|duration }} {{ c|number }}", a=0.5, b=timedelta(hours=2), c=1200) == (
        "50.0\u00a0% 2 h 1,200"
    )


def test_a_badge_has_the_colour_and_the_words_of_its_state() -> None:
    assert rendered("{% badge 'no_data' %}") == '<span class="badge state st-gray">No data</span>'
    assert rendered("{% badge 'open' 'Still open' %}") == '<span class="badge state st-red">Still open</span>'
    assert rendered("{% badge '' %}") == ""


def test_a_badge_escapes_hostile_words() -> None:
    assert "<script>" not in rendered("{% badge word %}", word="<script>")


class LinkForm(forms.Form):
    target = forms.URLField(help_text="Where it leads.", assume_scheme="https")
    kind = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect)
    open = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_a_field_has_its_label_help_and_errors() -> None:
    html = rendered("{% field form.target %}", form=LinkForm({}))
    assert '<label class="form-label required" for="id_target">Target</label>' in html
    assert '<div class="form-hint" id="id_target_helptext">Where it leads.</div>' in html
    assert "This field is required." in html


def test_radio_buttons_are_a_group_with_a_legend() -> None:
    html = rendered("{% field form.kind %}", form=LinkForm())
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_a_single_box_is_inside_its_label() -> None:
    assert '<span class="form-check-label">Open</span></label>' in rendered("{% field form.open %}", form=LinkForm())


def test_errors_of_hidden_fields_are_not_lost() -> None:
    assert "This field is required." in rendered("{% form_errors form %}", form=LinkForm({}))


def test_an_empty_state_says_what_to_do_next() -> None:
    html = rendered("{% empty title='No links' text='Make one.' url='/new/' label='New link' %}")
    assert '<a class="btn btn-primary" href="/new/">New link</a>' in html


def test_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/", {"q": "pay", "page": "2"})
    html = rendered("{% pagination page %}", page=Paginator(range(150), 50).page(2), request=request)
    assert 'href="?q=pay&amp;page=1"' in html
    assert "51\u2013100 of 150" in html


def test_one_page_needs_no_pages() -> None:
    assert rendered("{% pagination page %}", page=Paginator([1], 50).page(1)) == ""


def test_nobody_has_a_navigation() -> None:
    assert rendered("{% navigation_items as items %}{{ items|length }}") == "0"


@pytest.mark.parametrize(("name", "letters"), [("Alice Larsson", "AL"), ("bob.ode@example.com", "BO"), ("", "?")])
def test_initials_stand_for_a_person(name: str, letters: str) -> None:
    assert rendered("{{ name|initials }}", name=name) == letters


def test_a_page_that_does_not_exist_has_no_address() -> None:
    assert rendered("{% url_or_empty 'no_such_page' %}") == ""
