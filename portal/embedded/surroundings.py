"""Looks at the machine before anything is started; each trouble is one sentence."""

import os
import shutil
from pathlib import Path

from portal.embedded import ports
from portal.embedded.configuration import Configuration
from portal.embedded.exceptions import SurroundingsError

NEEDED_BYTES = 200_000_000


def check_data_dir(path: Path) -> None:
    """The data directory exists or can be made, can be written, and has room."""
    try:
        path.mkdir(mode=0o711, parents=True, exist_ok=True)
        probe = path / f".probe-{os.getpid()}"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise SurroundingsError(
            f"The data directory {path} cannot be written ({error.strerror}); "
            "set PORTAL_DATA_DIR to a folder of your own."
        ) from None
    if shutil.disk_usage(path).free < NEEDED_BYTES:
        raise SurroundingsError(
            f"Less than {NEEDED_BYTES // 1_000_000} MB are free on the disk of {path}; "
            "make room or set PORTAL_DATA_DIR."
        )


def check_ports(configuration: Configuration) -> None:
    """Nobody else listens on the ports that we are about to take."""
    wanted = [
        ("PORTAL_PORT", configuration.host, configuration.port),
        ("PORTAL_LINK_PORT", configuration.link_host, configuration.link_port),
        *[("PORTAL_MAIL_PORT", "127.0.0.1", port) for port in [configuration.mail_port] if port],
        *[("PORTAL_ADMIN_PORT", "127.0.0.1", port) for port in configuration.admin_ports.values()],
    ]
    taken: dict[int, str] = {}
    for setting, host, port in wanted:
        if port in taken:
            raise SurroundingsError(f"{setting} and {taken[port]} both ask for port {port}.")
        taken[port] = setting
        if not ports.is_free(port, host=host):
            raise SurroundingsError(
                f"Port {port} is taken by another program or not allowed to this user; set {setting} to a free one."
            )
