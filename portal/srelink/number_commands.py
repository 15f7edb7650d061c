"""stats and qr: what a link has counted, and what it looks like on paper."""

import re
import sys
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from portal.srelink.client import Client
from portal.srelink.display import as_json, number, table
from portal.srelink.failures import OK, USAGE, Failure
from portal.srelink.naming import link_named

SPAN = re.compile(r"([0-9]{1,4})([hdw])")
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
BAR = 30
DIMENSIONS = ("referrers", "countries", "devices", "browsers")
TOP = 5


def stats(client: Client, given: Namespace) -> int:
    """Prints the clicks of a link over a span, in buckets and by where they came from."""
    link = link_named(client, given.link)
    start = given.start or span_start(given.since, datetime.now(UTC))
    report = client.get(f"links/{link['id']}/stats/", start=start, end=given.end, step=given.step)
    if given.json:
        sys.stdout.write(as_json(report) + "\n")
        return OK
    lines = [f"{link['short_url']}: {number(report['people'])} clicks by people, {number(report['bots'])} by bots", ""]
    lines.append(_bars(report))
    for name in DIMENSIONS:
        rows = [(row.get("label") or row["value"] or "not told", number(row["people"])) for row in report[name][:TOP]]
        lines += ["", table((name, "people"), rows)] if rows else []
    sys.stdout.write("\n".join(lines) + "\n")
    return OK


def span_start(text: str, now: datetime) -> str:
    """The beginning of a span such as 24h, 7d or 4w that ends now, as RFC 3339."""
    found = SPAN.fullmatch(text)
    if not found:
        raise Failure(f"{text!r} is no span; say 24h, 7d or 4w.", code=USAGE)
    return (now - int(found[1]) * UNITS[found[2]]).isoformat().replace("+00:00", "Z")


def qr(client: Client, given: Namespace) -> int:
    """Draws the QR code of a link in the terminal, or into an SVG or PNG file."""
    link = link_named(client, given.link)
    code = _drawn(link["short_url"], given.error)
    if given.output:
        path = Path(given.output)
        if path.suffix.lower() not in {".svg", ".png"}:
            raise Failure("The file must end in .svg or .png.", code=USAGE)
        code.save(str(path), scale=given.scale, border=given.border)
        sys.stdout.write(as_json({"file": str(path)}) + "\n" if given.json else f"{path}\n")
        return OK
    code.terminal(out=sys.stdout, border=given.border, compact=True)
    sys.stdout.write(f"{link['short_url']}\n")
    return OK


def _drawn(text: str, error: str) -> Any:
    try:
        import segno
    except ImportError as failure:
        raise Failure("QR codes need the package segno: pip install segno.", code=USAGE) from failure
    return segno.make(text, error=error, micro=False)


def _bars(report: dict[str, Any]) -> str:
    """A bar per bucket; its time is in UTC."""
    buckets = report["buckets"]
    most = max((bucket["people"] for bucket in buckets), default=0) or 1
    width = len("2026-03-04") if report["step"] in {"day", "week", "month"} else len("2026-03-04T12:00")
    return "\n".join(
        (
            f"{bucket['start'][:width].replace('T', ' ')}  {number(bucket['people']):>7}  "
            + "█" * round(BAR * bucket["people"] / most)
        ).rstrip()
        for bucket in buckets
    )
