"""What the content security policy would refuse must not be in any template of ours."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
ICONS = set(re.findall(r'symbol id="([\w-]+)"', (ROOT.parent / "static/vendor/tabler/icons.svg").read_text()))
REFUSED = {
    "an inline style": re.compile(r"""<[^>]*\sstyle\s*=""", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script without a source": re.compile(r"<script(?![^>]*(\bsrc=|application/json))", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "hx-on or a js: expression": re.compile(r"\bhx-on|hx-vals=['\"]js:", re.IGNORECASE),
    "another host's file": re.compile(r"""(?:src|<link[^>]*href)=["']https?://""", re.IGNORECASE),
}
IN_MAILS = {"an inline style"}
"""What readers of mails need, to whom no policy of ours applies."""


def refused(name: str) -> set[str]:
    """What a template may not hold; a mail is known by its name."""
    return set(REFUSED) - (IN_MAILS if name.endswith("_mail.html") else set())


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_nothing_that_the_policy_refuses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert [what for what in refused(name) if REFUSED[what].search(text)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_icon_that_a_template_names_is_in_the_sprite(name: str) -> None:
    named = set(re.findall(r"""\{% icon "([\w-]+)" """.rstrip(), (ROOT / name).read_text()))
    assert named <= ICONS
