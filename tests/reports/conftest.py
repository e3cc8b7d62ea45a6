"""Fixtures of the deliverables: sample projects, and LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from report_samples import hostile, project_of

from analysis.project.project import Project


@pytest.fixture(scope="session")
def shop() -> Project:
    """Nineteen touchpoints with scores, cards, answers and actions, in French."""
    return project_of(19)


@pytest.fixture(scope="session")
def attack() -> Project:
    """A project whose every text tries something."""
    return hostile()


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str, str], bytes]:
    """Convert a file with LibreOffice: ``libreoffice(data, "xlsx", "pdf")``, more options after the target. Skips, loudly, where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        pytest.skip("LIBREOFFICE IS NOT INSTALLED: the deliverables were not opened by any office program")
    home = tmp_path_factory.mktemp("libreoffice")

    def convert(data: bytes, source: str, target: str) -> bytes:
        path = home / f"file.{source}"
        path.write_bytes(data)
        out = home / "out"
        command = [program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", *target.split(), "--outdir"]
        subprocess.run([*command, str(out), str(path)], check=True, capture_output=True, timeout=240)
        return (out / f"file.{target.split()[0]}").read_bytes()

    return convert
