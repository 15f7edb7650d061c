"""Tags and filters for every template: `{% load portal_ui %}`."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.lib import charts
from portal.lib.ui import forms, navigation, states, theme, words

register = template.Library()


@register.simple_tag
def when(at: datetime | None, style: words.Style = "short") -> SafeString:
    """`<time>` in the reader's zone with UTC on hover."""
    if at is None:
        return format_html('<span class="text-secondary">{}</span>', words.NOTHING)
    zone = timezone.get_current_timezone()
    now = timezone.now()
    hover = words.utc(at)
    if style == "relative":
        hover = f"{words.instant(at, zone, style='long', now=now)} ({hover})"
    text = words.instant(at, zone, style=style, now=now)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), hover, text)


@register.filter
def duration(span: timedelta | None) -> str:
    return words.NOTHING if span is None else words.duration(span)


@register.filter
def hours(span: timedelta | None) -> str:
    return words.NOTHING if span is None else words.hours(span)


@register.filter
def percent(ratio: words.Number | None, digits: int = 2) -> str:
    return words.NOTHING if ratio is None else words.percent(ratio, digits)


@register.filter
def objective(ratio: words.Number | None) -> str:
    return words.NOTHING if ratio is None else words.objective(ratio)


@register.filter
def number(value: words.Number | None) -> str:
    return words.NOTHING if value is None else words.number(value)


@register.filter
def tone(word: object) -> str:
    return states.tone(word)


@register.simple_tag
def badge(value: object, label: str = "") -> SafeString:
    """A state word in its colour."""
    if value is None or value == "":
        return SafeString("")
    text = label or states.label(value)
    return format_html('<span class="badge state st-{}">{}</span>', states.tone(value), text)


@register.simple_tag
def severity(level: int | None) -> SafeString:
    """An incident's severity 1-4 as a badge: `SEV1`."""
    return badge(f"sev{level}") if level else SafeString("")


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite; decorative, so the words beside it must say what it means."""
    sprite = static("vendor/tabler/icons.svg")
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', extra, sprite, name)


@register.inclusion_tag("portal/_field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """Label, widget, help and errors of one form field."""
    return {"field": bound, "kind": forms.kind(bound), "widget": forms.render(bound), "label": label or bound.label}


@register.inclusion_tag("portal/_form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The errors that belong to no single visible field."""
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"errors": [*form.non_field_errors(), *hidden], "form": form}


@register.inclusion_tag("portal/_empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "", icon: str = "inbox") -> dict[str, str]:
    """An empty state that says what to do next."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.inclusion_tag("portal/_pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Older and newer links that keep the filters."""
    return {"page": page, "request": context.get("request")}


@register.simple_tag(takes_context=True)
def navigation_items(context: template.Context) -> list[navigation.Item]:
    """The main navigation of this reader; empty for people who are not signed in and on bare error pages."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    return navigation.items(request) if request is not None and user is not None and user.is_authenticated else []


@register.simple_tag(takes_context=True)
def theme_choice(context: template.Context) -> str:
    """`auto`, `light` or `dark`."""
    return theme.chosen(context.get("request"))


@register.simple_tag
def chart(spec: charts.BarChart | charts.LineChart | charts.Gauge | charts.Sparkline) -> SafeString:
    """Accessible inline SVG in the reader's zone."""
    return charts.html(spec, timezone.get_current_timezone())


@register.simple_tag
def url_or_empty(url_name: str, *args: object) -> str:
    """The path of a page, empty while it does not exist."""
    return navigation.resolve(url_name, *args) or ""


@register.simple_tag
def signup_is_open() -> bool:
    """Whether anybody may make an account."""
    return bool(settings.PORTAL_OPEN_SIGNUP)


@register.simple_tag(takes_context=True)
def zone_name(context: template.Context) -> str:
    """The reader's zone, for the menu and for forms that take times."""
    return timezone.get_current_timezone_name()


@register.filter
def initials(name: object) -> str:
    """Up to two letters of a person's name or mail."""
    words_of = str(name).split("@")[0].replace(".", " ").split()
    return "".join(word[0] for word in words_of[:2]).upper() or "?"
