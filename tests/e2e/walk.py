"""Walks over every page that links lead to, looks at each in both sizes and themes, and says what is wrong.

As a tool, `python -m tests.e2e.walk --base URL --email MAIL --password P --out DIRECTORY` leaves a picture of each.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import django
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

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
SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
STARTS = ("/", "/help/", "/search/?q=a", "/accounts/2fa/", "/accounts/email/", "/accounts/password/change/")
OUTSIDE = re.compile(
    r"^/(api|static|accounts/logout|metrics|healthz|readyz|feeds?|.*\.(ics|csv|json|png|pdf|svg|atom|xml))"
)
SERIOUS = ("serious", "critical")
RULED = {("desktop", "light"), ("phone", "dark")}


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


def pages(page: Page, base: str, limit: int = 200) -> Iterator[str]:
    """Breadth first over the links from the start pages, one sample of each route."""
    waiting, seen = list(STARTS), {shape(start) for start in STARTS}
    while waiting and limit:
        path = waiting.pop(0)
        response = page.goto(base + path)
        if response is None or response.status >= 400 or "html" not in response.headers.get("content-type", ""):
            continue
        limit -= 1
        yield path
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            found = _inside(base, link)
            if found is not None and shape(found) not in seen:
                seen.add(shape(found))
                waiting.append(found)


def _inside(base: str, link: str) -> str | None:
    parts = urlsplit(urldefrag(urljoin(base, link)).url)
    if f"{parts.scheme}://{parts.netloc}" != base or OUTSIDE.match(parts.path):
        return None
    return parts.path


def look(page: Page, base: str, path: str, size: str, theme: str, out: Path | None) -> Finding:
    """Opens a page and collects errors of the console, content wider than the screen, and axe's findings.

    axe is slow: it looks at each theme and each size once, not at all four pairs.
    """
    finding = Finding(path, size, theme)

    def noted(message: ConsoleMessage) -> None:
        if message.type == "error":
            finding.problems.append(f"console: {message.text[:200]}")

    page.on("console", noted)
    page.on("pageerror", lambda error: finding.problems.append(f"script: {str(error)[:200]}"))
    response = page.goto(base + path)
    if response is not None and response.status >= 400:
        finding.problems.append(f"status {response.status}")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        finding.problems.append(f"{wide} px wider than the screen")
    if (size, theme) in RULED:
        finding.problems.extend(broken_rules(page))
    if out is not None:
        name = path.strip("/").replace("/", "_").replace("?", "_") or "home"
        page.screenshot(path=str(out / f"{name[:80]}-{size}-{theme}.png"), full_page=True)
    return finding


def broken_rules(page: Page) -> list[str]:
    """The serious and critical findings of axe, each with its first element."""
    found = Axe().run(page).response["violations"]
    return [
        f"axe {rule['id']} x{len(rule['nodes'])}: {rule['nodes'][0]['html'][:160]}"
        for rule in found
        if rule["impact"] in SERIOUS
    ]


def walk(browser: Browser, base: str, email: str, password: str, out: Path | None = None) -> Iterator[Finding]:
    """Every page, both sizes, both themes."""
    scout = browser.new_context()
    sign_in(scout, base, email, password)
    state = scout.storage_state()
    paths = list(pages(scout.new_page(), base))
    scout.close()
    for size, viewport in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(
                storage_state=state, viewport={**viewport}, color_scheme="dark" if theme == "dark" else "light"
            )
            for path in paths:
                page = context.new_page()
                yield look(page, base, path, size, theme, out)
                page.close()
            context.close()


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
