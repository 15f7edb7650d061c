"""The public address of a link, from the URL under which links are served."""

from urllib.parse import quote, urlsplit

from shortener.domain.targets import DEFAULT_PORTS, normal_host


def link_host(link_url: str) -> str:
    """The host of the link URL, without its port: the name of the default domain."""
    host = urlsplit(link_url).hostname or "localhost"
    return f"[{host}]" if ":" in host else normal_host(host)


def link_port(link_url: str) -> int:
    """The port on which links are served."""
    parts = urlsplit(link_url)
    return parts.port or DEFAULT_PORTS.get(parts.scheme, 80)


def short_url(*, link_url: str, domain: str, is_default: bool, slug: str) -> str:
    """The address that people share. Domains other than the default one share its scheme and port."""
    if is_default:
        return f"{link_url}/{quote(slug, safe='~')}"
    parts = urlsplit(link_url)
    port = f":{parts.port}" if parts.port and ":" not in domain else ""
    return f"{parts.scheme}://{domain}{port}/{quote(slug, safe='~')}"
