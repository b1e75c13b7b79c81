"""Which machine this is, and which of its processes live."""

from __future__ import annotations

import os
import socket
import uuid
from dataclasses import dataclass
from pathlib import Path

BOOT = Path("/proc/sys/kernel/random/boot_id")
SPACE = Path("/proc/self/ns/pid")
"""Containers of one machine count their processes each from one."""


@dataclass(frozen=True, slots=True)
class Here:
    """A process on a machine; the machine is the same only where process ids mean the same."""

    machine: str
    pid: int

    def is_gone(self, machine: str, pid: int) -> bool:
        """Whether a process surely lives no more; false where this machine cannot know."""
        if machine != self.machine:
            return False
        return pid != self.pid and not _lives(pid)


def here() -> Here:
    """This process."""
    if BOOT.exists():
        return Here(f"{BOOT.read_text().strip()}/{SPACE.stat().st_ino}", os.getpid())
    return Here(f"{socket.gethostname()}/{uuid.getnode()}", os.getpid())


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
