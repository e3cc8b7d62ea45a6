"""The folder .venv: made, filled, repaired; and left alone while nothing has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from launcher.words import Refused, say

#: what uv and pip write when the index cannot be reached
_NETWORK = ("connect", "dns", "resolve host", "name resolution", "timed out", "unreachable", "proxy", "certificate")


class Environment:
    """Parcours's own Python, in ``.venv`` beside start.py."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.log = root / ".venv.log"
        self._half_done = self.folder / "installing"

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def variables(self) -> dict[str, str]:
        """The environment of everything that runs in it: nothing of another Python leaks in."""
        foreign = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
        kept = {name: value for name, value in os.environ.items() if name not in foreign}
        return kept | {"PYTHONUTF8": "1", "UV_PYTHON_DOWNLOADS": "never"}

    def ensure(self, *, tests: bool = False) -> None:
        """Install what is missing: at once where nothing has changed since the last time."""
        if self._current(tests):
            return
        try:
            with self._alone():
                if not self._current(tests):
                    self._install(tests)
        except PermissionError as reason:
            raise Refused("not_writable", folder=self.root) from reason

    def _install(self, tests: bool) -> None:
        say("installing")
        began = time.monotonic()
        self.log.unlink(missing_ok=True)
        if not self._usable():
            self._create()
        self._half_done.touch()
        self._fill("requirements-dev.txt" if tests else "requirements.txt")
        for name in [True, False] if tests else [False]:
            self._stamp(name).write_text(self._wanted(name), "utf-8")
        self._half_done.unlink()
        self.log.unlink(missing_ok=True)
        say("installed", seconds=round(time.monotonic() - began))

    # What is there, and what should be

    def _stamp(self, tests: bool) -> Path:
        return self.folder / ("installed-tests" if tests else "installed")

    def _wanted(self, tests: bool) -> str:
        files = ["requirements.txt", "requirements-dev.txt"] if tests else ["requirements.txt"]
        texts = b"\0".join((self.root / name).read_bytes() for name in files)
        return f"{_version()} {hashlib.sha256(texts).hexdigest()}"

    def _current(self, tests: bool) -> bool:
        stamp = self._stamp(tests)
        return self._usable() and stamp.exists() and stamp.read_text("utf-8") == self._wanted(tests)

    def _usable(self) -> bool:
        """Whether the folder holds a Python like this one, and no installation was broken off in it."""
        return self.python.exists() and not self._half_done.exists() and self._version_inside() == _version()

    def _version_inside(self) -> str:
        try:
            lines = (self.folder / "pyvenv.cfg").read_text("utf-8").splitlines()
        except OSError:
            return ""
        found = dict(line.partition(" = ")[::2] for line in lines)
        return ".".join((found.get("version") or found.get("version_info") or "").split(".")[:2])

    # How it is made

    def _create(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)
        python = getattr(sys, "_base_executable", None) or sys.executable
        uv = shutil.which("uv")
        if uv and self._try([uv, "venv", "--quiet", "--python", python, str(self.folder)]):
            return
        if not self._try([python, "-m", "venv", "--clear", str(self.folder)]):
            raise self._why("no_venv" if "ensurepip" in self._logged() else "install_failed")

    def _fill(self, requirements: str) -> None:
        file = str(self.root / requirements)
        if not (self._with_uv(file) or self._with_pip(["-r", file])):
            raise self._why("install_failed")

    def _with_uv(self, file: str) -> bool:
        """uv installs in seconds what takes pip a minute; it is itself a package, so that pip can bring it."""
        found = shutil.which("uv")
        if not found and not self._with_pip(["uv"]):
            return False
        uv = [found] if found else [str(self.python), "-m", "uv"]
        return self._try([*uv, "pip", "install", "--quiet", "--python", str(self.python), "-r", file])

    def _with_pip(self, what: list[str]) -> bool:
        """uv does not read pip's settings (a company's own index, say), so pip has its try as well."""
        pip = [str(self.python), "-m", "pip"]
        if not self._try([*pip, "--version"]) and not self._try([str(self.python), "-m", "ensurepip"]):
            return False
        patience = ["--retries", "1", "--timeout", "20"]
        return self._try([*pip, "install", "--quiet", "--no-input", "--disable-pip-version-check", *patience, *what])

    def _try(self, command: list[str]) -> bool:
        with self.log.open("ab") as log:
            log.write(("\n$ " + " ".join(command) + "\n").encode())
            log.flush()
            nothing = subprocess.DEVNULL
            return subprocess.call(command, cwd=self.root, env=self.variables(), stdin=nothing, stdout=log, stderr=log) == 0

    def _logged(self) -> str:
        return self.log.read_text("utf-8", "replace").lower()

    def _why(self, code: str) -> Refused:
        text = self._logged()
        if "no space left" in text or "not enough space" in text:
            return Refused("disk_full")
        if code == "install_failed" and any(sign in text for sign in _NETWORK):
            code = "no_network"
        return Refused(code, log=self.log)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Of two start.py at once, the second waits. If the first dies, the system frees the lock."""
        with (self.root / ".venv.lock").open("a+b") as file:
            if not _lock(file, wait=False):
                say("waiting")
                _lock(file, wait=True)
            yield


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes], *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
                time.sleep(0.5)
else:
    import fcntl

    def _lock(file: IO[bytes], *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
