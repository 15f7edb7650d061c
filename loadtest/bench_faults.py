"""`./run bench faults`: the fault campaign with 50 kills; ends with 1 if a click was lost or counted twice."""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from loadtest import campaign_clicks
from loadtest.stage import stage

KILLS = int(os.environ.get("BENCH_KILLS", "50"))
SEED = int(os.environ.get("BENCH_SEED", "1"))


def main() -> int:
    """Run the campaign and print its table, and the JSON object as the last line."""
    directory = Path(tempfile.mkdtemp(prefix="campaign-"))
    try:
        with stage(directory) as running:
            found = campaign_clicks.campaign(running, kills=KILLS, seed=SEED, say=print)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    print(campaign_clicks.table(found))
    values = {
        "kills": len(found.kills) - 1,
        "answered": found.answered,
        "counted": found.counted,
        "unanswered_but_counted": found.unanswered,
        "lost": found.lost,
        "doubled": found.doubled,
        "totals": found.totals,
        "account": found.drained,
    }
    print(json.dumps({"name": "faults", "ratios": {}, "medians": values, "conditions": {"seed": SEED}}))
    return 1 if found.lost or found.doubled or len({found.counted, found.totals, found.drained}) > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
