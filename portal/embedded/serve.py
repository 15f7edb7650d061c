"""`./run`: everything under one supervisor."""

import signal
import time

import psutil

from portal.embedded import data, guard, preparation, servers, surroundings
from portal.embedded.configuration import Configuration
from portal.embedded.holder import Holder
from portal.embedded.processes import processes
from portal.embedded.supervisor import Supervisor, stop_on_signals


def say(line: str) -> None:
    """Tell the person at the terminal."""
    print(line, flush=True)


def serve(configuration: Configuration) -> int:
    """Run the portal until SIGINT or SIGTERM; 0 after a clean stop, 1 when a process never became ready."""
    signal.signal(signal.SIGTERM, _interrupt)
    surroundings.check_data_dir(configuration.data_dir)
    hold = Holder(configuration.data_dir)
    hold.take(url=configuration.base_url, link_url=configuration.link_url)
    keeper = guard.start()
    try:
        surroundings.check_ports(configuration)
        return _serve(configuration, hold, keeper)
    finally:
        keeper.dismiss()
        hold.release()


def _interrupt(number: int, frame: object) -> None:
    """A SIGTERM before the supervisor listens ends the start as Ctrl-C does, so that everything is stopped again."""
    raise KeyboardInterrupt


def _serve(configuration: Configuration, hold: Holder, keeper: guard.Guard) -> int:
    found = data.start(configuration)
    try:
        for server in found.running:
            keeper.watch(server.child.pid, server.stop_signal, last=True)
        hold.tell(data_ready=True)
        return _supervise(configuration, hold, keeper, found)
    finally:
        servers.stop(found.running)


def _supervise(configuration: Configuration, hold: Holder, keeper: guard.Guard, found: data.Data) -> int:
    environment = data.environment(configuration, found)
    prepared = preparation.prepare(configuration, environment)
    supervisor = Supervisor(
        processes=processes(configuration),
        environment=environment,
        cwd=configuration.root,
        log_dir=configuration.data_dir / "logs",
        guard=keeper,
        say=say,
        servers=found.running,
        on_change=lambda pids: hold.tell(processes=pids),
    )
    hold.tell(ready_urls={one.process.name: one.process.ready_url for one in supervisor.supervised})
    stop_on_signals(supervisor)
    try:
        supervisor.start_all()
        ready = supervisor.wait_ready()
        _tell_how_to_sign_in(configuration, prepared)
        if ready:
            say(f"ready: {configuration.base_url}")
            say(f"short links: {configuration.link_url}  started in {_seconds_since_start():.1f} s  stop: Ctrl-C")
            supervisor.run()
        return 0 if ready or supervisor.stopping else 1
    finally:
        say("stopping")
        supervisor.stop()


def _tell_how_to_sign_in(configuration: Configuration, prepared: preparation.Prepared) -> None:
    how = f"a new password: ./run manage changepassword {configuration.admin_email}"
    if prepared.password:
        how = f"password: {prepared.password}  (shown this once; only its hash is kept)"
    elif prepared.created:
        how = "with the password from PORTAL_ADMIN_PASSWORD"
    say(f"sign in: {configuration.admin_email}  {how}")


def _seconds_since_start() -> float:
    """Time since `./run` was typed: the process is the same since then."""
    return time.time() - float(psutil.Process().create_time())
