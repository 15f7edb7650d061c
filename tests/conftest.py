"""The people that the stories are told with: Alice, Bob, Vera and Charlie; tests/environment.py brings the servers."""

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No test judges by the clock: how fast examples are made and tried is the machine's business, speed is a benchmark's.
settings.register_profile("any clock", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any clock")

gc.set_threshold(100_000, 50, 1000)  # collecting makes a million objects, which live as long as the run


LONGEST = ("walk", "e2e", "edge_faults", "demo", "contracts")
"""Groups that one worker runs for a minute or more: they begin first, or the other worker waits for them in the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest groups first, then the other groups, then all else in the random order it has."""
    items.sort(key=lambda item: (_group_of(item) == "", _group_of(item) not in LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Shares the tests of a run by groups as tests/shares.py says."""
    from tests.shares import Shares

    return Shares(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_finish() -> None:
    """Spares the collector what lives as long as the run: looking through a million objects again costs a tenth."""
    gc.collect()
    gc.freeze()


def _group_of(item: pytest.Item) -> str:
    marker = item.get_closest_marker("xdist_group")
    return str(marker.args[0]) if marker else ""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """On servers of the run's own each worker copies one migrated database; on given ones none is left behind."""
    from django.db import connection

    from tests import databases

    if os.environ.get("PORTAL_TEST_SERVERS"):
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = databases.template()


LASTING = {"django_content_type", "auth_permission"}
"""What migrating writes and nothing changes: making it anew after a test takes longer than emptying all the rest."""


@pytest.fixture(autouse=True, scope="session")
def _quick_flush() -> Iterator[None]:
    """Empties only the tables that hold rows: truncating two hundred empty ones takes a fifth of a second a test."""
    from django.core.management.commands import flush
    from django.db import connection

    def deletes(_style: Any, tables: list[str], **_options: Any) -> list[str]:
        quoted = [connection.ops.quote_name(table) for table in tables if table not in LASTING]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in quoted))
            filled = [name for (name,) in cursor.fetchall()]
        unchecked = "SET LOCAL session_replication_role = replica"
        return [unchecked, *(f"DELETE FROM {name}" for name in filled)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "sql_flush", deletes)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_words, **_options: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def _fast_passwords() -> Iterator[None]:
    """Once a run: each change of a setting is told to everybody who listens."""
    from django.conf import settings
    from django.test import override_settings

    fast = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[fast, *settings.PASSWORD_HASHERS]):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    from django.core.cache import cache

    yield
    cache.clear()


@pytest.fixture
def now() -> datetime:
    """A Wednesday noon, which no test may take for today."""
    return datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def team(db: None) -> Any:
    from tests.factories.accounts import TeamFactory

    return TeamFactory(name="Payments", slug="payments")


def _member(team: Any, name: str, role: str) -> Any:
    from tests.factories.accounts import MembershipFactory, UserFactory

    user = UserFactory(email=f"{name.lower()}@example.com", name=name)
    MembershipFactory(user=user, team=team, role=role)
    return user


@pytest.fixture
def alice(team: Any) -> Any:
    """A manager of the team."""
    return _member(team, "Alice", "manager")


@pytest.fixture
def bob(team: Any) -> Any:
    """A responder of the team."""
    return _member(team, "Bob", "responder")


@pytest.fixture
def vera(team: Any) -> Any:
    """A viewer of the team."""
    return _member(team, "Vera", "viewer")


@pytest.fixture
def other_team(db: None) -> Any:
    from tests.factories.accounts import TeamFactory

    return TeamFactory(name="Search", slug="search")


@pytest.fixture
def charlie(other_team: Any) -> Any:
    """A manager of another team."""
    return _member(other_team, "Charlie", "manager")


@pytest.fixture
def admin_user(db: None) -> Any:
    from tests.factories.accounts import UserFactory

    return UserFactory(email="root@example.com", name="Root", is_administrator=True)


@pytest.fixture
def actor_of(db: None) -> Callable[[Any], Any]:
    """Makes the Actor of a user."""
    from portal.accounts.selectors import actors

    return actors.actor_for_user


@pytest.fixture
def client_for(db: None) -> Callable[[Any], Any]:
    """Makes a browser-like client that is signed in as a user."""
    from django.test import Client

    def make(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def api_for(team: Any) -> Callable[..., Any]:
    """Makes an API client with a token of the given scopes, owned by a manager of the team or by `user`."""
    from rest_framework.test import APIClient

    from tests.factories.accounts import issue_token

    numbers = itertools.count()

    def make(*scopes: str, user: Any = None) -> APIClient:
        owner = user or _member(team, f"Owner{next(numbers)}", "manager")
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue_token(user=owner, scopes=list(scopes))}")
        return client

    return make


@pytest.fixture
def service(team: Any) -> Any:
    from tests.factories.catalog import ServiceFactory

    return ServiceFactory(team=team, name="Checkout", slug="checkout")
