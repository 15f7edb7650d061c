"""import and export: whole files of links."""

import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from portal.srelink.client import Client
from portal.srelink.display import Progress, as_json, number, plain, table
from portal.srelink.failures import OK, REFUSED, USAGE, Failure
from portal.srelink.link_commands import filters

RUNNING = "running"
PAUSE = 1.0
COUNTS = (
    ("created", "new"),
    ("updated", "changed"),
    ("unchanged", "there already, the same"),
    ("failed", "with problems, left out"),
    ("visits", "visits brought along"),
)


def import_file(client: Client, given: Namespace) -> int:
    """Uploads a file; shows what would happen, or imports it and waits. 1 when rows were left out."""
    job = client.upload("imports/", name=Path(given.file).name, content=_content(given.file), fields=_fields(given))
    if given.dry_run:
        client.post(f"imports/{job['id']}/cancel/")
        return _previewed(job, given)
    job = client.post(f"imports/{job['id']}/start/")
    if given.wait:
        job = _waited(client, job, given)
    if job["failed"] and given.errors:
        with Path(given.errors).open("wb") as file:
            client.download(f"imports/{job['id']}/errors.csv", file)
    return _told(client, job, given)


def export(client: Client, given: Namespace) -> int:
    """Writes links into a file or to the standard output, as they come."""
    query = filters(given) | {"format": given.format}
    if given.output in {None, "-"}:
        client.download("links/export/", sys.stdout.buffer, **query)
        sys.stdout.buffer.flush()
        return OK
    path = Path(given.output)
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        size = client.download("links/export/", file, **query)
    part.replace(path)
    if not given.quiet:
        sys.stderr.write(f"{path}: {number(size)} bytes\n")
    return OK


def _content(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Failure(f"{name} cannot be read: {error.strerror}", code=USAGE) from error


def _fields(given: Namespace) -> dict[str, Any]:
    fields = {
        "kind": given.kind,
        "domain": given.domain,
        "team": given.team,
        "existing": given.existing,
        "add_tags": given.tags,
        "visits": "false" if given.no_visits else None,
    }
    for pair in given.map or []:
        field, is_pair, column = pair.partition("=")
        if not is_pair:
            raise Failure(f"{pair!r}: say --map FIELD=COLUMN.", code=USAGE)
        fields[f"mapping.{field}"] = column
    return {name: value for name, value in fields.items() if value is not None}


def _waited(client: Client, job: dict[str, Any], given: Namespace) -> dict[str, Any]:
    progress = Progress(sys.stderr, is_quiet=given.quiet or given.json)
    while job["state"] == RUNNING:
        progress.show(f"{number(job['done'])} of {number(job['rows'])} rows")
        time.sleep(PAUSE)
        job = client.get(f"imports/{job['id']}/")
    progress.end()
    return job


def _told(client: Client, job: dict[str, Any], given: Namespace) -> int:
    """Prints what came of an import, and the first rows that were left out."""
    has_failed = bool(job["failed"]) or job["state"] in {"failed", "cancelled"}
    if given.json:
        sys.stdout.write(as_json(job) + "\n")
        return REFUSED if has_failed else OK
    if job["state"] == RUNNING:
        sys.stdout.write(f"{job['id']} is running; {number(job['rows'])} rows.\n")
        return OK
    lines = [f"{job['state']}: {number(job['done'])} of {number(job['rows'])} rows"]
    lines += [f"{number(job[name]):>9}  {meaning}" for name, meaning in COUNTS if job[name]]
    lines += [job["trouble"]] if job["trouble"] else []
    sys.stdout.write("\n".join(lines) + "\n")
    if job["failed"] and not given.errors:
        _show_errors(client, job)
    return REFUSED if has_failed else OK


def _show_errors(client: Client, job: dict[str, Any]) -> None:
    found = sorted(client.items(f"imports/{job['id']}/errors/", limit=100), key=lambda error: error["line"])[:10]
    told = [f"line {error['line']}: {_sentence(error['errors'])}" for error in found]
    sys.stderr.write("\n".join([*told, "All of them: --errors FILE"]) + "\n")


def _previewed(job: dict[str, Any], given: Namespace) -> int:
    preview = job["preview"]
    if given.json:
        sys.stdout.write(as_json(job) + "\n")
    else:
        rows = [(row["line"], row["action"], row["slug"] or "(random)", row["target"]) for row in preview["rows"]]
        wrong = [f"line {row['line']}: {_sentence(row['errors'])}" for row in preview["rows"] if row["errors"]]
        counted = ", ".join(f"{number(count)} {name}" for name, count in preview["counts"].items())
        sys.stdout.write(table(("line", "what happens", "slug", "target"), rows) + "\n")
        sys.stdout.write("".join(f"{text}\n" for text in wrong))
        sys.stdout.write(f"Of the first {number(preview['checked'])} rows: {counted}. Nothing was imported.\n")
    return REFUSED if preview["counts"].get("fail") else OK


def _sentence(errors: dict[str, list[str]]) -> str:
    return plain("; ".join(f"{name}: {' '.join(found)}" for name, found in errors.items()))
