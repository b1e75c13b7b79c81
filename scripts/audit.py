"""Looks up known weaknesses of every locked dependency; `make check` calls it.

An advisory source that cannot be reached is no weakness: then it says so in a line, and ends well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
UNREACHED = ("error sending request", "dns error", "operation timed out", "status code 5")
"""What uv says where its source, https://osv.dev, does not answer."""


def main() -> None:
    """Exit with uv's own code, or well where nobody could be asked."""
    uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    done = subprocess.run(  # noqa: S603 (our own words)
        [uv, "audit", "--locked"],
        cwd=ROOT,
        env={"UV_HTTP_RETRIES": "1", "UV_HTTP_TIMEOUT": "20", **os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode and is_unreached(said):
        sys.stdout.write("The dependencies were not audited: https://api.osv.dev did not answer.\n")
        return
    sys.stdout.write(said)
    sys.exit(done.returncode)


def is_unreached(said: str) -> bool:
    """Whether uv could ask nobody, by what it said."""
    return any(sign in said.lower() for sign in UNREACHED)


if __name__ == "__main__":
    main()
