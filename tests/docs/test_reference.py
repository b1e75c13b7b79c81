"""The reference is what the code says, and the site has every page once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from scripts import env_example, reference

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`]*`", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", sorted(reference.pages()))
def test_the_reference_is_current(page: str) -> None:
    told = (reference.PAGES / page).read_text(encoding="utf-8")
    assert told == reference.pages()[page], "run `make reference`"


def test_the_example_of_settings_is_current() -> None:
    told = env_example.EXAMPLE.read_text(encoding="utf-8")
    assert told == env_example.text(), "run `make reference`"


def test_the_site_has_every_page_once() -> None:
    site = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))
    listed = sorted(_pages(site["project"]["nav"]))
    there = {str(each.relative_to(DOCS)) for each in DOCS.rglob("*.md")}
    behind = {each for each in there if re.match(r"decisions/\d", each)}
    assert listed == sorted(there - behind), "every page belongs into nav of zensical.toml"


def test_every_decision_is_in_the_list() -> None:
    told = (DOCS / "decisions/index.md").read_text(encoding="utf-8")
    for each in DOCS.glob("decisions/[0-9]*.md"):
        assert f"]({each.name})" in told


@pytest.mark.parametrize(
    "page",
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")],
    ids=lambda page: page.name,
)
def test_every_link_leads_somewhere(page: Path) -> None:
    for found in LINK.finditer(CODE.sub("", page.read_text(encoding="utf-8"))):
        link = urlsplit(found[1] or found[2])
        if link.scheme:
            assert link.scheme in {"https", "mailto"}
            continue
        target = page.parent / unquote(link.path) if link.path else page
        assert target.exists(), found[0]
        if link.fragment:
            assert link.fragment in set(_anchors(target)), found[0]


def _pages(nav: object) -> Iterator[str]:
    match nav:
        case str(page):
            yield page
        case list(several):
            for each in several:
                yield from _pages(each)
        case dict(named):
            for each in named.values():
                yield from _pages(each)
        case _:
            raise AssertionError(nav)


def _anchors(page: Path) -> Iterator[str]:
    for heading in re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
