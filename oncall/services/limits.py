"""How often a key may be used, counted in each process by itself: no limit may need a server that can be away."""

import threading
from datetime import datetime

MINUTE = 60
MOST_KEPT = 10_000

_lock = threading.Lock()
_used: dict[int, tuple[int, int]] = {}


def wait_for(integration_id: int, *, rate_per_minute: int, now: datetime) -> int:
    """Counts one use. Zero where it is within the limit, else the seconds after which the sender may come again."""
    second = int(now.timestamp())
    minute = second // MINUTE
    with _lock:
        counted, used = _used.get(integration_id, (minute, 0))
        used = used + 1 if counted == minute else 1
        if len(_used) >= MOST_KEPT:
            _used.clear()
        if used <= rate_per_minute:
            _used[integration_id] = (minute, used)
            return 0
    return MINUTE - second % MINUTE
