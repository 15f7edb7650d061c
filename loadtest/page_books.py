"""The comparison at the end of a fault campaign of paging: the rows against what a receiver in another process saw.

Nothing is excused by kind: whoever was passed over because their account had ended must be named so in the history, at
a time when it had ended, and a later step of the same run must have reached somebody, who may have been asked before.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from loadtest import receiving
from loadtest.page_world import World

IN_FLIGHT = 2.0
SLACK = 1.0
UNSETTLED = """
SELECT (SELECT count(*) FROM oncall_escalationrun WHERE status = 'active')
     + (SELECT count(*) FROM oncall_page WHERE status IN ('pending', 'sending'))
"""
PASSED_OVER = Q(kind="skipped", detail__contains="ben") | Q(
    kind="page_failed", detail__startswith="ben", detail__contains="The account has been deactivated."
)
Came = Sequence[tuple[str, str, str, float]]


@dataclass(frozen=True)
class Books:
    """What came of it; the last five must be zero. `evidence` is the history of whatever is lost or late."""

    alerts: int
    acknowledged: int
    pages: int
    came: int
    came_twice_with_the_same_id: int
    passed_over_and_passed_on: int
    in_flight_at_an_ack: int
    kills: int
    lost: int
    unsettled: int
    after_ack: int
    unknown_ids: int
    other_ids: int
    evidence: list[str] = field(default_factory=list, repr=False)

    @property
    def wrong(self) -> int:
        """How much is wrong, all together."""
        return self.lost + self.unsettled + self.after_ack + self.unknown_ids + self.other_ids

    @property
    def numbers(self) -> dict[str, int]:
        """All that can be counted."""
        return {name: value for name, value in vars(self).items() if name != "evidence"}


def compare(world: World, ask: Callable[[str], list[tuple[Any, ...]]]) -> Books:
    """Holds the rows against what the receiver saw; nobody may run any more."""
    from oncall.models import Alert, Page

    came: Came = receiving.ask(world.port, "/came")
    by_id = Counter(page_id for page_id, *_ in came)
    rows = {page.public_id: page for page in Page.objects.select_related("run__alert")}
    seen = {(rows[one].run.alert.public_id, path) for one, _, path, _ in came if one in rows}
    open_ones = Alert.objects.exclude(status="acknowledged").values_list("public_id", flat=True)
    not_seen = [(one, path) for one in open_ones for path in ("/anna", "/ben", "/root") if (one, path) not in seen]
    passed_on = [place for place in not_seen if place[1] == "/ben" and is_passed_on(place[0], came, world)]
    missing = [alert for alert, path in not_seen if (alert, path) not in passed_on]
    never_came = [page for page in rows.values() if page.status == "sent" and not by_id[page.public_id]]
    after = [(one, alert, at - world.acknowledged[alert]) for one, alert, _, at in came if alert in world.acknowledged]
    behind = [(one, alert, wait) for one, alert, wait in after if wait > 0]
    late, lost = _too_late(behind), missing + [page.run.alert.public_id for page in never_came]
    return Books(
        alerts=Alert.objects.count(),
        acknowledged=len(world.acknowledged),
        pages=len(rows),
        came=len(came),
        came_twice_with_the_same_id=sum(number - 1 for number in by_id.values()),
        passed_over_and_passed_on=len(passed_on),
        in_flight_at_an_ack=len(behind) - len(late),
        kills=world.kills.total(),
        lost=len(lost),
        unsettled=ask(UNSETTLED)[0][0],
        after_ack=len(late),
        unknown_ids=len(set(by_id) - set(rows)),
        other_ids=_second_ids(rows[one] for one in by_id if one in rows),
        evidence=[line for alert in dict.fromkeys([*lost, *late]) for line in history(alert, came)],
    )


def is_passed_on(alert: str, came: Came, world: World) -> bool:
    """Whether the history says that Ben was passed over while he was away, and a later target was reached.

    Behind a page of his that failed stands a page of a later step that came; where none was made for him, one since.
    """
    from oncall.models import AlertEvent, Page

    told = [event.at.timestamp() for event in AlertEvent.objects.filter(PASSED_OVER, alert__public_id=alert)]
    true = [at for at in told if any(start - SLACK <= at <= end + SLACK for start, end in world.away)]
    if not true:
        return False
    others = {page_id: at for page_id, one, path, at in came if one == alert and path != "/ben"}
    pages = Page.objects.filter(run__alert__public_id=alert)
    reached = [(page.loop, page.step) for page in pages.filter(public_id__in=others)]
    own = [(page.loop, page.step) for page in pages.filter(user__name="ben")]
    if own:
        return all(any(other > place for other in reached) for place in own)
    return any(at >= min(true) - SLACK for at in others.values())


def history(alert: str, came: Came) -> list[str]:
    """Everything that is known about an alert, for whoever looks for a page."""
    from oncall.models import AlertEvent, Page

    told = AlertEvent.objects.filter(alert__public_id=alert).order_by("pk")
    lines = [alert, *[f"  {event.at:%H:%M:%S.%f} {event.kind}: {event.detail}" for event in told]]
    for page in Page.objects.filter(run__alert__public_id=alert).order_by("pk").select_related("user"):
        tries = [f"{one.outcome} ({one.answer})" for one in page.tries.all()]
        lines.append(f"  {page.public_id} {page.user} round {page.loop} step {page.step}: {page.status}, {tries}")
    return lines + [f"  came {page_id} at {path}, {at:.3f}" for page_id, one, path, at in came if one == alert]


def table(books: Books, done: Counter[str], world: World) -> str:
    """The faults with their kills, what those caught, and the books, as text."""
    lines = [f"{'fault':36}{'times':>8}{'kills':>8}"]
    lines += [f"{name:36}{done[name]:8}{world.kills[name]:8}" for name in sorted({*done, *world.kills})]
    lines += ["-" * 52, f"{'pages that a death caught':36}"]
    lines += [f"{name:44}{number:8}" for name, number in sorted(world.caught.items())]
    lines += ["-" * 52]
    lines += [f"{name.replace('_', ' '):44}{value:8}" for name, value in books.numbers.items()]
    return "\n".join(lines + books.evidence)


def _too_late(behind: Sequence[tuple[str, str, float]]) -> list[str]:
    """Alerts of pages that came behind an ack and were not the one in flight: late, or the same once more."""
    seen: set[str] = set()
    found = []
    for page_id, alert, wait in behind:
        if wait > IN_FLIGHT or page_id in seen:
            found.append(alert)
        seen.add(page_id)
    return found


def _second_ids(pages: Iterable[Any]) -> int:
    """How often one place of a policy went out under a second id."""
    places: dict[tuple[int, str], set[str]] = {}
    for page in pages:
        place = f"{page.loop} {page.step} {page.user_id} {page.rule}"
        places.setdefault((page.run_id, place), set()).add(page.public_id)
    return sum(len(ids) - 1 for ids in places.values())
