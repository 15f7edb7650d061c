"""Pages of lists of links of bounded cost: nothing counts or sorts more than it has to, however many there are."""

from dataclasses import dataclass

from shortener.models import Link
from shortener.models.links import LinkQuerySet
from shortener.selectors import filters

SIZE = 50
COUNTED = 1000
DEEPEST = 20_000


@dataclass(frozen=True, slots=True)
class LinkPage:
    """One page; `count` is exact up to COUNTED, beyond that `is_counted` is false and there are more."""

    links: list[Link]
    number: int
    has_next: bool
    count: int
    is_counted: bool

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def first(self) -> int:
        return (self.number - 1) * SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.links) - 1


def get_page(found: LinkQuerySet, *, sort: str, number: int) -> LinkPage:
    """The page of this number, from 1; one beyond the end is empty."""
    pinned, count = pin(found)
    start = (number - 1) * SIZE
    keys = list(filters.ordered(pinned, sort).values_list("pk", flat=True)[start : start + SIZE + 1])
    rows = Link.objects.select_related("domain", "team", "created_by", "check_result").in_bulk(keys[:SIZE])
    links = [rows[key] for key in keys[:SIZE]]
    return LinkPage(links, number, len(keys) > SIZE, min(count, COUNTED), count <= COUNTED)


def pin(found: LinkQuerySet) -> tuple[LinkQuerySet, int]:
    """The same links and how many they are, at most COUNTED + 1.

    Few links are named by key: ordered by age with a limit, a rare word would be looked for through the whole table.
    """
    keys = list(found.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    if len(keys) > COUNTED:
        return found, len(keys)
    return Link.objects.filter(pk__in=keys), len(keys)


def number_of(text: str | None) -> int:
    """The number of a page as an address gives it; the first one for anything else."""
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) <= len(str(DEEPEST))
    return min(max(1, int(text)), DEEPEST) if is_number and text else 1
