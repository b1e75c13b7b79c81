"""Finds a Chromium for the page's tests, or installs one; prints where it is.

One on the machine is taken first, or the one that the variable CHROMIUM names. Else, as root on
Debian, the package `chromium` is installed; else Playwright downloads its own into `.tools/`.
Run it as `uv run python scripts/chromium.py`; `--find` looks and installs nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
DOWNLOADS = Path(__file__).parents[1] / ".tools" / "browsers"
DOWNLOADED = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
PACKAGES = ("chromium", "fonts-noto-core", "fonts-noto-color-emoji")
"""Chromium, and letters and emoji for it to draw; `fonts-noto-cjk` adds 55 MB of Han letters."""


def find() -> Path | None:
    """The browser to drive, where there is one."""
    return next(_candidates(), None)


def install() -> Path:
    """The browser to drive, installed where there is none; raises `SystemExit` where it cannot."""
    found = find()
    if found:
        return found
    if not (_is_root() and shutil.which("apt-get") and _install_package()):
        _download()
    found = find()
    if found is None:
        raise SystemExit("No Chromium could be installed: install one and name it in CHROMIUM.")
    return found


def _candidates() -> Iterator[Path]:
    named = os.environ.get("CHROMIUM")
    if named:
        yield Path(named)
    yield from (Path(path) for name in NAMES if (path := shutil.which(name)))
    yield from (path for path in APPLICATIONS if path.exists())
    yield from (path for pattern in DOWNLOADED for path in sorted(DOWNLOADS.glob(pattern)))


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _install_package() -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ("apt-get", "update", "-q")
    add = ("apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES)
    return all(_succeeds(command, environment) for command in (update, add))


def _download() -> None:
    environment = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(DOWNLOADS)}
    _succeeds((sys.executable, "-m", "playwright", "install", "chromium"), environment)


def _succeeds(command: tuple[str, ...], environment: dict[str, str]) -> bool:
    # What the installers say goes to stderr: stdout holds the answer alone.
    done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)  # noqa: S603
    return done.returncode == 0


if __name__ == "__main__":
    answer = find() if "--find" in sys.argv else install()
    if answer is None:
        raise SystemExit("There is no Chromium here: run scripts/chromium.py without --find.")
    sys.stdout.write(f"{answer}\n")
