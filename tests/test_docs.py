"""The documentation speaks of what is there: functions, tables, settings, metrics, addresses and files."""

import pkgutil
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import resolve

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = "portal|shortener|slo|oncall|incidents|postmortems"
PAGES = sorted(
    path for path in ROOT.rglob("*.md") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
)
OURS = [path for path in PAGES if "docs" in path.parts or path.parent in {ROOT, ROOT / "deploy"}]
SOURCES = "\n".join(path.read_text() for package in ("portal", "shortener") for path in (ROOT / package).rglob("*.py"))
FLOWS = (ROOT / "docs/flows.md").read_text()
DOTTED = sorted(set(re.findall(rf"`((?:{PACKAGES})(?:\.\w+)+)`", FLOWS)) - {"shortener.redirects"})
TABLES = sorted(set(re.findall(rf"`((?:accounts|catalog|lib|{PACKAGES})_[a-z_]+)`", FLOWS)))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def links(text: str) -> list[str]:
    """The targets of links to files, without code blocks, anchors and other places."""
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s#]+)[^)]*\)", prose)
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def words(pattern: str) -> list[tuple[str, str]]:
    """(page, word) of everything in our own pages that fits."""
    return [(short(path), word) for path in OURS for word in sorted(set(re.findall(pattern, path.read_text())))]


@pytest.mark.parametrize("name", DOTTED)
def test_a_function_of_the_story_exists(name: str) -> None:
    assert pkgutil.resolve_name(name) is not None


def test_the_story_names_functions_of_every_app() -> None:
    assert {name.split(".")[0] for name in DOTTED} == set(PACKAGES.split("|"))


def test_the_tables_of_the_story_exist() -> None:
    assert set(TABLES) - {model._meta.db_table for model in apps.get_models()} == set()


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_linked_file_exists(page: Path) -> None:
    targets = links(page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_file_named_in_our_pages_exists() -> None:
    named = words(r"`((?:docs|deploy|tests|portal|templates|loadtest)/[\w./-]+\.\w+)`")
    assert [(page, name) for page, name in named if not (ROOT / name).exists()] == []


def test_every_setting_named_in_our_pages_is_documented() -> None:
    known = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert [(page, name) for page, name in words(r"\b(PORTAL_[A-Z_]+[A-Z])\b") if name not in known] == []


def test_every_metric_named_in_our_pages_exists() -> None:
    named = words(r"\b((?:portal|edge)_[a-z0-9_]+)")
    plain = [(page, re.sub(r"_(total|bucket|sum|count)$", "", name)) for page, name in named]
    kept = [(page, name) for page, name in plain if name not in {"portal_web", "portal_edge"}]
    assert [(page, name) for page, name in kept if not re.search(rf"\b{name}(_total)?\b", SOURCES)] == []


def test_every_collection_named_in_our_pages_answers() -> None:
    paths = [path for _, path in words(r"(/api/v1/(?:[a-z-]+/)+)")]
    assert all(resolve(path) for path in paths)
