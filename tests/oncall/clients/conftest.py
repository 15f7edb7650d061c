"""The receiver that a channel speaks to."""

from collections.abc import Iterator
from typing import Any

import pytest
from apprise.plugins.prowl import NotifyProwl

from tests.oncall.clients.providers import SETTINGS, URLS
from tests.oncall.clients.receivers import HttpReceiver, SmtpReceiver


@pytest.fixture(scope="session")
def _http() -> Iterator[HttpReceiver]:
    server = HttpReceiver()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _smtp() -> Iterator[SmtpReceiver]:
    server = SmtpReceiver()
    yield server
    server.stop()


@pytest.fixture
def provider_http(_http: HttpReceiver, settings: Any, monkeypatch: pytest.MonkeyPatch) -> HttpReceiver:
    """Every provider over HTTP, on loopback."""
    _http.came.clear()
    _http.awake.clear()
    _http.mood, _http.answer = "answers", (200, "ok")
    settings.PORTAL_PRIVATE_TARGETS = [_http.address]
    for name, value in (SETTINGS | dict.fromkeys(URLS, _http.url)).items():
        setattr(settings, name, value)
    monkeypatch.setattr(NotifyProwl, "notify_url", f"{_http.url}/publicapi/add")
    return _http


@pytest.fixture
def provider_smtp(_smtp: SmtpReceiver, settings: Any) -> SmtpReceiver:
    """The mail server, on loopback."""
    _smtp.came.clear()
    _smtp.mood, _smtp.answer = "answers", (250, "taken")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _smtp.port
    return _smtp
