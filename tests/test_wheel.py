from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the present source, built in the environment that the lock describes."""
    out = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_assets_schemas_apps_and_templates(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    def some(start: str, end: str) -> bool:
        return any(name.startswith(start) and name.endswith(end) for name in names)

    assert some("runtime/web/static/dist/", ".js")
    assert some("runtime/web/static/dist/", ".css")
    assert "runtime/web/static/dist/manifest.json" in names
    assert some("runtime/web/templates/", ".html")
    assert some("runtime/locales/en/", ".po")
    assert some("schemas/", ".json")
    assert some("apps/sales_crm/forms/", ".yaml")
    assert some("apps/store_sales/", "app.yaml")


def test_the_wheel_holds_nothing_that_only_we_need(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    strangers = ("tests/", "tools/", "bench/", "node_modules/", "__pycache__/", "/src/", ".stamp")
    assert [name for name in names if any(stranger in name for stranger in strangers)] == []


def test_the_installed_wheel_runs_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    _run(sys.executable, "-m", "uv", "pip", "install", "--python", python, "--no-deps", wheel)
    site = Path(
        _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    )
    ours = Path(_run(sys.executable, "-c", "import flask; print(flask.__file__)").strip()).parents[
        1
    ]
    # A path entry shares the libraries, but not this environment's own .pth to the checkout.
    (site / "libraries.pth").write_text(f"{ours}\n")

    home = _run(python, "-c", "import runtime; print(runtime.__file__)", cwd=tmp_path)
    said = _run(tmp_path / "venv" / "bin" / "dougong", "--help", cwd=tmp_path)

    assert Path(home.strip()).is_relative_to(site)
    assert "run" in said
    apps = site / "apps" / "sales_crm"
    _run(tmp_path / "venv" / "bin" / "dougong", "app", "check", apps, cwd=tmp_path)
