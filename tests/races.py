"""Several who do something at one instant, each in a thread and on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from portal.lib.errors import DomainError


def outcomes(*calls: Callable[[], object]) -> list[str]:
    """How each ended, `done` or the code and the status of its refusal, in order of the words."""
    barrier = Barrier(len(calls))

    def one(call: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=10)
            call()
        except DomainError as error:
            return f"{error.code} {error.status}"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(one, calls))
