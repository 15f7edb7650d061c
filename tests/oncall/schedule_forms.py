"""The schedule editor as a browser sends it back."""

from typing import Any

from django.http import QueryDict

from oncall.forms.schedule_drafts import Draft


def sent(draft: Draft, head: Any = None, **more: str) -> QueryDict:
    """All fields of a draft, and of the form above it, with what they show."""
    data = QueryDict(mutable=True)
    found = [form for row in draft.layers for form in row.forms] + list(draft.gaps) + ([head] if head else [])
    for bound in (bound for form in found for bound in form):
        value = bound.value()
        if value is None or value is False:
            continue
        data.setlist(bound.html_name, value if isinstance(value, list) else ["on" if value is True else str(value)])
    for name, text in more.items():
        data[name] = text
    return data


def page_sent(answer: Any, **more: str) -> dict[str, list[str]]:
    """The form of a page that was answered, with some fields changed; `do` says which button."""
    return dict(sent(answer.context["draft"], answer.context["form"], **more).lists())
