"""Deny by default: without a sign-in no URL of the portal answers 200, but for the public ones named here."""

from collections.abc import Iterator

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

PUBLIC = {
    "healthz",
    "readyz",
    "metrics",
    "api_schema",
    "api_docs",
    "help_page",
    "invitation_accept",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_signup",
    "mfa_login_webauthn",
}
PUBLIC_PREFIXES = ("status_", "ack_", "ical_")


def named_patterns(
    resolver: URLResolver, prefix: tuple[URLPattern | URLResolver, ...] = ()
) -> Iterator[tuple[str, tuple[URLPattern | URLResolver, ...]]]:
    for pattern in resolver.url_patterns:
        chain = (*prefix, pattern)
        if isinstance(pattern, URLResolver):
            yield from named_patterns(pattern, chain)
        else:
            yield str(pattern.name), chain


def sample_path(chain: tuple[URLPattern | URLResolver, ...]) -> str:
    resolver = get_resolver()
    name, converters = str(getattr(chain[-1], "name", "")), {}
    for pattern in chain:
        converters.update(pattern.pattern.converters)
    values = {key: sample_value(converter) for key, converter in converters.items()}
    return resolver.reverse(name, **values)


def sample_value(converter: object) -> object:
    if isinstance(converter, IntConverter):
        return 1
    return "00000000-0000-4000-8000-000000000000" if isinstance(converter, UUIDConverter) else "sample"


def closed_paths() -> Iterator[tuple[str, str]]:
    for name, chain in named_patterns(get_resolver()):
        if name not in PUBLIC and not name.startswith(PUBLIC_PREFIXES):
            yield name, sample_path(chain)


def let_in(status: int) -> bool:
    return status < 300 or status >= 500


def test_a_stranger_sees_nothing(db: None, client: Client) -> None:
    answers = {path: client.get(path).status_code for _, path in closed_paths()}
    assert {path: status for path, status in answers.items() if let_in(status)} == {}


def test_a_stranger_writes_nothing(db: None, client: Client) -> None:
    answers = {path: client.post(path).status_code for _, path in closed_paths()}
    assert {path: status for path, status in answers.items() if let_in(status)} == {}


def test_every_public_name_exists() -> None:
    assert PUBLIC - {name for name, _ in named_patterns(get_resolver())} == set()
