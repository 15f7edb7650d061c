"""`python -m loadtest.fuzz_api [--seconds 600] [--paths REGEX]`: schemathesis over the API that links have part in.

On a fresh database, with a server of its own on loopback and a token that may everything. Whatever the schema does not
say, a 5xx, an undocumented status or body, is a failure, and the exit code tells. The last line is one JSON object.
"""

import argparse
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from loadtest import scratch

NOUNS = (
    "links", "domains", "saved-filters", "utm-templates", "webhooks", "imports", "stats", "orphans", "usage", "quotas",
    "bans", "block-rules", "abuse-reports",
)  # fmt: skip
PATHS = rf"^/api/v1/({'|'.join(NOUNS)})/"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
UNBOUNDED = {"PORTAL_API_RATE": "1000000/s", "PORTAL_CREATIONS_PER_TOKEN": "1000000/s"}


def token() -> str:
    """A token of an administrator with a team."""
    from portal.accounts.domain.actors import Actor
    from portal.accounts.models import Membership, Team, User
    from portal.accounts.services import tokens

    now = datetime.now(UTC)
    user = User.objects.create(email="fuzz@example.com", name="Fuzz", is_administrator=True, created_at=now)
    team = Team.objects.create(name="Fuzz", slug="fuzz", created_at=now)
    Membership.objects.create(user=user, team=team, role="manager")
    return tokens.create_token(actor=Actor.system("fuzz"), name="fuzz", scopes=["admin"], user=user, now=now).text


def fuzz(seconds: int, paths: str) -> tuple[int, str]:
    """Serves, runs schemathesis for the time given, and returns its exit code and all that it printed."""
    from django.core.management import call_command
    from django.test.testcases import LiveServerThread, _StaticFilesHandler

    server = LiveServerThread("127.0.0.1", _StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    with tempfile.TemporaryDirectory() as place:
        schema = Path(place) / "openapi.yaml"
        call_command("spectacular", file=str(schema))
        command = [
            str(Path(sys.executable).with_name("st")), "run", str(schema), "--url", f"http://127.0.0.1:{server.port}",
            "-H", f"Authorization: Bearer {token()}", "--include-path-regex", paths, "--checks", CHECKS,
            "--max-time", str(seconds), "--continue-on-failure", "--suppress-health-check", "all", "--warnings", "off",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, cwd=place, check=False)
    server.terminate()
    return done.returncode, done.stdout + done.stderr


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--paths", default=PATHS, help="which paths, as a regular expression")
    given = parser.parse_args()
    os.environ |= UNBOUNDED
    logging.disable(logging.WARNING)
    with scratch.database("fuzz_api"):
        code, text = fuzz(given.seconds, given.paths)
    sys.stdout.write(text)
    counts = {
        name: int(number) for number, name in re.findall(r"(\d+) (passed|failed|errors?|skipped|generated)", text)
    }
    print(json.dumps({"name": "fuzz_api", "seconds": given.seconds, "exit_code": code, "counts": counts}))
    sys.exit(code)


if __name__ == "__main__":
    main()
