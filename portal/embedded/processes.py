"""The processes of the portal: how each is started, and where each says that it is ready."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded.configuration import Configuration


@dataclass(frozen=True)
class Process:
    """One program under the supervisor."""

    name: str
    argv: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    ready_url: str = ""
    metrics_dir: Path | None = None


QUEUES = "probes,clicks,default,reports"


def processes(configuration: Configuration) -> list[Process]:
    """Web, edge, mail (where it has a port), beat, pager and worker, in the order in which they are stopped."""
    build = _Builder(configuration)
    mail = [build.mail()] if configuration.mail_port else []
    return [build.web(), build.edge(), *mail, build.beat(), build.pager(), build.worker()]


@dataclass(frozen=True)
class _Builder:
    configuration: Configuration

    def _process(self, name: str, *words: str, several: bool = False) -> Process:
        port = self.configuration.admin_ports.get(name, self.configuration.port)
        host = self.configuration.reachable_host if name == "web" else "127.0.0.1"
        metrics = self.configuration.data_dir / "metrics" / name if several else None
        environment = {"PORTAL_PROCESS": name, "PORTAL_PROCESS_PORT": str(port if name != "web" else 0)}
        return Process(
            name=name,
            argv=(sys.executable, *words),
            environment=environment | ({"PROMETHEUS_MULTIPROC_DIR": str(metrics)} if metrics else {}),
            ready_url=f"http://{host}:{port}/readyz",
            metrics_dir=metrics,
        )

    def web(self) -> Process:
        settings = self.configuration
        listen = ("--host", settings.host, "--port", str(settings.port))
        size = ("--workers", str(settings.web_workers), "--blocking-threads", str(settings.web_threads))
        stopping = ("--respawn-failed-workers", "--workers-kill-timeout", "5")
        words = ("-m", "granian", "--interface", "wsgi", *listen, *size, *stopping, "--no-ws", "--log-level", "warning")
        return self._process("web", *words, "portal.wsgi:application", several=settings.web_workers > 1)

    def edge(self) -> Process:
        return self._process("edge", "-m", "shortener.edge")

    def worker(self) -> Process:
        size = ("--concurrency", str(self.configuration.worker_concurrency), "--queues", QUEUES)
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO")
        return self._process("worker", "-m", "celery", "-A", "portal.celery", "worker", *size, *quiet, several=True)

    def beat(self) -> Process:
        folder = self.configuration.data_dir / "beat"
        folder.mkdir(exist_ok=True)
        files = ("--schedule", str(folder / "schedule"), "--pidfile", "")
        return self._process("beat", "-m", "celery", "-A", "portal.celery", "beat", *files, "--loglevel", "INFO")

    def mail(self) -> Process:
        return self._process("mail", "manage.py", "mail_listener")

    def pager(self) -> Process:
        return self._process("pager", "manage.py", "pager")
