from io import BytesIO
from typing import Any

import pytest

from portal import wsgi


@pytest.mark.django_db
def test_the_application_answers() -> None:
    statuses: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    environ |= {"wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1"}
    application: Any = wsgi.application
    body = b"".join(application({**environ, "wsgi.input": BytesIO()}, lambda status, _: statuses.append(status)))
    assert (statuses, body) == (["200 OK"], b"ok\n")
