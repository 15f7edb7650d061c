"""Who was paged for an alert: every page with its attempts, the provider's id and answers, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.models import Alert, DeliveryReport, Page, PageAttempt
from oncall.models.pages import BY_HAND


@dataclass(frozen=True, slots=True)
class Entry:
    """One page. `took` is from when it was due until the provider had it; None until then."""

    page: Page
    to: str
    why: str
    attempts: Sequence[PageAttempt]
    reports: Sequence[DeliveryReport]

    @property
    def took(self) -> timedelta | None:
        return self.page.sent_at - self.page.due_at if self.page.sent_at else None

    @property
    def answered_after(self) -> timedelta | None:
        """From the page to its answer."""
        done: datetime | None = self.page.sent_at
        return self.page.answered_at - done if self.page.answered_at and done else None


def entries(alert: Alert) -> list[Entry]:
    """The pages of all runs of an alert in the order in which they were due."""
    found = Page.objects.filter(run__alert=alert).select_related("user", "contact_point", "run")
    pages = found.prefetch_related("tries", "reports").order_by("due_at", "pk")
    return [Entry(page, _to(page), _why(page), list(page.tries.all()), list(page.reports.all())) for page in pages]


def _to(page: Page) -> str:
    return f"{page.user or page.contact_point}{' (shadow)' if page.is_copy else ''}"


def _why(page: Page) -> str:
    if page.step == BY_HAND:
        return "asked by hand"
    return f"{page.run.policy_name}, step {page.step + 1}" + (f", round {page.loop + 1}" if page.loop else "")
