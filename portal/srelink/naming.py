"""Which link somebody means: an id, a slug, domain/slug, or a whole short address."""

from typing import Any
from urllib.parse import unquote, urlsplit

from portal.srelink.client import Client
from portal.srelink.failures import NOT_FOUND, Failure

PREFIX = "lnk_"


def link_named(client: Client, text: str) -> Any:
    """The link; Failure when there is none, or when a slug alone leads to several domains' links."""
    if text.startswith(PREFIX):
        return client.get(f"links/{text}/")
    domain, slug = address_of(text)
    found = list(client.items("links/", limit=2, slug=slug, domain=domain))
    if not found:
        where = f"{domain}/{slug}" if domain else slug
        raise Failure(f"There is no link {where}, or the token may not see it.", code=NOT_FOUND)
    return found[0]


def address_of(text: str) -> tuple[str, str]:
    """(domain, slug) of what was typed; the domain is empty where none was given."""
    bare = text.partition("://")[2] or text
    host, slash, path = bare.partition("/")
    if not slash:
        return "", unquote(bare)
    return (urlsplit(f"//{host}").hostname or "").lower(), unquote(path.partition("?")[0]).strip("/")
