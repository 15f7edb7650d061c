"""What is kept of visitors by the switches of a domain, and numbers that stand for it while a batch is counted."""

from typing import NamedTuple

DIMENSIONS = ("country", "device", "os", "browser", "language", "referrer")
"""The dimensions that every click has, in the order in which a visit holds them."""

RULE = "rule"
"""The dimension that only clicks have which a rule of their link decided."""


class Visit(NamedTuple):
    """What is kept of a click's visitor: nothing that names one. An empty value was not told or is not recorded."""

    is_bot: bool
    visitor: bytes = b""
    network: str = ""
    country: str = ""
    device: str = ""
    os: str = ""
    browser: str = ""
    language: str = ""
    referrer: str = ""


class Switches(NamedTuple):
    """What a domain records: `network` is the network and its country, `device` also browser, system and language."""

    network: bool = True
    device: bool = True
    referrer: bool = True
    visitor: bool = True
    respects_opt_out: bool = True


EVERYTHING = Switches()
NOTHING = Switches(network=False, device=False, referrer=False, visitor=False)
"""For visitors who opted out: they are counted, and that is all."""


def kept(visit: Visit, switches: Switches) -> Visit:
    """The visit without what is switched off. Whether it was a bot is always kept: it splits the count."""
    if switches[:4] == EVERYTHING[:4]:
        return visit
    return Visit(
        is_bot=visit.is_bot,
        visitor=visit.visitor if switches.visitor else b"",
        network=visit.network if switches.network else "",
        country=visit.country if switches.network else "",
        device=visit.device if switches.device else "",
        os=visit.os if switches.device else "",
        browser=visit.browser if switches.device else "",
        language=visit.language if switches.device else "",
        referrer=visit.referrer if switches.referrer else "",
    )


class Profiles:
    """Numbers for visits that count alike, so that clicks are counted as numbers.

    `of[dimension][profile]` is the number of a value, `values[number]` is (dimension, value, is_bot). A profile without
    a rule has NO_RULE there.
    """

    NO_RULE = -1

    def __init__(self) -> None:
        self.is_bot: list[bool] = []
        self.of: dict[str, list[int]] = {dimension: [] for dimension in (*DIMENSIONS, RULE)}
        self.values: list[tuple[str, str, bool]] = []
        self._numbers: dict[tuple[bool, str, tuple[str, ...]], int] = {}
        self._value_numbers: dict[tuple[str, str, bool], int] = {}

    def __len__(self) -> int:
        return len(self.is_bot)

    def number(self, visit: Visit, rule: str = "") -> int:
        """The profile of this visit, made where it is new."""
        texts = visit[3:]
        key = (visit.is_bot, rule, texts)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.is_bot)
            self.is_bot.append(visit.is_bot)
            for dimension, text in zip(DIMENSIONS, texts, strict=True):
                self.of[dimension].append(self.value(dimension, text, visit.is_bot))
            self.of[RULE].append(self.value(RULE, rule, visit.is_bot) if rule else self.NO_RULE)
        return found

    def value(self, dimension: str, text: str, is_bot: bool) -> int:
        """The number of this value, made where it is new."""
        key = (dimension, text, is_bot)
        found = self._value_numbers.get(key)
        if found is None:
            found = self._value_numbers[key] = len(self.values)
            self.values.append(key)
        return found
