"""What a page of numbers shows: three figures first, the graph, and where the clicks came from."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from portal.lib.charts import html
from portal.lib.errors import NotFound
from portal.lib.times import rfc3339
from shortener.domain.comparison import Comparison
from shortener.domain.volume import Unusual
from shortener.selectors import charts, facets, ranges, reports
from shortener.selectors.facets import Facet
from shortener.selectors.ranges import PRESETS, Preset, Range
from shortener.selectors.reports import Report
from shortener.selectors.subjects import Subject


@dataclass(frozen=True, slots=True)
class Block:
    """One dimension on a page: its heading, the head of its column, and what an empty value is called."""

    dimension: str
    title: str
    head: str
    none: str
    note: str = ""
    facet: Facet = field(default_factory=Facet)


BLOCKS = (
    Block("country", "Countries", "Country", "Unknown", "Where the visitor's network is registered."),
    Block("referrer", "Referrers", "Site", "Direct or not told"),
    Block("device", "Devices", "Kind", "Unknown"),
    Block("os", "Operating systems", "System", "Unknown"),
    Block("browser", "Browsers", "Browser", "Unknown"),
    Block("language", "Languages", "Language", "Not told"),
)
RULES = Block("rule", "Rules", "Rule", "No rule: the link's own target")


def block_of(dimension: str) -> Block:
    """The block of a dimension; NotFound for a word that is none."""
    found = next((block for block in (*BLOCKS, RULES) if block.dimension == dimension), None)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the templates of numbers need."""

    subject: Subject
    report: Report
    comparison: Comparison
    notice: Unusual | None
    drawing: SafeString
    dates: str

    @property
    def chosen(self) -> Range:
        return self.report.range

    @property
    def presets(self) -> tuple[Preset, ...]:
        return PRESETS

    @property
    def is_comparable(self) -> bool:
        """Whether the subject is old enough to have a whole period before this one."""
        return self.subject.since is None or self.subject.since <= self.chosen.former.start

    @property
    def change_words(self) -> str:
        """The difference to the former period in words."""
        if not self.is_comparable:
            return "too new to be compared with a period before"
        period = f"in the {self.chosen.label} before" if self.chosen.label else "in the period before"
        return self.comparison.against(period)

    @property
    def label(self) -> str:
        """The range in words."""
        return self.chosen.label or self.dates

    @property
    def days(self) -> str:
        """The UTC days that the dimensions are counted over."""
        return charts.days_of(*facets.days(self.subject, self.chosen.span, is_exact=False))

    @property
    def last_five(self) -> int:
        """Clicks by people in the running minute and the four before it; for the live view."""
        return sum(bucket.clicks.people for bucket in self.report.buckets[-5:])

    @property
    def permalink(self) -> str:
        """The query that asks for exactly this span, whenever it is opened."""
        span = self.chosen.span
        return urlencode({"start": rfc3339(span.start), "end": rfc3339(span.end), "step": self.chosen.step})

    @property
    def most_links(self) -> int:
        """The dimensions are those of at most so many links; 0 when they are of all."""
        return facets.TAG_LINKS if self.subject.kind == "tag" else 0

    @property
    def has_sources(self) -> bool:
        """Whether there is anything to show of where the clicks came from."""
        return any(facet.rows for facet in self.report.facets.values())

    @property
    def blocks(self) -> list[Block]:
        """The dimensions in order; rules only for a link that has or had some."""
        wanted = [*BLOCKS, RULES] if self.subject.kind == "link" and self.report.rows("rule") else [*BLOCKS]
        found = self.report.facets
        return [
            Block(one.dimension, one.title, one.head, one.none, one.note, found.get(one.dimension, Facet()))
            for one in wanted
        ]


def figures(subject: Subject, chosen: Range, *, zone: tzinfo, now: datetime) -> Figures:
    """The figures of a subject over a range, drawn for a reader in `zone`."""
    found = reports.report(subject, chosen, is_exact=False)
    shown_in = charts.zone_of(chosen, zone)
    return Figures(
        subject=subject,
        report=found,
        comparison=found.compared(now),
        notice=None if chosen.is_live else reports.unusual_volume(subject, now=now),
        drawing=html(charts.clicks_chart(found, subject.title, shown_in), shown_in),
        dates=charts.dates(chosen, shown_in),
    )


def preset_figures(subject: Subject, key: str, *, zone: tzinfo, now: datetime) -> Figures:
    """The figures of a subject over a preset, such as the page of a link shows."""
    chosen = ranges.preset(key, now=now, is_of_many_links=subject.kind == "tag")
    return figures(subject, chosen, zone=zone, now=now)
