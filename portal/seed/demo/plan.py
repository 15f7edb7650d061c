"""Who and what the demo is about: people, services, links and outages."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

TEAM = ("Storefront (demo)", "storefront-demo")
PEOPLE = (
    ("ada@demo.example", "Ada Brandt", "manager", "Europe/Berlin"),
    ("bo@demo.example", "Bo Lindqvist", "responder", "Europe/Stockholm"),
    ("chi@demo.example", "Chi Okafor", "responder", "Africa/Lagos"),
    ("dee@demo.example", "Dee Marsh", "responder", "America/New_York"),
    ("eli@demo.example", "Eli Tanaka", "viewer", "Asia/Tokyo"),
)


@dataclass(frozen=True, slots=True)
class DemoService:
    """A service with its traffic: `rate` events an hour at noon, `noise` the usual ratio of bad ones."""

    slug: str
    name: str
    tier: int
    description: str
    objective: Decimal
    rate: int
    noise: float
    needs: tuple[str, ...] = ()


SERVICES = (
    DemoService("catalog-search", "Catalog search", 2, "Finds products.", Decimal("0.995"), 5200, 0.0011),
    DemoService("inventory", "Inventory", 2, "Knows what is in stock.", Decimal("0.995"), 3100, 0.0007),
    DemoService("payments", "Payments", 1, "Takes cards and refunds.", Decimal("0.999"), 900, 0.0002),
    DemoService(
        "checkout", "Checkout", 1, "From basket to order.", Decimal("0.999"), 1400, 0.0003, ("payments", "inventory")
    ),
    DemoService("newsletter", "Newsletter", 4, "Sends what people asked for.", Decimal("0.99"), 160, 0.002),
)

LINKS = (
    ("spring-sale", "Spring sale", "https://shop.example/sale?utm_source=poster", ("campaign",), 210),
    ("app", "Get the app", "https://shop.example/app", ("app", "print"), 140),
    ("jobs", "Open positions", "https://shop.example/jobs", ("people",), 45),
    ("returns", "How to send something back", "https://shop.example/help/returns", ("help",), 80),
    ("uptime", "Are we up?", "https://shop.example/status", ("help",), 12),
    ("podcast", "The makers' podcast", "https://shop.example/podcast", ("campaign",), 60),
    ("gift", "Gift cards", "https://shop.example/gift", ("campaign",), 95),
    ("hamburg", "Hamburg opening day", "https://shop.example/stores/hamburg", ("store", "print"), 25),
)

LINK_OPTIONS: dict[str, dict[str, Any]] = {
    "app": {
        "rules": [
            {
                "name": "iPhones and iPads",
                "conditions": [{"type": "os", "values": ["iOS"]}],
                "target": "https://apps.example/ios/storefront",
            },
            {
                "name": "Android",
                "conditions": [{"type": "os", "values": ["Android"]}],
                "target": "https://apps.example/android/storefront",
            },
        ]
    },
    "spring-sale": {
        "rules": [
            {
                "name": "New page for a third",
                "conditions": [],
                "variants": [
                    {"target": "https://shop.example/sale?utm_source=poster", "weight": 67},
                    {"target": "https://shop.example/sale-two?utm_source=poster", "weight": 33},
                ],
            }
        ]
    },
    "gift": {"max_visits": 50_000},
    "podcast": {"forward_query": True},
}
"""What some links do besides leading to their target."""

UTM_TEMPLATES = (
    {"name": "Newsletter", "source": "newsletter", "medium": "email"},
    {"name": "Poster", "source": "poster", "medium": "print"},
)


@dataclass(frozen=True, slots=True)
class Outage:
    """One thing that went wrong: `day` before the end of the history, minutes until each step, and what was learnt."""

    day: int
    hour: int
    service: str
    title: str
    severity: int
    lasted: int
    bad: float
    version: str = ""
    public: bool = True
    drill: bool = False
    lesson: str = ""
    items: tuple[tuple[str, str, int, int, str], ...] = field(default_factory=tuple)


OUTAGES = (
    Outage(
        83,
        13,
        "checkout",
        "Orders fail after the basket rewrite",
        1,
        47,
        0.62,
        "4.12.0",
        lesson="The rewrite read a price field that only new baskets carry; our canary holds new baskets only.",
        items=(
            ("Replay a day of old baskets against each release", "prevent", 1, 21, "done"),
            ("Show the share of failed orders on the release page", "detect", 2, 28, "done"),
        ),
    ),
    Outage(
        71,
        4,
        "payments",
        "Card payments time out at the provider",
        2,
        88,
        0.31,
        lesson="One provider, no second route; our time-out of 60 s kept baskets locked long after it was well.",
        items=(
            ("Route cards through the second provider after three time-outs", "mitigate", 0, 30, "done"),
            ("Cut the time-out to 8 s", "repair", 1, 7, "done"),
        ),
    ),
    Outage(
        58,
        16,
        "catalog-search",
        "Search answers are empty for new products",
        3,
        190,
        0.08,
        "2.31.4",
        public=False,
        lesson="The index build skipped products without a picture and said nothing.",
        items=(("Fail the index build when more than one product in a thousand is skipped", "detect", 2, 30, "done"),),
    ),
    Outage(
        45,
        10,
        "inventory",
        "Stock counts freeze for the northern warehouse",
        2,
        64,
        0.22,
        lesson="A certificate ended. Renewal was automatic, the restart that loads it was not.",
        items=(
            ("Alert 21 days before any certificate ends", "detect", 1, 14, "done"),
            ("Reload certificates without a restart", "prevent", 2, 60, "in_progress"),
        ),
    ),
    Outage(36, 14, "checkout", "Game day: the payment queue is gone", 2, 35, 0.0, public=False, drill=True),
    Outage(
        27,
        20,
        "checkout",
        "Every third order is slow in the evening peak",
        3,
        72,
        0.05,
        lesson="A missing index shows only at the evening's volume; the load test stops at noon's.",
        items=(
            ("Run the load test at the highest hour of the last 90 days", "prevent", 1, 21, "done"),
            ("Page on slow orders, not only on failed ones", "detect", 2, 25, "proposed"),
        ),
    ),
    Outage(
        13,
        9,
        "payments",
        "Refunds are refused after a key rotation",
        2,
        39,
        0.12,
        "7.3.1",
        lesson="Two services cache the key; the runbook knew of one.",
        items=(("List every holder of the key in the catalog", "process", 1, 10, "in_progress"),),
    ),
    Outage(4, 11, "inventory", "Reservations expire too early", 3, 51, 0.07, "3.8.2", lesson=""),
)
