"""Checks servers that were given by DATABASE_URL and REDIS_URL, so that a wrong one is named before anything starts."""

from urllib.parse import urlsplit

from portal.embedded.exceptions import SurroundingsError

TIMEOUT_SECONDS = 5
OLDEST_POSTGRES = 14


def check_database(url: str) -> None:
    """DATABASE_URL answers, lets us in, and is new enough."""
    import psycopg2

    address = _address(url)
    try:
        connection = psycopg2.connect(url, connect_timeout=TIMEOUT_SECONDS)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise SurroundingsError(f"DATABASE_URL: no PostgreSQL lets us in at {address} ({reason}).") from None
    version = connection.server_version // 10000
    connection.close()
    if version < OLDEST_POSTGRES:
        raise SurroundingsError(
            f"DATABASE_URL: PostgreSQL {version} at {address} is too old; {OLDEST_POSTGRES} is the oldest that fits."
        )


def check_redis(url: str) -> None:
    """REDIS_URL answers and lets us in."""
    import redis

    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=TIMEOUT_SECONDS, socket_timeout=TIMEOUT_SECONDS
        ) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise SurroundingsError(f"REDIS_URL: no Valkey or Redis lets us in at {_address(url)} ({error}).") from None


def _address(url: str) -> str:
    """Host and port of a URL, without user and password."""
    parts = urlsplit(url)
    return f"{parts.hostname or parts.path}:{parts.port}" if parts.port else (parts.hostname or parts.path)
