"""What stands in deploy/ and beside it fits the processes of the portal and is well formed."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.embedded import tools

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = {"web", "edge", "worker", "beat", "pager", "mail"}
NGINX = "events {{}} pid {place}/nginx.pid; error_log stderr; http {{ access_log off; {site} }}"
SECRETS = {"PORTAL_SECRET_KEY", "POSTGRES_PASSWORD", "VALKEY_PASSWORD", "PORTAL_ADMIN_PASSWORD"}


def needs(program: str, package: str) -> pytest.MarkDecorator:
    """Leaves a test out where a program is missing, except where everything is required."""
    is_missing = tools.find(program) is None and not os.environ.get("PORTAL_REQUIRE_ALL")
    return pytest.mark.skipif(is_missing, reason=f"needs {program} (on Debian: apt-get install {package})")


def read(path: str) -> str:
    return (ROOT / path).read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(read("docker-compose.yml"))
    return found


def kind(service: str) -> str:
    """The process that a service of the compose file runs: web-1 runs web."""
    return service.rsplit("-", 1)[0] if service[-1].isdigit() else service


def ours(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: facts for name, facts in compose["services"].items() if "build" in facts}


def test_compose_runs_every_process_and_migrates_before(compose: dict[str, Any]) -> None:
    assert {kind(name) for name in ours(compose)} == PROCESSES | {"migrate"}
    assert {name: facts["command"] for name, facts in ours(compose).items()} == {
        name: [kind(name)] for name in ours(compose)
    }


def test_compose_runs_web_and_edge_twice_behind_nginx(compose: dict[str, Any]) -> None:
    assert set(compose["services"]["nginx"]["depends_on"]) == {"web-1", "web-2", "edge-1", "edge-2"}


def test_each_edge_has_a_name_and_a_disk_of_its_own(compose: dict[str, Any]) -> None:
    edges = [compose["services"][name] for name in ("edge-1", "edge-2")]
    assert [edge["environment"]["PORTAL_EDGE_NAME"] for edge in edges] == ["edge-1", "edge-2"]
    assert [edge["volumes"] for edge in edges] == [["edge-1:/srv/data"], ["edge-2:/srv/data"]]


def test_no_secret_has_a_default() -> None:
    named = set(re.findall(r"\$\{(\w+):\?\}", read("docker-compose.yml")))
    assert named == SECRETS


def test_no_container_of_ours_may_more_than_it_needs(compose: dict[str, Any]) -> None:
    for facts in ours(compose).values():
        assert facts["read_only"] is True
        assert facts["cap_drop"] == ["ALL"]
        assert facts["security_opt"] == ["no-new-privileges:true"]


def test_every_image_is_pinned(compose: dict[str, Any]) -> None:
    images = [facts["image"] for facts in compose["services"].values()]
    images += re.findall(r"^FROM (\S+)", read("Dockerfile"), re.MULTILINE)
    assert [image for image in images if not re.search(r":v?\d+\.\d+", image)] == []


def test_the_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)", read("Dockerfile"), re.MULTILINE)
    assert users
    assert users[-1] not in {"root", "0"}


def test_packages_of_the_image_are_checked_by_hash() -> None:
    assert "--require-hashes" in read("Dockerfile")


@pytest.mark.parametrize("name", [".git", ".venv", ".data", ".env"])
def test_secrets_and_leftovers_stay_out_of_the_image(name: str) -> None:
    assert name in read(".dockerignore").splitlines()


@pytest.mark.parametrize("name", sorted(PROCESSES | {"migrate"}))
def test_start_knows_every_process(name: str) -> None:
    assert re.search(rf"^{name}\)", read("deploy/start"), re.MULTILINE)


def test_start_refuses_what_it_does_not_know() -> None:
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "deploy/start"), "nothing"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert all(name in done.stderr for name in PROCESSES)


def test_the_worker_takes_every_queue() -> None:
    from portal import settings

    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} | {settings.CELERY_TASK_DEFAULT_QUEUE}
    taken = re.search(r"--queues (\S+)", read("deploy/start"))
    assert taken
    assert routed <= set(taken[1].split(","))


def test_prometheus_reads_every_process(compose: dict[str, Any]) -> None:
    jobs = yaml.safe_load(read("deploy/prometheus/prometheus.yml"))["scrape_configs"]
    targets = {target.split(":")[0] for job in jobs for group in job["static_configs"] for target in group["targets"]}
    assert targets == set(ours(compose)) - {"migrate"}


def test_alerts_ask_for_metrics_that_there_are() -> None:
    rules = [
        rule["expr"]
        for group in yaml.safe_load(read("deploy/prometheus/rules.yml"))["groups"]
        for rule in group["rules"]
    ]
    asked = {name for rule in rules for name in re.findall(r"(?:portal|edge)_\w+", rule)}
    known = read("portal/wiring.py") + read("shortener/edge/admin.py")
    assert asked
    assert {name for name in asked if f'"{name}"' not in known} == set()


@needs("promtool", "prometheus")
def test_prometheus_accepts_its_configuration() -> None:
    path = ROOT / "deploy/prometheus/prometheus.yml"
    done = subprocess.run(
        [tools.find("promtool") or "promtool", "check", "config", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.needs_nginx
@needs("nginx", "nginx-light")
def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    site = re.sub(r"server (web|edge)-(\d):", r"server 127.0.0.\2:", read("deploy/nginx/portal.conf"))
    site = site.replace("listen 80 ", "listen 127.0.0.1:18080 ")
    (tmp_path / "nginx.conf").write_text(NGINX.format(place=tmp_path, site=site))
    command = [tools.find("nginx") or "nginx", "-t", "-q", "-p", str(tmp_path), "-c", "nginx.conf", "-e", "stderr"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nginx_knows_every_instance(compose: dict[str, Any]) -> None:
    named = set(re.findall(r"server ((?:web|edge)-\d):", read("deploy/nginx/portal.conf")))
    assert named == {name for name in ours(compose) if kind(name) in {"web", "edge"}}
