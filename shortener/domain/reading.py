"""Reading runs of click records at speed: rows for the log come out, and a tally of everything else.

Visitors repeat, and so do the last bytes of their records (referrer, agent, address, language): they are the key under
which the rest of the log's row and the profile stand ready. A record of a visitor who was met before costs its head, a
checksum and two look-ups.
"""

import zlib
from collections.abc import Callable
from struct import Struct
from typing import NamedTuple

from shortener.domain.logrows import EPOCH_US, beginning, end_of_row
from shortener.domain.segments import BODY, CLICK_STATUSES, GOOD, HAS_RULE, OPTED_OUT, PREFIX, RULE
from shortener.domain.tallies import DAY_US, MINUTE_US, Arrival, Tally
from shortener.domain.visits import NOTHING, Profiles, Switches, Visit, kept

HEAD = Struct("<IIqq4sHH8s")
"""length, crc, time, link, marks, length of the host, of the slug, and the four other lengths as they come."""

MARKS = Struct("<HBB")
"""Status, method and flags."""

LENGTHS = Struct("<HHHH")
MOST_FACES = 50_000
"""Visitors that are remembered; when there are more, all are forgotten before the next batch."""

Texts = tuple[str, str, str, str]
"""Referrer, user agent, address and language of a record."""

VisitOf = Callable[[Texts, bytes], Visit]
"""From the texts and the key of the day to the visit; it must not raise."""

Face = tuple[bytes, int]
"""Of a visitor on a day: the beginning of his row in the log, and his profile."""


class Scope:
    """The team and the domain of links, and how their visits are kept; 0 is none."""

    __slots__ = ("domain_id", "faces", "switches", "team_id")

    def __init__(self, team_id: int, domain_id: int, switches: Switches) -> None:
        self.team_id, self.domain_id, self.switches = team_id, domain_id, switches
        self.faces: dict[bytes, Face] = {}


class Stray(NamedTuple):
    """A record that waits until its link and its day are known."""

    arrival: Arrival
    day: int
    link: int
    data: bytes


class Reader:
    """What one process knows of visitors and links. It lives as long as the process and is used by one at a time.

    `scopes` (by link) and `secrets` (by start of the day in us) are filled by the caller; records that need what is
    missing there are put aside as `strays`, to be read again.
    """

    def __init__(self, visit_of: VisitOf) -> None:
        self.scopes: dict[int, Scope] = {}
        self.secrets: dict[int, bytes] = {}
        self.strays: list[Stray] = []
        self.tally = Tally(Profiles())
        self._visit_of = visit_of
        self._faces: dict[tuple[bytes, Switches], dict[bytes, Face]] = {}
        self._number = 0
        self._secret = b""

    def begin(self) -> Tally:
        """Starts a batch: nothing is tallied, no day is known, and links and visitors are those of former batches."""
        if self._number > MOST_FACES:
            self._faces.clear()
            self._number = 0
            self.tally = Tally(Profiles())
        self.tally = Tally(self.tally.profiles)
        self.secrets, self.strays, self._secret = {}, [], b""
        return self.tally

    def read(self, body: bytes, arrival: Arrival) -> bytes:
        """The log's rows of the records of a run; what else they mean is added to the tally, and what is torn."""
        unpack, crc, finish, scopes, slowly = HEAD.unpack_from, zlib.crc32, end_of_row, self.scopes, self._slowly
        rows: list[bytes] = []
        links: list[int] = []
        times: list[int] = []
        profiles: list[int] = []
        first, last = self._look(body, arrival)
        position, size = 0, len(body)
        while position + 40 <= size:
            length, check, at, link, marks, host, slug, lengths = unpack(body, position)
            end = position + 8 + length
            record = body[position + 8 : end]
            if crc(record) != check or end > size or length < 32:
                break
            try:
                face, profile = scopes[link].faces[marks + lengths + record[32 + host + slug :]]
            except KeyError:
                rows.append(slowly(body[position:end], arrival))
            else:
                if first <= at < last:
                    rows.append(face + finish(at - EPOCH_US, 8, link))
                    links.append(link)
                    times.append(at)
                    profiles.append(profile)
                else:
                    rows.append(slowly(body[position:end], arrival))
            position = end
        self.tally.add_clicks(first, links, times, profiles)
        self.tally.torn += size - position
        return b"".join(rows)

    def show(self, scope: Scope) -> None:
        """Lets a scope that was made or changed see the visitors of the day that is being read."""
        scope.faces = self._known(self._secret, scope.switches)

    def _look(self, body: bytes, arrival: Arrival) -> tuple[int, int]:
        """The times, from and before, at which records can be read fast: those of the first record's day."""
        at = arrival.plausible(HEAD.unpack_from(body)[2]) if len(body) >= HEAD.size else arrival.received
        day = at - at % DAY_US
        secret = self.secrets.get(day, b"")
        if secret != self._secret or not secret:
            self._secret = secret
            for scope in set(self.scopes.values()):
                self.show(scope)
        return max(day, arrival.oldest), min(day + DAY_US, arrival.newest + 1)

    def _known(self, secret: bytes, switches: Switches) -> dict[bytes, Face]:
        return self._faces.setdefault((secret, switches), {}) if secret else {}

    def _slowly(self, data: bytes, arrival: Arrival) -> bytes:
        """The row of any record; empty for what is no click or must wait. The visitor is known from now on."""
        _, _, at, link, marks, host, slug, lengths = HEAD.unpack_from(data)
        at = arrival.plausible(at)
        status, method, flags = MARKS.unpack(marks)
        day, minute = at - at % DAY_US, at - at % MINUTE_US
        if method or link <= 0 or status not in CLICK_STATUSES:
            self.tally.add_other(minute, good=bool(flags & GOOD))
            if not method and not link:
                self.tally.add_orphan(day, *_names(data, host, slug))
            return b""
        scope, secret = self.scopes.get(link), self.secrets.get(day)
        if scope is None or secret is None:
            self.strays.append(Stray(arrival, day, link, data))
            return b""
        face, profile = self._face(scope, secret, marks, lengths + data[HEAD.size + host + slug :])
        self.tally.add_clicks(day, [link], [at], [profile])
        if not flags & GOOD:
            self.tally.bad[minute] += 1
        return face + end_of_row(at - EPOCH_US, 8, link)

    def _face(self, scope: Scope, secret: bytes, marks: bytes, tail: bytes) -> Face:
        """The face of a visitor; only that of a good answer is found again, for the others are counted as bad, too."""
        status, _, flags = MARKS.unpack(marks)
        texts, rule = _texts(tail, has_rule=bool(flags & HAS_RULE))
        switches = NOTHING if flags & OPTED_OUT and scope.switches.respects_opt_out else scope.switches
        visit = kept(self._visit_of(texts, secret), switches)
        face = (beginning(visit, rule=rule, status=status), self.tally.profiles.number(visit, rule))
        if flags & GOOD:
            self._known(secret, scope.switches)[marks + tail] = face
            self._number += 1
        return face


def _names(data: bytes, host: int, slug: int) -> tuple[str, str]:
    """Host and slug of a record, given their lengths."""
    start = PREFIX.size + BODY.size
    names = data[start : start + host], data[start + host : start + host + slug]
    return names[0].decode("utf-8", "replace"), names[1].decode("utf-8", "replace")


def _texts(tail: bytes, *, has_rule: bool) -> tuple[Texts, str]:
    """The texts behind their lengths, and the rule as `3` or `3.2`."""
    texts = []
    position = LENGTHS.size
    for length in LENGTHS.unpack_from(tail):
        texts.append(tail[position : position + length].decode("utf-8", "replace"))
        position += length
    number, variant = RULE.unpack_from(tail, position) if has_rule and len(tail) >= position + RULE.size else (0, 0)
    rule = f"{number}.{variant}" if variant else str(number or "")
    return (texts[0], texts[1], texts[2], texts[3]), rule
