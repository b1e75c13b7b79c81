"""Giving memory back to the system after much work at once."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Return what was freed: glibc keeps it otherwise, about as much again as an index holds.

    https://man7.org/linux/man-pages/man3/malloc_trim.3.html
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)
