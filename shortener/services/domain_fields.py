"""The fields of a domain as people and programs give them: cleaned all at once, so that all errors come at once."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import can_ada
from django.conf import settings

from shortener.domain import hostnames, images, targets
from shortener.exceptions import InvalidDomain
from shortener.models import Domain
from shortener.services import targets as addresses

PAGES = ("root", "unknown", "expired")
SWITCHES = ("records_network", "records_device", "records_referrer", "records_visitor", "respects_opt_out")
FLAGS = (*SWITCHES, "case_sensitive", "is_team_default")
EDITABLE = ("name", *FLAGS, *(f"{page}_page" for page in PAGES), "logo")
LOGO_BYTES = 100 * 1024
LOGO_PIXELS = 2000
LONGEST_TITLE = 120
LONGEST_TEXT = 2000


def clean(values: Mapping[str, Any], *, domain: Domain | None = None) -> dict[str, Any]:
    """The canonical form of the given fields of a new domain or of `domain`; InvalidDomain with all errors.

    Each of the pages comes out under `pages`, with what is stored for the others.
    """
    served = addresses.served_hosts() | {str(values.get("name", "")).strip().lower()}
    errors: dict[str, list[str]] = {}
    cleaned: dict[str, Any] = {}
    for name, value in values.items():
        cleaned[name], found = clean_one(name, value, served)
        if found:
            errors[name] = found
    if domain is None and "name" not in values:
        errors["name"] = ["Give the host name."]
    if errors:
        raise InvalidDomain(fields=errors)
    return _with_pages(cleaned, dict(domain.pages) if domain is not None else {})


def clean_one(name: str, value: Any, served: frozenset[str]) -> tuple[Any, list[str]]:
    """The canonical form of one field and all that is wrong with it."""
    if name not in EDITABLE:
        return None, ["This field cannot be set."]
    if name == "name":
        return host_name(str(value or ""))
    if name == "logo":
        return logo(value)
    if name in FLAGS:
        return value, [] if isinstance(value, bool) else ["Say yes or no."]
    return page(value, served)


def host_name(text: str) -> tuple[str, list[str]]:
    """The ASCII form of a host name that may serve short links, and all that is wrong with it."""
    text = text.strip().rstrip(".")
    if not text:
        return "", ["Give the host name."]
    if targets.text_problem(text) or any(char in text for char in "/?#@\\%") or (":" in text and "[" not in text):
        return "", ["Give the host name alone, such as go.example.com."]
    try:
        host = targets.normal_host(can_ada.parse(f"https://{text}/").hostname)
    except ValueError:
        return "", ["This is no host name."]
    found = hostnames.problems(host)
    if host == targets.normal_host(urlsplit(settings.PORTAL_BASE_URL).hostname or ""):
        found.append("This is the portal's own host: its pages and short links cannot share one.")
    return host, found


def page(value: Any, served: frozenset[str]) -> tuple[dict[str, str], list[str]]:
    """A page of a domain: {} for the portal's own, {"target"} to go there, {"title", "text"} to say this."""
    if not value:
        return {}, []
    if not isinstance(value, Mapping) or not set(value) <= {"target", "title", "text"}:
        return {}, ['Give either {"target"} or {"title", "text"}.']
    given = {name: text for name, text in value.items() if text}
    if not all(isinstance(text, str) for text in given.values()):
        return {}, ["Target, title and text are texts."]
    if "target" in given and len(given) > 1:
        return {}, ["Give either an address to go to or words of your own, not both."]
    if "target" in given:
        target, found = addresses.check(given["target"], served=served)
        return {"target": target}, found
    return _words(given)


def logo(value: Any) -> tuple[bytes, list[str]]:
    """The bytes of a PNG or JPEG, given as such or as base64; nothing takes the logo away."""
    if not value:
        return b"", []
    try:
        data = b64decode(value, validate=True) if isinstance(value, str) else bytes(value)
    except (binascii.Error, ValueError, TypeError):
        return b"", ["Give the file as base64."]
    if len(data) > LOGO_BYTES:
        return b"", [f"The file may have at most {LOGO_BYTES // 1024} KB."]
    found = images.read(data)
    if found is None:
        return b"", ["Give a PNG or JPEG image."]
    if max(found.width, found.height) > LOGO_PIXELS:
        return b"", [f"The image may be at most {LOGO_PIXELS} pixels wide and high."]
    return data, []


def _words(given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    title, text = given.get("title", "").strip(), given.get("text", "").replace("\r\n", "\n").strip()
    found = [f"A title has at most {LONGEST_TITLE} characters."] if len(title) > LONGEST_TITLE else []
    if len(text) > LONGEST_TEXT:
        found.append(f"A text has at most {LONGEST_TEXT} characters.")
    if not title.isprintable() or not text.replace("\n", "").isprintable():
        found.append("Use printable characters only.")
    if text and not title:
        found.append("Give the page a title too.")
    return {name: words for name, words in (("title", title), ("text", text)) if words}, found


def _with_pages(cleaned: dict[str, Any], pages: dict[str, Any]) -> dict[str, Any]:
    given = {name: cleaned.pop(f"{name}_page") for name in PAGES if f"{name}_page" in cleaned}
    if not given:
        return cleaned
    pages = {name: words for name, words in (pages | given).items() if words}
    return cleaned | {"pages": pages, "root_target": pages.get("root", {}).get("target", "")}
