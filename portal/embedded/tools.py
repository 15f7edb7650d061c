"""Programs that only Debian has, for tests: found where they are, installed where that is allowed."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from portal.embedded.exceptions import SurroundingsError

FOLDERS = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")


@dataclass(frozen=True)
class Tool:
    """A program and the package of Debian that brings it."""

    program: str
    package: str


ALERTMANAGER = Tool("prometheus-alertmanager", "prometheus-alertmanager")
TOOLS = (Tool("chromium", "chromium"), Tool("nginx", "nginx-light"), Tool("prometheus", "prometheus"), ALERTMANAGER)


def find(program: str) -> str | None:
    """Where `program` is, also in the folders that an ordinary user's PATH leaves out."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *FOLDERS])
    return shutil.which(program, path=path)


def missing() -> list[Tool]:
    """The tools that are not here."""
    return [tool for tool in TOOLS if find(tool.program) is None]


def ensure(*, require_all: bool) -> list[Tool]:
    """Install what is missing where we may (root and apt) and return what is missing still.

    With `require_all` a tool that stays missing is an error, so that no test is left out unseen.
    """
    wanted = missing()
    if wanted and os.getuid() == 0 and shutil.which("apt-get"):
        _install([tool.package for tool in wanted])
    left = missing()
    if left and require_all:
        names = ", ".join(tool.program for tool in left)
        raise SurroundingsError(f"PORTAL_REQUIRE_ALL is set and these programs are missing: {names}.")
    return left


def _install(packages: list[str]) -> None:
    print(f"installing {', '.join(packages)} for the tests ...", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *words], env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S607


def sentence(left: list[Tool]) -> str:
    """What is missing, and what follows from it."""
    if not left:
        return ""
    names = " ".join(tool.package for tool in left)
    return f"Tests that need {names} are left out; on Debian: apt-get install {names}"
