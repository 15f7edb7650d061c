"""The people of the browser story and what they do on the pages."""

import re
from dataclasses import dataclass
from email.message import Message
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import RunningPortal, wait_until

BOB = "bob@example.com"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
PASSWORD = "a password only for this story"
MAKE_BOB = f"""
from django.utils import timezone
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team, User
from portal.accounts.services import members, users
actor, now = Actor.system("story"), timezone.now()
if not User.objects.filter(email="{BOB}").exists():
    bob = users.create_user(actor=actor, email="{BOB}", name="Bob", password="{PASSWORD}", now=now)
    team = Team.objects.get(slug="platform")
    members.add_member(actor=actor, team=team, user=bob, role=Role.RESPONDER, now=now)
"""


@dataclass
class Person:
    """Somebody at a browser; `go` opens a path, `press` a button or a link by its words."""

    portal: RunningPortal
    page: Page

    def go(self, path: str) -> None:
        response = self.page.goto(self.portal.base_url + path)
        assert response is not None
        assert response.ok, f"{path} answered {response.status}"

    def fill(self, **fields: str) -> None:
        """Fills fields of the main content by their names."""
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").last.fill(value)

    def choose(self, **fields: str) -> None:
        """Chooses in selects of the main content by the words of the option."""
        for name, label in fields.items():
            self.page.locator(f"main select[name='{name}']").last.select_option(label=label)

    def unfold(self) -> None:
        """Opens whatever is folded on the page."""
        folded = self.page.locator("main details:not([open]) > summary")
        for _ in range(folded.count()):
            folded.first.click()

    def press(self, words: str) -> None:
        """Presses the button with these words and waits for the page that follows."""
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, words: str) -> None:
        """Follows the link with these words."""
        self.page.get_by_role("link", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def sees(self, words: str) -> None:
        """Waits until the words stand on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def path(self) -> str:
        return self.page.url.removeprefix(self.portal.base_url)


def sign_in(portal: RunningPortal, browser: Browser, email: str, password: str, **options: Any) -> Person:
    """A person in a browser of their own, signed in through the page."""
    person = Person(portal, browser.new_context(**options).new_page())
    person.go("/accounts/login/")
    person.page.locator("[name=login]").fill(email)
    person.page.locator("[name=password]").fill(password)
    person.page.locator("form button[type=submit]").first.click()
    person.page.wait_for_url(f"{portal.base_url}/")
    return person


def page_mail(portal: RunningPortal, title: str, *, seconds: float) -> Message:
    """The first mail of the pager about `title`."""

    def found() -> Message | None:
        return next((mail for mail in portal.mails if title in str(mail["Subject"])), None)

    mail: Message = wait_until(found, seconds=seconds)
    return mail


def ack_path(portal: RunningPortal, mail: Message) -> str:
    """The path of the signed link in a mail."""
    parts = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    text = b"\n".join(part for part in parts if isinstance(part, bytes)).decode()
    found = re.search(re.escape(portal.base_url) + r"(/alerts/ack/[^\s\"<>]+)", text)
    assert found is not None, text
    return found[1]
