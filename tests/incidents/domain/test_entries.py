from incidents.domain import entries
from incidents.domain.entries import Kind


def test_a_page_reads_as_a_page() -> None:
    assert entries.alert_entry("paged", "Errors", "mail to Ada") == (Kind.PAGE, "Paged: Errors (mail to Ada)")


def test_a_detail_that_repeats_the_title_is_left_out() -> None:
    assert entries.alert_entry("fired", "Errors", "Errors") == (Kind.ALERT, "Alert fired: Errors")


def test_an_unknown_event_keeps_its_word() -> None:
    assert entries.alert_entry("was_muted", "Errors", "") == (Kind.ALERT, "Alert was muted: Errors")


def test_joining_alerts_do_not_fill_the_timeline() -> None:
    assert "joined" not in entries.shown_alert_events()
