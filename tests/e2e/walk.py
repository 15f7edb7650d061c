"""Walks over every page that links lead to, looks at each in both sizes and themes, and says what is wrong.

As a tool, `python -m tests.e2e.walk --base URL --email MAIL --password P --out DIRECTORY` leaves a picture of each.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit
from zlib import crc32

import django
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    sync_playwright,
)

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Theme = Literal["light", "dark"]
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
THEMES: tuple[Theme, ...] = ("light", "dark")
LOOKS: list[tuple[str, Theme]] = [(size, theme) for size in SIZES for theme in THEMES]
STARTS = ("/", "/help/", "/search/?q=a", "/accounts/2fa/", "/accounts/email/", "/accounts/password/change/")
OUTSIDE = re.compile(
    r"^/(api|static|accounts/logout|metrics|healthz|readyz|feeds?|links/export/file|links/analytics/export|queries/(csv|png)|.*\.(ics|csv|json|png|pdf|svg|atom|xml|yaml))"
)
SERIOUS = ("serious", "critical")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
AXE = Axe()
JUDGE = "async ([context, options]) => (await axe.run(context, options)).violations"
RULED: list[tuple[str, Theme]] = [("desktop", "light"), ("phone", "dark")]
FRAME = [[".sidebar"], [".topbar"]]
"""What surrounds every page; the same markup in the same look is judged once, with the first page that has it."""
FRAME_OF = "parts => parts.map(([part]) => document.querySelector(part)?.outerHTML).join()"
TOKEN = re.compile(r"csrfmiddlewaretoken.*?>")


@dataclass
class Finding:
    """What is wrong with one page in one size and theme."""

    path: str
    size: str
    theme: str
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.path} ({self.size}, {self.theme}): " + "; ".join(self.problems)


def shape(path: str) -> str:
    """The route of a path in the URLconf, so that one sample stands for all of a kind."""
    try:
        return resolve(urlsplit(path).path).route
    except Resolver404:
        return path


def sign_in(context: BrowserContext, base: str, email: str, password: str) -> None:
    """Signs in through the form, as a person does."""
    page = context.new_page()
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("button:has-text('Sign in') >> nth=0")
    page.wait_for_load_state()
    page.close()


def walk(browser: Browser, base: str, email: str, password: str, out: Path | None = None) -> Iterator[Finding]:
    """Breadth first over the links from the start pages, one sample of each route, in every size and theme."""
    context = browser.new_context(reduced_motion="reduce")
    sign_in(context, base, email, password)
    page = context.new_page()
    frames: set[tuple[str, ...]] = set()
    waiting, seen = list(STARTS), {shape(start) for start in STARTS}
    while waiting:
        path = waiting.pop(0)
        yield from look(page, base, path, out, frames)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            found = _inside(base, link)
            if found is not None and shape(found) not in seen:
                seen.add(shape(found))
                waiting.append(found)
    context.close()


def _inside(base: str, link: str) -> str | None:
    parts = urlsplit(urldefrag(urljoin(base, link)).url)
    if f"{parts.scheme}://{parts.netloc}" != base or OUTSIDE.match(parts.path):
        return None
    return parts.path


def look(page: Page, base: str, path: str, out: Path | None, frames: set[tuple[str, ...]]) -> Iterator[Finding]:
    """Opens a page once, then turns it: by two looks through both sizes and both themes, for pictures through all four.

    axe is slow. It judges every page in one of the two looks, by turns as the routes fall, and in both for pictures;
    of frames only those that are not in `frames`, to which it adds. The first look is the one that the last page left.
    """
    turns = RULED if page.viewport_size != SIZES["phone"] else RULED[::-1]
    ruled = RULED if out is not None else (RULED[crc32(shape(path).encode()) % len(RULED)],)
    problems: list[str] = []

    def noted(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text[:200]}")

    def failed(error: Error) -> None:
        problems.append(f"script: {str(error)[:200]}")

    page.on("console", noted)
    page.on("pageerror", failed)
    response = page.goto(base + path)
    if response is None or response.status >= 400:
        problems.append(f"status {response.status if response else 'none'}")
    page.evaluate(AXE.axe_script)
    for size, theme in turns if out is None else LOOKS:
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=theme)
        found = judged(page, size, theme, frames) if (size, theme) in ruled else []
        yield Finding(path, size, theme, [*problems, *too_wide(page), *found])
        problems.clear()
        if out is not None and response is not None and response.ok:
            name = path.strip("/").replace("/", "_").replace("?", "_") or "home"
            page.screenshot(path=str(out / f"{name[:80]}-{size}-{theme}.png"), full_page=True)
    page.remove_listener("console", noted)
    page.remove_listener("pageerror", failed)


def too_wide(page: Page) -> list[str]:
    """Content wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px wider than the screen"] * (wide > 0)


def judged(page: Page, size: str, theme: str, frames: set[tuple[str, ...]]) -> list[str]:
    """The serious and critical findings of axe, each with its first element; a frame of `frames` is passed by."""
    frame = (size, theme, TOKEN.sub("", page.evaluate(FRAME_OF, FRAME)))
    left_out = FRAME if frame in frames else []
    frames.add(frame)
    found = page.evaluate(JUDGE, [{"exclude": left_out}, RULES])
    return [
        f"axe {rule['id']} x{len(rule['nodes'])}: {rule['nodes'][0]['html'][:160]}"
        for rule in found
        if rule["impact"] in SERIOUS
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="http://localhost:8000")
    parser.add_argument("--email", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    django.setup()
    given.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for finding in walk(browser, given.base, given.email, given.password, given.out):
            sys.stdout.write(f"{finding}\n" if finding.problems else "")
        browser.close()


if __name__ == "__main__":
    main()
