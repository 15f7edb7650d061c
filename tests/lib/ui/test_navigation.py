import pytest
from django.test import RequestFactory

from portal.lib.ui import navigation


@pytest.fixture(autouse=True)
def _own_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_counts", {})


def keys_of(path: str) -> list[str]:
    return [item.entry.key for item in navigation.items(RequestFactory().get(path)) if item.current]


def test_the_home_page_is_current_only_on_itself() -> None:
    assert keys_of("/") == ["home"]
    assert keys_of("/search/") == []


def test_the_longest_prefix_is_current() -> None:
    assert keys_of("/settings/teams/payments/") == ["settings"]


def test_pages_outside_the_prefix_belong_to_their_entry() -> None:
    assert keys_of("/accounts/2fa/") == ["settings"]


def test_an_entry_whose_page_does_not_exist_is_left_out() -> None:
    assert navigation.resolve("no_such_page") is None


def test_a_registered_count_is_read_for_the_reader() -> None:
    navigation.register_count("home", lambda actor: 3 if actor == "alice" else 0)
    request = RequestFactory().get("/")
    vars(request)["actor"] = "alice"
    assert navigation.items(request)[0].count == 3


def test_nobody_has_no_counts() -> None:
    navigation.register_count("home", lambda _: 3)
    assert navigation.items(RequestFactory().get("/"))[0].count == 0


def test_no_two_entries_share_a_key_of_the_keyboard() -> None:
    shortcuts = [entry.shortcut for entry in navigation.ENTRIES]
    assert len(shortcuts) == len(set(shortcuts))


def test_the_tab_bar_has_room_for_four_entries_and_the_rest() -> None:
    assert sum(entry.in_tabbar for entry in navigation.ENTRIES) == 4
