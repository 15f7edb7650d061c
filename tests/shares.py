"""How a parallel run shares its tests among the workers: groups whole and first, all else by the handful."""

from collections.abc import Callable, Sequence

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController

HANDFUL, LAST_HANDFUL, LAST = 24, 4, 600


class Shares(LoadGroupScheduling):  # type: ignore[misc]  # xdist brings no types
    """xdist's groups, and the tests in no group by the handful, in the order of the collection.

    Test by test a worker waits for every answer, and what is left is counted in the square of the number of tests.
    """

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def schedule(self) -> None:
        """Sees what belongs together before it is shared."""
        if self.collection is None:
            ids = next(iter(self.registered_collections.values()))
            self._units = units_of(ids, super()._split_scope)
            self._places = {nodeid: place for place, nodeid in enumerate(ids)}
        super().schedule()

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Forgets what is done, so that counting what is left stays cheap."""
        nodeid = self.registered_collections[node][item_index]
        unit = self.assigned_work[node][self._split_scope(nodeid)]
        del unit[nodeid]
        if not unit:
            del self.assigned_work[node][self._split_scope(nodeid)]
        self._reschedule(node)

    def _split_scope(self, nodeid: str) -> str:
        return self._units[nodeid]

    def _assign_work_unit(self, node: WorkerController) -> None:
        scope, unit = self.workqueue.popitem(last=False)
        self.assigned_work[node][scope] = unit
        node.send_runtest_some([self._places[nodeid] for nodeid in unit])


def units_of(ids: Sequence[str], group_of: Callable[[str], str]) -> dict[str, str]:
    """The unit of each test: its group, or the handful that it falls in; the last handfuls are small."""
    alone = [nodeid for nodeid in ids if group_of(nodeid) == nodeid]
    even = max(0, len(alone) - LAST)
    sizes = [(HANDFUL, nodeid) for nodeid in alone[:even]] + [(LAST_HANDFUL, nodeid) for nodeid in alone[even:]]
    handfuls = {nodeid: f"{size} at {place // size}" for place, (size, nodeid) in enumerate(sizes)}
    return {nodeid: handfuls.get(nodeid, group_of(nodeid)) for nodeid in ids}
