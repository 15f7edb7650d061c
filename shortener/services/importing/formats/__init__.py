"""The formats that can be imported. A new one is a class in a file of its own and a line here."""

from shortener.domain.importing import reading
from shortener.domain.importing.records import Unreadable
from shortener.services.importing.formats.base import FIELDS, Format
from shortener.services.importing.formats.bitly import BitlyFormat
from shortener.services.importing.formats.generic import GenericFormat
from shortener.services.importing.formats.kutt import KuttFormat
from shortener.services.importing.formats.own import OwnFormat
from shortener.services.importing.formats.shlink import ShlinkFormat
from shortener.services.importing.formats.shlink_visits import ShlinkVisitsFormat
from shortener.services.importing.formats.yourls import YourlsFormat

ALL: dict[str, Format] = {
    made.kind: made
    for made in (
        OwnFormat(), ShlinkFormat(), ShlinkVisitsFormat(), YourlsFormat(), BitlyFormat(), KuttFormat(), GenericFormat()
    )
}  # fmt: skip
CHOICES = [(made.kind, made.label) for made in ALL.values()]
GENERIC = ALL["csv"]

__all__ = ["ALL", "CHOICES", "FIELDS", "GENERIC", "Format", "detect"]


def detect(text: str) -> Format:
    """The format that a file is in, by its columns; the generic one when nothing is recognised."""
    if reading.shape_of(text) == "sql":
        return ALL["yourls"]
    try:
        columns = reading.table_of(text).columns
    except Unreadable:
        return GENERIC
    return next((made for made in ALL.values() if made.recognises(columns)), GENERIC)
