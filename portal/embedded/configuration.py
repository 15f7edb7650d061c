"""What `./run` itself reads from the environment, checked before anything is started."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portal.embedded import ports
from portal.embedded.exceptions import SurroundingsError

DATABASE_SCHEMES = {"postgres", "postgresql", "pgsql"}
REDIS_SCHEMES = {"redis", "rediss", "unix"}
ADMIN_PROCESSES = ("edge", "worker", "beat", "pager", "mail")
ANY_HOST = {"0.0.0.0", "", "localhost"}  # noqa: S104 - compared with, never listened on
BOOLEANS = (
    "PORTAL_DEBUG",
    "PORTAL_SSL_REDIRECT",
    "PORTAL_BEHIND_PROXY",
    "PORTAL_OPEN_SIGNUP",
    "PORTAL_ALLOW_PRIVATE_TARGETS",
    "PORTAL_EMAIL_USE_TLS",
)
TRUTHS = {"", "0", "1", "true", "false", "yes", "no", "on", "off", "y", "n"}
NUMBERS = {
    "PORTAL_CLICK_RETENTION_DAYS": 36500,
    "PORTAL_MINUTE_RETENTION_DAYS": 36500,
    "PORTAL_INCOMING_RETENTION_DAYS": 36500,
    "PORTAL_TRUSTED_PROXIES": 100,
    "PORTAL_EMAIL_PORT": 65535,
    "PORTAL_UNKNOWN_LINKS_PER_MINUTE": 1_000_000,
}
SECRET_NAMES = ("PORTAL_SECRET_KEY", "PORTAL_ADMIN_PASSWORD", "DATABASE_URL", "REDIS_URL")


@dataclass(frozen=True)
class Configuration:
    """The settings of the supervisor; `environment` is what every child gets."""

    root: Path
    data_dir: Path
    host: str
    link_host: str
    port: int
    link_port: int
    admin_ports: dict[str, int]
    base_url: str
    link_url: str
    database_url: str
    redis_url: str
    secret_key: str
    admin_email: str
    admin_password: str
    web_workers: int
    web_threads: int
    worker_concurrency: int
    environment: dict[str, str]
    mail_port: int = 0

    @property
    def reachable_host(self) -> str:
        """Where we reach the web process ourselves."""
        return "127.0.0.1" if self.host in ANY_HOST else self.host


def read(root: Path, environ: Mapping[str, str]) -> Configuration:
    """Read and check all settings; ports given as 0 become free ones."""
    _check_the_rest(environ)
    read_secrets = {name: _secret(environ, name) for name in SECRET_NAMES}
    port, link_port, admin_ports = _ports(environ)
    return Configuration(
        root=root,
        data_dir=(root / (environ.get("PORTAL_DATA_DIR") or ".data")).absolute(),
        host=environ.get("PORTAL_HOST") or "127.0.0.1",
        link_host=environ.get("PORTAL_LINK_HOST") or "127.0.0.1",
        port=port,
        link_port=link_port,
        admin_ports=admin_ports,
        base_url=_url(environ, "PORTAL_BASE_URL", {"http", "https"}) or f"http://localhost:{port}",
        link_url=_url(environ, "PORTAL_LINK_URL", {"http", "https"}) or f"http://localhost:{link_port}",
        database_url=_url(read_secrets, "DATABASE_URL", DATABASE_SCHEMES),
        redis_url=_url(read_secrets, "REDIS_URL", REDIS_SCHEMES),
        secret_key=read_secrets["PORTAL_SECRET_KEY"],
        admin_email=environ.get("PORTAL_ADMIN_EMAIL") or "admin@example.com",
        admin_password=read_secrets["PORTAL_ADMIN_PASSWORD"],
        web_workers=_integer(environ, "PORTAL_WEB_WORKERS", 1, smallest=1, largest=64),
        web_threads=_integer(environ, "PORTAL_WEB_THREADS", 4, smallest=1, largest=256),
        worker_concurrency=_integer(environ, "PORTAL_WORKER_CONCURRENCY", 2, smallest=1, largest=64),
        environment=dict(environ),
        mail_port=_integer(environ, "PORTAL_MAIL_PORT", 0),
    )


def _check_the_rest(environ: Mapping[str, str]) -> None:
    """Settings that only the processes read, refused here in one sentence rather than there in a traceback."""
    for name in BOOLEANS:
        if environ.get(name, "").lower() not in TRUTHS:
            raise SurroundingsError(f"{name} must be true or false, not {environ[name]!r}.")
    for name, largest in NUMBERS.items():
        _integer(environ, name, 0, largest=largest)


def _ports(environ: Mapping[str, str]) -> tuple[int, int, dict[str, int]]:
    port = _integer(environ, "PORTAL_PORT", 8000)
    link_port = _integer(environ, "PORTAL_LINK_PORT", 8001)
    base = _integer(environ, "PORTAL_ADMIN_PORT", 8010, largest=65535 - len(ADMIN_PROCESSES))
    spare = ports.free_ports(2 + len(ADMIN_PROCESSES))
    admin = {name: (base + index) if base else spare[2 + index] for index, name in enumerate(ADMIN_PROCESSES)}
    return port or spare[0], link_port or spare[1], admin


def _integer(environ: Mapping[str, str], name: str, default: int, *, smallest: int = 0, largest: int = 65535) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not smallest <= int(text) <= largest:
        raise SurroundingsError(f"{name} must be a whole number from {smallest} to {largest}, not {text!r}.")
    return int(text)


def _secret(environ: Mapping[str, str], name: str) -> str:
    path = environ.get(f"{name}_FILE")
    if not path:
        return environ.get(name, "")
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SurroundingsError(f"Cannot read {path}, which {name}_FILE names: {error}") from None


def _url(values: Mapping[str, str], name: str, schemes: set[str]) -> str:
    """The URL in setting `name`; an unfit one is refused without repeating it, for it may hold a password."""
    text = values.get(name, "").strip()
    try:
        parts = urlsplit(text)
        fits = not text or (parts.scheme in schemes and bool(parts.netloc or parts.path) and parts.port != 0)
    except ValueError:
        fits = False
    if not fits:
        raise SurroundingsError(f"{name} must be a URL that starts with {' or '.join(sorted(schemes))}://.")
    return text.rstrip("/") if name.startswith("PORTAL_") else text
