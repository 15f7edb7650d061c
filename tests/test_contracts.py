"""Each import contract of .importlinter fails when it is broken on purpose, and passes on the code as it is."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import test_conventions

pytestmark = pytest.mark.xdist_group("contracts")

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["portal", "shortener", "slo", "oncall", "incidents", "postmortems"]
LINTER = Path(sys.executable).with_name("lint-imports")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "migrations", "static", "*.md", "*.html", "*.css", "*.js")

BREAKS = [
    ("apps", "oncall/services/offence.py", "import slo.domain.budgets"),
    ("apps", "slo/services/offence.py", "import shortener.selectors"),
    ("apps", "incidents/services/offence.py", "import postmortems.selectors"),
    ("apps", "portal/lib/offence.py", "import portal.accounts.domain.roles"),
    ("embedded", "portal/embedded/offence.py", "import portal.lib.times"),
    ("embedded-callers", "slo/services/offence.py", "import portal.embedded.postgres"),
    ("srelink", "portal/srelink/offence.py", "import shortener.domain.slugs"),
    ("srelink-callers", "shortener/services/offence.py", "import portal.srelink.client"),
    ("rooms", "slo/helpers.py", ""),
    ("rooms", "portal/accounts/utils.py", ""),
    ("rooms", "oncall/selectors/offence.py", "import oncall.services.alerts"),
    ("rooms", "oncall/services/offence.py", "import oncall.views.alerts"),
    ("rooms", "slo/domain/offence.py", "import slo.models"),
    ("pure", "slo/domain/offence.py", "import django.utils.timezone"),
    ("pure", "oncall/domain/offence.py", "import portal.lib.times"),
    ("edge", "shortener/edge/offence.py", "import django.conf"),
    ("edge-callers", "shortener/services/offence.py", "import shortener.edge.store"),
    ("doors-shortener", "portal/home/offence.py", "import shortener.models"),
    ("doors-slo", "incidents/services/offence.py", "import slo.models"),
    ("doors-oncall", "portal/home/offence.py", "import oncall.models"),
    ("doors-incidents", "postmortems/services/offence.py", "import incidents.models"),
    ("doors-postmortems", "portal/reports/offence.py", "import postmortems.tasks"),
    ("doors-ground", "slo/services/offence.py", "import portal.catalog.forms"),
]


def contracts() -> dict[str, str]:
    """Id and name of every contract."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    prefix = "importlinter:contract:"
    return {part.removeprefix(prefix): parser[part]["name"] for part in parser.sections() if part.startswith(prefix)}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources and the contracts in a place where they may be broken."""
    target = tmp_path_factory.mktemp("contracts")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, target / package, ignore=NOT_COPIED)
    shutil.copy(ROOT / ".importlinter", target)
    return target


def lint(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(LINTER), "--config", ".importlinter", "--cache-dir", "cache", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def test_the_code_as_it_is_keeps_every_contract(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout
    assert f"Contracts: {len(contracts())} kept, 0 broken." in result.stdout


def test_every_contract_is_broken_by_a_case_of_this_file() -> None:
    assert {contract for contract, _, _ in BREAKS} == set(contracts())


def place(case: tuple[str, str, str]) -> Path:
    """Where the module of a case stands: no two cases share one."""
    contract, path, _ = case
    return Path(path.replace("offence", f"offence_against_{contract.replace('-', '_')}"))


@pytest.fixture(scope="module")
def told(copy: Path) -> str:
    """What the linter says when every case is broken at once."""
    for case in BREAKS:
        (copy / place(case)).write_text(f"{case[2]}\n")
    result = lint(copy)
    for case in BREAKS:
        (copy / place(case)).unlink()
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stdout


def section(told: str, name: str) -> str:
    """What is said of one contract, down to the heading of the next."""
    return re.split(r"\n\n.+\n-+\n", told.partition(f"\n{name}\n{'-' * len(name)}\n")[2])[0]


@pytest.mark.parametrize(("contract", "path", "code"), BREAKS)
def test_a_contract_fails_when_it_is_broken(told: str, contract: str, path: str, code: str) -> None:
    name, module = contracts()[contract], ".".join(place((contract, path, code)).with_suffix("").parts)
    assert f"{name} BROKEN" in told
    assert re.search(rf"^- +{module}\b", section(told, name), re.MULTILINE)


def test_the_alarm_of_functions_counts_every_line(tmp_path: Path) -> None:
    (tmp_path / "made_up.py").write_text("def long() -> None:\n" + "    pass\n" * 50)
    (found,) = test_conventions.functions(tmp_path / "made_up.py")
    assert test_conventions.length(found) > test_conventions.FUNCTION_ALARM


def test_the_alarm_of_tests_sees_a_module_without_one() -> None:
    assert not test_conventions.has_test(ROOT / "slo" / "services" / "made_up.py")
    assert test_conventions.has_test(ROOT / "slo" / "services" / "burns.py")
