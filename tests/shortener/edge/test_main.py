"""`python -m shortener.edge`, in surroundings that allow no start."""

import json
import socket
import subprocess
import sys

from tests.shortener.edge.support import ROOT, EdgeProcess


def _last_line(edge: EdgeProcess) -> str:
    return str(json.loads(edge.log.read_text().splitlines()[-1])["event"])


def test_a_missing_setting_is_one_sentence(own_edge: EdgeProcess) -> None:
    del own_edge.environment["DATABASE_URL"]
    assert own_edge.start(wait=False).wait() == 2
    assert _last_line(own_edge) == "DATABASE_URL (or DATABASE_URL_FILE) must be set."


def test_a_taken_port_is_one_sentence(own_edge: EdgeProcess) -> None:
    with socket.create_server(("127.0.0.1", own_edge.port)):
        assert own_edge.start(wait=False).wait() == 2
    assert f"listens on the link port 127.0.0.1:{own_edge.port}" in _last_line(own_edge)


def test_an_edge_runs_without_django() -> None:
    code = "import shortener.edge.__main__, sys; print([name for name in sys.modules if name.startswith('django')])"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert result.stdout == "[]\n"
