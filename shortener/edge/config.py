"""Settings of an edge, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class ConfigError(ValueError):
    """A setting is missing or makes no sense; the text is for the person who starts the edge."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an edge is told. `directory` belongs to this edge alone; its name must be unique among all edges."""

    database_url: str
    directory: Path
    name: str = "edge-1"
    host: str = "127.0.0.1"
    port: int = 8001
    admin_port: int = 0
    portal_url: str = "http://127.0.0.1:8000"
    link_url: str = "http://127.0.0.1:8001"
    trusted_proxies: int = 0
    redis_url: str = ""
    unknown_links_per_minute: int = 120
    link_host: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "link_host", urlsplit(self.link_url).netloc.lower())


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Settings named as in `.env.example`; raises ConfigError with a sentence that names the variable."""
    port = _integer(environ, "PORTAL_LINK_PORT", 8001)
    name = environ.get("PORTAL_EDGE_NAME") or "edge-1"
    if not name.replace("-", "").replace("_", "").replace(".", "").isalnum() or name.startswith("."):
        raise ConfigError(f"PORTAL_EDGE_NAME may have letters, digits, '-', '_' and '.' only, not {name!r}.")
    return Settings(
        database_url=_secret(environ, "DATABASE_URL"),
        directory=Path(environ.get("PORTAL_DATA_DIR") or ".data") / "edge" / name,
        name=name,
        host=environ.get("PORTAL_LINK_HOST") or "127.0.0.1",
        port=port,
        admin_port=_integer(environ, "PORTAL_PROCESS_PORT", 0),
        portal_url=(environ.get("PORTAL_BASE_URL") or "http://127.0.0.1:8000").rstrip("/"),
        link_url=environ.get("PORTAL_LINK_URL") or f"http://127.0.0.1:{port}",
        trusted_proxies=_integer(environ, "PORTAL_TRUSTED_PROXIES", 0),
        redis_url=_redis_url(environ),
        unknown_links_per_minute=_integer(environ, "PORTAL_UNKNOWN_LINKS_PER_MINUTE", 120),
    )


def _integer(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal():
        raise ConfigError(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _redis_url(environ: Mapping[str, str]) -> str:
    text = _secret(environ, "REDIS_URL", is_needed=False)
    try:
        fits = not text or (urlsplit(text).scheme in {"redis", "rediss", "unix"} and urlsplit(text).port != 0)
    except ValueError:
        fits = False
    if not fits:
        raise ConfigError("REDIS_URL must be a URL that starts with redis://, rediss:// or unix://.")
    return text


def _secret(environ: Mapping[str, str], name: str, *, is_needed: bool = True) -> str:
    file = environ.get(f"{name}_FILE")
    value = Path(file).read_text(encoding="utf-8").strip() if file else environ.get(name, "")
    if is_needed and not value:
        raise ConfigError(f"{name} (or {name}_FILE) must be set.")
    return value
