"""The counter behind a link's limit of visits: one number per link in Valkey, moved by one atomic operation per visit.

The number is how many people were let through. `known` is the highest one that the caller has seen itself (-1: none):
a counter that was lost or set back (a flush, a crash) is lifted to it in the same operation, so that one edge that
remembers is enough to keep a gate shut. A counter that nobody knows is not invented: the answer is UNSEEDED, and the
caller asks PostgreSQL how many people were counted before it asks again.
"""

from shortener.domain.redirect import Claim

KEY = "shortener:visits:{link_id}"

SCRIPT = """
local used = tonumber(redis.call('GET', KEYS[1]) or '-1')
local known = tonumber(ARGV[1])
if known > used then
  used = known
  redis.call('SET', KEYS[1], used)
end
if used < 0 then return {-1, -1} end
if used >= tonumber(ARGV[2]) then return {0, used} end
if ARGV[3] == '1' then used = redis.call('INCR', KEYS[1]) end
return {1, used}
"""
"""KEYS: the counter. ARGV: known, limit, 1 if the visit counts (a GET of a person). Returns {verdict, used}."""

UNSEEDED = -1


def key_of(link_id: int) -> str:
    """The name of a link's counter."""
    return KEY.format(link_id=link_id)


def arguments(*, known: int, limit: int, counts: bool) -> tuple[str, str, str]:
    """What the script is called with."""
    return str(known), str(limit), "1" if counts else "0"


def verdict(reply: object) -> tuple[Claim, int]:
    """What the script's reply says, and how many people it has let through; AWAY with -1 for an unseeded counter."""
    if not isinstance(reply, list) or len(reply) != 2 or not all(isinstance(one, int) for one in reply):
        return Claim.AWAY, UNSEEDED
    said, used = reply
    if said < 0:
        return Claim.AWAY, UNSEEDED
    return (Claim.GRANTED if said else Claim.REFUSED), used
