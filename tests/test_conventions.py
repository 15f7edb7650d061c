"""The laws of the house that a machine can check."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from portal.beat import SCHEDULE
from portal.celery import app

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["portal", "shortener", "slo", "oncall", "incidents", "postmortems"]
FIVE = ["shortener", "slo", "oncall", "incidents", "postmortems"]
SOURCES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FILE_ALARM, FUNCTION_ALARM, TEMPLATE_ALARM, README_ALARM = 400, 50, 150, 60
NEEDS_NO_TEST = {
    "__init__.py",
    "__main__.py",
    "apps.py",
    "urls.py",
    "admin.py",
    "models.py",
    "exceptions.py",
    "settings.py",
}


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def url_patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from url_patterns(entry)
        else:
            yield entry


def own_pages() -> list[tuple[str, str, str]]:
    """(app, URL name, view name) of each HTML page that is a plain function of ours."""
    found = []
    for pattern in url_patterns():
        module = getattr(pattern.callback, "__module__", "")
        if re.match(rf"({'|'.join(PACKAGES)})\b.*\bviews\b", module) and not module.startswith("portal.lib"):
            found.append((module.split(".views")[0], str(pattern.name), pattern.callback.__name__))
    return found


def test_no_file_is_longer_than_the_alarm() -> None:
    long = {
        short(path): lines for path in SOURCES + TESTS if (lines := len(path.read_text().splitlines())) > FILE_ALARM
    }
    assert long == {}


def test_no_function_is_longer_than_the_alarm() -> None:
    long = {
        f"{short(path)}:{node.name}": length(node)
        for path in SOURCES + TESTS
        for node in functions(path)
        if length(node) > FUNCTION_ALARM
    }
    assert long == {}


def test_no_template_is_longer_than_the_alarm() -> None:
    long = {short(path): n for path in TEMPLATES if (n := len(path.read_text().splitlines())) > TEMPLATE_ALARM}
    assert long == {}


@pytest.mark.parametrize("app_name", FIVE)
def test_each_app_has_a_front_door(app_name: str) -> None:
    lines = (ROOT / app_name / "README.md").read_text().splitlines()
    assert 10 <= len(lines) <= README_ALARM


def test_a_url_is_called_as_its_view() -> None:
    odd = {(name, view) for _, name, view in own_pages() if name != view}
    assert odd == set()


def test_a_page_has_a_test_file_of_its_name() -> None:
    missing = [
        f"{package}: {name}"
        for package, name, _ in own_pages()
        if not list((ROOT / "tests" / package.removeprefix("portal.")).rglob(f"test_{name}.py"))
    ]
    assert missing == []


def test_views_are_plain_functions() -> None:
    classes = [
        f"{short(path)}:{node.name}"
        for path in SOURCES
        if "views" in {path.stem, path.parent.name} and "api" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and any("View" in ast.unparse(base) for base in node.bases)
    ]
    assert classes == []


def test_every_module_has_a_test_file() -> None:
    missing = [short(path) for path in SOURCES if path.name not in NEEDS_NO_TEST and not has_test(path)]
    assert missing == []


def has_test(path: Path) -> bool:
    """Whether a test file of the module's name, or of its package's, stands in the tests of its package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    package = parts[1] if parts[0] == "portal" and len(parts) > 2 else parts[0]
    folder = ROOT / "tests" / package
    tree = [ROOT / "tests" / "portal"] if package == "portal" else [folder]
    if parts[-2] in {"models", "views"}:
        return any(folder.rglob("test_*.py"))
    if parts[-1] in {"views", "tasks", "forms"} or "commands" in parts:
        return any(folder.rglob("test_*.py"))
    return any(any(place.rglob(f"test_{parts[-1].lstrip('_')}*.py")) for place in tree)


def test_every_clock_names_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    assert {name: tick["task"] for name, tick in SCHEDULE.items() if tick["task"] not in app.tasks} == {}


def test_tasks_are_short() -> None:
    long = [
        f"{short(path)}:{node.name}"
        for path in SOURCES
        if path.name == "tasks.py"
        for node in functions(path)
        if length(node) > 10
    ]
    assert long == []


def test_the_only_celery_decorator_is_shared_task() -> None:
    odd = [
        short(path)
        for path in SOURCES
        if re.search(r"@app\.task|send_task\(|apply_async\(|tasks\.\w+\.delay\(|\.tasks import", path.read_text())
    ]
    assert odd == []


def test_nobody_looks_a_model_up_by_name() -> None:
    assert [short(path) for path in SOURCES if "get_model(" in path.read_text()] == []


def test_signals_of_our_own_do_not_exist() -> None:
    assert [short(path) for path in SOURCES if re.search(r"\bSignal\(\)", path.read_text())] == []


@pytest.mark.parametrize("room", ["domain", "services", "selectors"])
def test_only_entry_points_read_the_clock(room: str) -> None:
    clock = re.compile(r"timezone\.now\(\)|datetime\.now\(|datetime\.utcnow|date\.today\(")
    assert [short(path) for path in SOURCES if room in path.parts and clock.search(path.read_text())] == []


def test_every_setting_of_the_environment_is_documented() -> None:
    documented = set(re.findall(r"^#?\s*([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    settings = (ROOT / "portal" / "settings.py").read_text()
    read = set(re.findall(r"(?:env\.\w+|secret)\(\s*\"([A-Z][A-Z0-9_]+)\"", settings))
    assert read - documented - {"PORTAL_TEST_NAME", "PORTAL_TASKS_EAGER"} == set()


def test_no_test_is_left_out() -> None:
    left_out = [
        short(path)
        for path in TESTS
        if path != Path(__file__)
        and re.search(r"mark\.(skip|xfail)\b|pytest\.skip\(|@unittest\.skip", path.read_text())
    ]
    assert left_out == []


def test_no_template_carries_inline_code() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)|\sstyle=\"|\son[a-z]+=\"|javascript:", re.IGNORECASE
    )
    mails = {path for path in TEMPLATES if "mail" in path.stem}
    assert [short(path) for path in TEMPLATES if path not in mails and inline.search(path.read_text())] == []


def test_the_code_speaks_of_the_product_alone() -> None:
    words = re.compile(r"(?<![a-z])/(?:work|farm)/|\bTODO\b(?!.*#\d)|\bFIXME\b|\bXXX\b")
    own = [path for path in SOURCES + TESTS + TEMPLATES if path != Path(__file__)]
    assert [short(path) for path in own if words.search(path.read_text())] == []
