"""The whole story once in Chromium against the real processes, which are killed in its middle."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from tests.e2e import story
from tests.e2e.running import RunningPortal, wait_until
from tests.e2e.story import Person
from tests.flows.world import Target

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(480)]
PAGED_WITHIN = 330


@pytest.fixture
def target() -> Iterator[Target]:
    """A page of ours that can break."""
    found = Target()
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


@pytest.fixture
def alice(portal: RunningPortal, browser: Browser) -> Person:
    """The administrator; Bob is made a responder of her team."""
    portal.manage("shell", "-c", story.MAKE_BOB)
    return story.sign_in(portal, browser, portal.admin_email, portal.admin_password)


@pytest.fixture
def bob(portal: RunningPortal, browser: Browser, alice: Person) -> Person:
    """Bob on his phone."""
    return story.sign_in(portal, browser, story.BOB, story.PASSWORD, viewport={"width": 390, "height": 844})


def test_the_outage_story(portal: RunningPortal, alice: Person, bob: Person, target: Target) -> None:
    on_call_is_published(alice)
    a_service_is_watched(alice, target)
    target.is_broken = True
    a_link_is_made_followed_and_counted(alice)
    for name in ("edge", "worker", "beat", "pager"):
        portal.kill(name)
    alert = somebody_is_paged_and_acknowledges(portal, bob)
    incident = an_incident_is_run(alice, alert)
    target.is_broken = False
    the_public_sees_it(alice, incident)
    all_clear_is_given(alice, incident)
    postmortem = a_postmortem_is_published(alice, bob, incident)
    its_action_item_is_closed(alice, postmortem)
    the_manager_reads_the_report(alice)


def on_call_is_published(alice: Person) -> None:
    alice.go("/oncall/teams/platform/schedules/new/")
    alice.unfold()
    for layer in (0, 1):
        turns = {f"layers-{layer}-slots-0-who": "Bob", f"layers-{layer}-slots-1-who": "Administrator"}
        alice.choose(**turns)
    alice.press("Preview who is affected")
    alice.press("Publish the schedule")
    alice.go("/oncall/")
    alice.sees("Bob")


def a_service_is_watched(alice: Person, target: Target) -> None:
    alice.go("/services/new/")
    alice.fill(name="Checkout", slug="checkout")
    alice.press("Create service")
    alice.go("/probes/new/?service=checkout&kind=http")
    alice.unfold()
    alice.fill(name="Checkout answers", url=f"http://{target.address}/", interval="10", timeout="3")
    alice.press("Create the probe")
    alice.sees("Checkout answers")
    alice.go("/slos/new/?service=checkout")
    alice.page.locator("main select[name=sli]").select_option(index=1)
    alice.unfold()
    alice.fill(name="Checkout works", objective="99", minimum_events="1", coverage_floor="0")
    alice.press("Create the SLO")
    alice.sees("Checkout works")


def a_link_is_made_followed_and_counted(alice: Person) -> None:
    """Her browser follows a short link once, four programs follow it too, and five clicks are counted."""
    target = f"{alice.portal.base_url}/status/"
    alice.go("/links/new/")
    alice.fill(target=target, slug="story")
    alice.press("Make the link")
    detail = alice.path()
    url = alice.portal.link_url + "/story"
    alice.page.goto(url)
    assert alice.page.url == target
    for _ in range(4):
        answer = alice.page.request.get(url, max_redirects=0, headers={"User-Agent": story.BROWSER})
        assert (answer.status, answer.headers["location"]) == (302, target)

    def counted() -> bool:
        alice.go(detail)
        return alice.page.get_by_text("5 clicks in all").count() > 0

    wait_until(counted)


def somebody_is_paged_and_acknowledges(portal: RunningPortal, bob: Person) -> str:
    """Bob opens the link of the mail on his phone and acknowledges."""
    mail = story.page_mail(portal, "Checkout works", seconds=PAGED_WITHIN)
    assert story.BOB in str(mail["To"])
    bob.go(story.ack_path(portal, mail))
    bob.press("Acknowledge")
    bob.go("/alerts/")
    bob.follow("Stop the burn: Checkout works")
    bob.sees("Acknowledged")
    return bob.path()


def an_incident_is_run(alice: Person, alert: str) -> str:
    alice.go(alert)
    alice.follow("Declare an incident")
    alice.page.get_by_label("SEV2").check()
    alice.unfold()
    alice.page.locator("main [name=is_public]").check()
    alice.press("Declare")
    incident = alice.path()
    words = alice.page.locator("form[action$='/update/'] [name=text]")
    words.fill("We found the broken release and roll it back.")
    alice.choose(audience="Public", status="Identified")
    alice.press("Post the update")
    alice.sees("We found the broken release")
    return incident


def the_public_sees_it(alice: Person, incident: str) -> None:
    visitor = alice.page.context.browser
    assert visitor is not None
    reader = Person(alice.portal, visitor.new_context().new_page())
    reader.go("/status/")
    reader.sees("We found the broken release and roll it back.")
    response = reader.page.goto(alice.portal.base_url + incident)
    assert response is not None
    assert "/accounts/login/" in response.url


def all_clear_is_given(alice: Person, incident: str) -> None:
    for _ in range(2):
        alice.go(f"{incident}all-clear/")
        alice.page.locator("main form button[type=submit]").last.click()
        alice.page.wait_for_load_state()
    alice.go(incident)
    alice.sees("Resolved")


def a_postmortem_is_published(alice: Person, bob: Person, incident: str) -> str:
    alice.go(incident)
    alice.follow("Postmortem")
    alice.page.locator("main form button[type=submit]").last.click()
    alice.page.wait_for_load_state()
    postmortem = alice.path().removesuffix("edit/")
    alice.go(f"{postmortem}edit/")
    for area in alice.page.locator("main textarea").all():
        area.fill("We let one release reach everybody at once; 40 % of requests failed for some minutes.")
    alice.page.locator("main form button[type=submit]").last.click()
    alice.page.wait_for_load_state()
    alice.go(f"{postmortem}submit/")
    alice.page.get_by_label("Bob").check()
    alice.page.locator("main form button[type=submit]").last.click()
    bob.go(postmortem)
    bob.press("Approve")
    alice.go(postmortem)
    alice.press("Publish")
    alice.sees("Published")
    return postmortem


def its_action_item_is_closed(alice: Person, postmortem: str) -> None:
    alice.go(f"{postmortem}items/new/")
    due = (datetime.now(UTC) + timedelta(days=14)).date().isoformat()
    alice.fill(title="Roll out to one percent first", due_on=due)
    alice.choose(owner="Administrator", type="Prevent")
    alice.page.locator("main form button[type=submit]").last.click()
    alice.page.wait_for_load_state()
    alice.go("/action-items/")
    alice.follow("Roll out to one percent first")
    alice.choose(state="Done")
    alice.page.locator("main form button[type=submit]").last.click()
    alice.page.wait_for_load_state()
    alice.go(postmortem)
    alice.press("Close")
    alice.sees("Closed")


def the_manager_reads_the_report(alice: Person) -> None:
    alice.go("/reports/")
    stats = alice.page.locator(".stat")
    assert stats.filter(has_text="Incidents").locator(".stat-value").first.inner_text() == "1"
    assert stats.filter(has_text="Open action items").locator(".stat-value").inner_text() == "0"
    recovery = alice.page.get_by_role("row", name="Time to recovery")
    assert "1" in recovery.inner_text()
