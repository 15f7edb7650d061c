"""Clicks of the demo's links, delivered as an edge would and drained by the real drain."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from portal.seed.demo import plan
from portal.seed.demo.cast import Cast
from shortener.domain.segments import ClickRecord
from shortener.selectors import Link
from shortener.services import history, links, utm_templates

HOURS = 24
AGENTS = (
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5"
        " Mobile/15E148 Safari/604.1"
    ),
    (
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile"
        " Safari/537.36"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5"
        " Safari/605.1.15"
    ),
    "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
)
REFERRERS = ("", "", "https://www.instagram.com/", "https://news.example/", "https://mail.example/", "https://t.co/x")
NETWORKS = ("81.2.69", "2.125.160", "89.160.20", "216.160.83", "175.16.199", "67.43.156")


def daylight(hour: int) -> float:
    """The share of noon's traffic at an hour of the day, 0.15 at four in the morning and 1 at four in the afternoon."""
    return 0.575 - 0.425 * math.cos((hour - 4) / HOURS * math.tau)


def make_links(cast: Cast, *, start: datetime) -> list[tuple[Link, int]]:
    """The links with their clicks a day."""
    made = []
    for index, (slug, title, target, tags, clicks) in enumerate(plan.LINKS):
        facts = {"target": target, "title": title, "tags": list(tags), "notes": "Demo data."}
        values = facts | plan.LINK_OPTIONS.get(slug, {})
        link = links.create_link(actor=cast.actor(index), team_id=cast.team.pk, values=values, slug=slug, now=start)
        made.append((link, clicks))
    for template in plan.UTM_TEMPLATES:
        utm_templates.create_template(actor=cast.actor(0), team_id=cast.team.pk, values=template, now=start)
    return made


def click(made: list[tuple[Link, int]], *, start: datetime, end: datetime, random: Random) -> int:
    """Delivers and drains the clicks of each day and says how many they were."""
    total, day = 0, start
    while day < end:
        records = sorted(_day(made, day, min(day + timedelta(days=1), end), random), key=lambda one: one.at_us)
        total += history.add_clicks(records=records, source="demo", number=day.toordinal(), now=end)
        day += timedelta(days=1)
    return total


def _day(made: list[tuple[Link, int]], day: datetime, end: datetime, random: Random) -> Iterator[ClickRecord]:
    weekend = 0.6 if day.weekday() >= 5 else 1.0
    for link, clicks in made:
        for _ in range(round(clicks * weekend * random.uniform(0.75, 1.25))):
            hour = random.choices(range(HOURS), [daylight(hour) for hour in range(HOURS)])[0]
            at = day + timedelta(hours=hour, seconds=random.uniform(0, 3600))
            if at < end:
                yield _click(link, at, random)


def _click(link: Link, at: datetime, random: Random) -> ClickRecord:
    agent = random.choices(AGENTS, (34, 30, 16, 10, 5, 5))[0]
    rule, variant = _decided(link, agent, random)
    return ClickRecord(
        at_us=int(at.timestamp() * 1_000_000),
        link_id=link.pk,
        status=302,
        good=random.random() > 0.0002,
        host=link.domain.name,
        slug=link.slug,
        referrer=random.choice(REFERRERS),
        user_agent=agent,
        address=f"{random.choice(NETWORKS)}.{random.randint(1, 254)}",
        language=random.choice(("de-DE,de;q=0.9", "en-US,en;q=0.8", "sv-SE,sv;q=0.9")),
        rule=rule,
        variant=variant,
    )


def _decided(link: Link, agent: str, random: Random) -> tuple[int, int]:
    """The rule and the variant of the plan's rules that send this visitor on; zeros are none."""
    if link.slug == "spring-sale":
        return 1, random.choices((1, 2), (67, 33))[0]
    if link.slug == "app":
        return (1 if "iPhone" in agent else 2 if "Android" in agent else 0), 0
    return 0, 0
