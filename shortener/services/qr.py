"""QR codes of links: the modules from segno, the picture from the domain's drawing, PNG through resvg."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace

import resvg_py
import segno

from shortener.domain import images, qr
from shortener.domain.qr import QrOptions
from shortener.exceptions import InvalidQr
from shortener.models import Link
from shortener.selectors import finding

DRAWING = 1
"""Version of the drawing: a part of every ETag."""

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Code:
    """A picture with all that an answer needs."""

    data: bytes
    media_type: str
    file_name: str
    etag: str


def options_of(given: Mapping[str, str]) -> QrOptions:
    """The options that a query asks for; InvalidQr with the errors of all fields."""
    options, errors = qr.parse({name: given[name] for name in qr.FIELDS if name in given})
    if errors:
        raise InvalidQr(fields=errors)
    return options


def code_of(link: Link, options: QrOptions) -> Code:
    """The code of a link's short address. With the domain's logo in its middle, the level is H whatever was asked."""
    logo = bytes(link.domain.logo) if options.logo else b""
    if logo:
        options = replace(options, level="H")
    address = finding.short_url(link)
    return Code(
        data=picture(address, options, logo),
        media_type=MEDIA_TYPES[options.format],
        file_name=f"{link.slug}.{options.format}",
        etag=_etag(address, options, logo),
    )


def picture(address: str, options: QrOptions, logo: bytes = b"") -> bytes:
    """The bytes of the picture; InvalidQr when the size leaves less than a pixel for a module."""
    matrix = segno.make(address, error=options.level, boost_error=False, micro=False).matrix
    least = qr.least_size(len(matrix), options.margin)
    if options.size < least:
        raise InvalidQr(fields={"size": [f"This code needs at least {least} pixels with this margin."]})
    drawing = qr.draw(matrix, options, logo=_uri(logo))
    return drawing.encode() if options.format == "svg" else bytes(resvg_py.svg_to_bytes(svg_string=drawing))


def _uri(logo: bytes) -> str:
    found = images.read(logo) if logo else None
    return f"data:{found.media_type};base64,{b64encode(logo).decode()}" if found else ""


def _etag(address: str, options: QrOptions, logo: bytes) -> str:
    seed = repr((DRAWING, address, astuple(options), hashlib.sha256(logo).hexdigest()))
    return f'"{hashlib.sha256(seed.encode()).hexdigest()[:24]}"'
