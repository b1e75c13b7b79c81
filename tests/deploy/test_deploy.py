"""What is written for machines that cannot be tried here says nothing that is not so."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from bot.cli import COMMANDS, briefing_bot
from bot.settings import all_settings
from scripts.audit import is_unreached
from scripts.get_uv import UV

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {name for name, _, _ in all_settings()}
OTHERS = {"PATH", "PYTHONUNBUFFERED", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
UNIT = (DEPLOY / "briefing-bot.service").read_text()


def documents(name: str) -> list[Any]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text()))


def services() -> Iterator[dict[str, Any]]:
    for name in ("compose.yaml", "compose.postgres.yaml"):
        (known,) = documents(name)
        yield from known["services"].values()


def containers() -> Iterator[dict[str, Any]]:
    for known in documents("kubernetes.yaml"):
        if known["kind"] == "Deployment":
            yield from known["spec"]["template"]["spec"]["containers"]


def variables() -> Iterator[str]:
    image = DOCKERFILE.split("FROM")[-1]
    yield from re.findall(r"\b([A-Z][A-Z_]+)=", image.replace("\\\n", " "))
    yield from re.findall(r"^Environment=(\w+)=", UNIT, re.MULTILINE)
    for service in services():
        yield from service.get("environment", {})
    for known in documents("kubernetes.yaml"):
        if known["kind"] == "ConfigMap":
            yield from known["data"]


def commands() -> Iterator[list[str]]:
    for service in services():
        yield service.get("command", ["run"])
    for container in containers():
        yield container["args"]
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            program, *arguments = container[probe]["exec"]["command"]
            assert program == "briefing-bot"
            yield arguments
    yield re.findall(r"^ExecStart=\S+/briefing-bot (.+)$", UNIT, re.MULTILINE)[0].split()
    yield ["health"]


@pytest.mark.parametrize("name", sorted(set(variables())))
def test_every_variable_is_a_setting(name: str) -> None:
    assert name in SETTINGS | OTHERS


@pytest.mark.parametrize("arguments", list(commands()), ids=" ".join)
def test_every_command_is_one_of_ours(arguments: list[str]) -> None:
    assert arguments[0] in COMMANDS
    done = CliRunner().invoke(briefing_bot, [*arguments, "--help"])
    assert done.exit_code == 0, done.output


def test_the_image_is_built_with_the_uv_of_the_lock_file() -> None:
    assert f"pip install --no-cache-dir {UV}" in DOCKERFILE


def test_nothing_runs_as_root_nor_may_become_it() -> None:
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE) == ["10001:10001"]
    ours = [each for each in services() if each["image"] == "briefing-bot"]
    assert len(ours) == 4
    for service in ours:
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"]
    for container in containers():
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert not container["securityContext"]["allowPrivilegeEscalation"]


def test_no_secret_gets_into_the_image() -> None:
    first, *others = [
        line
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert first == "*"
    let_in = {each.removeprefix("!") for each in others if each.startswith("!")}
    assert let_in == {
        "bot", "briefings", "seeds", "pyproject.toml", "uv.lock", "README.md", "LICENSE",
    }  # fmt: skip


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if not (systemd := shutil.which("systemd-analyze")):
        pytest.skip("there is no systemd here")
    file = tmp_path / "briefing-bot.service"
    file.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE))
    done = subprocess.run([systemd, "verify", file], capture_output=True, text=True, check=False)
    if "Failed to" in done.stderr and "bus" in done.stderr:
        pytest.skip("systemd cannot look at units here")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("said", "unreached"),
    [
        ("error: Error sending request for url (https://api.osv.dev/v1/querybatch)", True),
        ("cause: dns error", True),
        ("Found 1 known vulnerability in 1 package", False),
        ("error: The lockfile needs to be updated", False),
    ],
)
def test_only_an_unreachable_source_is_forgiven(said: str, *, unreached: bool) -> None:
    assert is_unreached(said) is unreached
