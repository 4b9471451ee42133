"""The command line serves the pages of the designer too."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from designer.cli import APPLICATION, main
from runtime import serving
from tests.services.processes import as_user, free_port

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_starts_in_the_outermost_part() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    module, _, name = project["project"]["scripts"]["dougong"].partition(":")

    assert getattr(import_module(module), name) is main


@pytest.mark.parametrize("application", [APPLICATION, serving.APPLICATION])
def test_what_is_served_can_be_made(application: str) -> None:
    module, _, name = application.partition(":")

    assert callable(getattr(import_module(module), name))


def _answer(address: str) -> requests.Response:
    # The worker says that it has started a moment before it listens.
    patient = HTTPAdapter(max_retries=Retry(connect=20, backoff_factor=0.05))
    with requests.Session() as session:
        session.mount("http://", patient)
        return session.get(address, allow_redirects=False, timeout=30)


def _stopped(server: subprocess.Popen[str]) -> bool:
    try:
        server.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        server.kill()
        return False
    return True


@pytest.mark.slow
def test_run_serves_the_designer(tmp_path: Path) -> None:
    port = free_port()
    environment = os.environ | {"HOME_DIR": str(tmp_path), "PORT": str(port)}
    command = as_user([sys.executable, "-m", "designer.cli", "run", "--no-demo"])
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            said = next((line for line in server.stdout if "Started worker" in line), "")
            answer = _answer(f"http://127.0.0.1:{port}/design/sales_crm/")
        finally:
            server.terminate()
            stopped = _stopped(server)

    assert said
    assert stopped
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")
