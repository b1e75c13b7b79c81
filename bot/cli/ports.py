"""Port numbers on the command line."""

from __future__ import annotations

import click

PORT = click.IntRange(0, 65_535)
