"""Installs uv into `.tools/` of the checkout, with nothing but Python; `make` calls it."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

TOOLS = Path(__file__).parent.parent / ".tools"
UV = "uv==0.13.9"


def main() -> None:
    """Make an environment of its own for uv, or say in a sentence what is missing."""
    if sys.version_info < (3, 11):  # noqa: UP036 (any Python may run this)
        sys.exit(f"Briefing Bot needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    commands = (_in_environment, _beside_the_code)
    if not any(command() for command in commands):
        sys.exit(
            "uv could not be installed: install Python's venv or pip (on Debian: apt-get install"
            " python3-venv), or install uv yourself, then run make again."
        )


def _in_environment() -> bool:
    try:
        venv.create(TOOLS, with_pip=True)
    except (subprocess.CalledProcessError, OSError):
        return False
    return _succeeds(str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", UV)


def _beside_the_code() -> bool:
    return _succeeds(sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS), UV)


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603 (our own words)


if __name__ == "__main__":
    main()
