"""The environment of every test run, made before Django reads its settings (a pytest plugin named in pyproject.toml).

PostgreSQL and Valkey are started once a run by the first process; the workers of a parallel run inherit them, and each
takes a database of its own in both.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FIXED = {
    "PORTAL_SECRET_KEY": "tests-only-secret-key-that-protects-nothing-at-all",
    "PORTAL_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "PORTAL_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "PORTAL_BASE_URL": "http://localhost:8000",
    "PORTAL_LINK_URL": "http://localhost:8001",
    "PORTAL_LOG_LEVEL": "WARNING",
    "PORTAL_TASKS_EAGER": "1",
}
OWN_SERVERS = "PORTAL_TEST_SERVERS"


def _directory(prefix: str) -> Path:
    place = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


def _prepare() -> None:
    kept = {"PORTAL_TEST_NAME", OWN_SERVERS, "PORTAL_REQUIRE_ALL"}
    for name in [name for name in os.environ if name.startswith("PORTAL_") and name not in kept]:
        del os.environ[name]
    os.environ.update(FIXED)
    data = _directory("portal-test-data-")
    (data / "static").mkdir()
    os.environ["PORTAL_DATA_DIR"] = str(data)
    _start_servers()
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{worker + 1}"


def _start_servers() -> None:
    if os.environ.get(OWN_SERVERS) or {"DATABASE_URL", "REDIS_URL"} <= set(os.environ):
        return
    from portal.embedded import temporary

    servers = temporary.servers(_directory("portal-test-servers-"))
    atexit.register(servers.stop)
    os.environ |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url, OWN_SERVERS: "1"}


_prepare()
