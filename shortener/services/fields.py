"""The fields of a link as people and programs give them: cleaned all at once, so that all errors are told at once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from shortener.exceptions import InvalidLink
from shortener.models import Link, LinkState
from shortener.services import rule_lists, targets

MAX_TAGS = 20
TAG_LENGTH = 50
MAX_TITLE = 200
MAX_NOTES = 10_000
LONGEST_AGE = 31_536_000
MOST_VISITS = 2_000_000_000
LONGEST_PASSWORD = 1_000
STATUSES = (301, 302, 307, 308)
EDITABLE = (
    "target", "title", "tags", "notes", "not_before", "expires_at", "expired_target", "redirect_status", "max_age",
    "forward_query", "forward_path", "preview", "is_indexed", "max_visits", "is_open_without_counter", "password",
    "rules", "external_id", "state",
)  # fmt: skip
COLUMNS = {"password": "password_hash"}
"""Where a field is stored under another name."""


def clean(
    values: Mapping[str, Any],
    *,
    link: Link | None = None,
    extra: Mapping[str, list[str]] | None = None,
    served: frozenset[str] | None = None,
) -> dict[str, Any]:
    """The canonical form of the given fields of a new link or of `link`, under the names of their columns.

    A password becomes its hash, and `target_hosts` follows every address that is given. Raises InvalidLink with the
    errors of all fields, and with those of `extra`. `served` saves whoever cleans many links the look-up.
    """
    errors = {name: list(found) for name, found in (extra or {}).items() if found}
    cleaned: dict[str, Any] = {}
    served = targets.served_hosts() if served is None else served
    for name, value in values.items():
        cleaned[name], found = clean_one(name, value, served)
        if found:
            errors.setdefault(name, []).extend(found)
    if link is None and "target" not in values:
        errors["target"] = ["Give an address."]
    errors |= _span_errors(cleaned, link)
    if errors:
        raise InvalidLink(fields=errors)
    return _hashed(cleaned, link) | _hosts(cleaned, link)


def value_of(link: Link, name: str) -> Any:
    """The stored value of an editable field; of a password, its hash."""
    return getattr(link, COLUMNS.get(name, name))


def clean_one(name: str, value: Any, served: frozenset[str]) -> tuple[Any, list[str]]:
    """The canonical form of one field and all that is wrong with it."""
    if name == "target" or (name == "expired_target" and value):
        return targets.check(value or "", served=served)
    if name not in EDITABLE:
        return None, ["This field cannot be set."]
    if name == "rules":
        return rule_lists.clean(value, served=served)
    cleaner = CLEANERS.get(name)
    return cleaner(value) if cleaner else (value, [])


def _text(limit: int) -> Callable[[str | None], tuple[str, list[str]]]:
    def cleaned(value: str | None) -> tuple[str, list[str]]:
        text = (value or "").strip()
        found = [f"Use at most {limit} characters."] if len(text) > limit else []
        if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
            found.append("The text contains characters that cannot be stored.")
        return text, found

    return cleaned


def _tags(value: list[str] | None) -> tuple[list[str], list[str]]:
    """Trimmed, lower case, each once, in order."""
    tags = list(dict.fromkeys(tag.strip().lower() for tag in value or [] if tag.strip()))
    found = [f"Use at most {MAX_TAGS} tags."] if len(tags) > MAX_TAGS else []
    if any(len(tag) > TAG_LENGTH or not tag.isprintable() or "," in tag for tag in tags):
        found.append(f"A tag has at most {TAG_LENGTH} printable characters and no comma.")
    return tags, found


def _status(value: int) -> tuple[int, list[str]]:
    return value, [] if value in STATUSES else ["Choose 301, 302, 307 or 308."]


def _flag(value: object) -> tuple[object, list[str]]:
    return value, [] if isinstance(value, bool) else ["Say yes or no."]


def _max_visits(value: int | None) -> tuple[int | None, list[str]]:
    fits = value is None or 1 <= value <= MOST_VISITS
    return value, [] if fits else [f"Give a number of people from 1 to {MOST_VISITS:,}, or nothing."]


def _password(value: str | None) -> tuple[str, list[str]]:
    """As it is, spaces included; empty takes the password away."""
    text = value or ""
    found = [f"Use at most {LONGEST_PASSWORD} characters."] if len(text) > LONGEST_PASSWORD else []
    return text, [*found, *_text(len(text))(text)[1]]


def _state(value: str) -> tuple[str, list[str]]:
    return value, [] if value in {LinkState.ACTIVE, LinkState.DISABLED} else ["Choose active or disabled."]


def _max_age(value: int | None) -> tuple[int | None, list[str]]:
    fits = value is None or 0 <= value <= LONGEST_AGE
    return value, [] if fits else [f"Give seconds from 0 to {LONGEST_AGE}."]


def _external_id(value: str | None) -> tuple[str | None, list[str]]:
    text, found = _text(200)(value)
    return text or None, found


CLEANERS: dict[str, Callable[[Any], tuple[Any, list[str]]]] = {
    "title": _text(MAX_TITLE),
    "notes": _text(MAX_NOTES),
    "expired_target": _text(0),
    "tags": _tags,
    "redirect_status": _status,
    "max_age": _max_age,
    "state": _state,
    "max_visits": _max_visits,
    "password": _password,
    **dict.fromkeys(("forward_query", "forward_path", "preview", "is_indexed", "is_open_without_counter"), _flag),
    "external_id": _external_id,
}


def _span_errors(cleaned: Mapping[str, Any], link: Link | None) -> dict[str, list[str]]:
    """Whether the link would expire before it begins, with what is stored where nothing is given."""

    def value(name: str) -> datetime | None:
        found: datetime | None = cleaned.get(name, getattr(link, name, None))
        return found

    if "not_before" not in cleaned and "expires_at" not in cleaned:
        return {}
    start, end = value("not_before"), value("expires_at")
    if start is not None and end is not None and end <= start:
        return {"expires_at": ["The link must expire after it begins."]}
    return {}


def _hashed(cleaned: dict[str, Any], link: Link | None) -> dict[str, Any]:
    """The fields with the hash of a password in its place; one that is set already keeps its hash."""
    if "password" not in cleaned:
        return cleaned
    rest = {name: value for name, value in cleaned.items() if name != "password"}
    password = cleaned["password"]
    stored = link.password_hash if link is not None else ""
    if password and stored and check_password(password, stored):
        return rest
    return rest | {"password_hash": make_password(password) if password else ""}


def _hosts(cleaned: Mapping[str, Any], link: Link | None) -> dict[str, list[str]]:
    """Every host that the link may lead to, with what is stored where nothing is given."""
    if not {"target", "expired_target", "rules"} & set(cleaned):
        return {}
    target, after, rules = (
        cleaned.get(name, getattr(link, name, "")) for name in ("target", "expired_target", "rules")
    )
    found = {targets.host_of(address) for address in (target, after, *rule_lists.targets_of(rules or [])) if address}
    return {"target_hosts": sorted(found - {""})}
