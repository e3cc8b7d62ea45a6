"""`python start.py`, as a newcomer meets it: run for real, in a copy whose path has spaces and accents."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import start
from launcher import chromium, server
from launcher import run as launch
from launcher.environment import Environment
from launcher.testing import command
from launcher.words import Refused
from tests.conftest import ROOT, free_port

NOT_SHIPPED = shutil.ignore_patterns(
    ".venv*", ".git", "__pycache__", ".*_cache", ".hypothesis", "benchmarks", "notebooks"
)
ENGLISH = {"LC_ALL": "C.UTF-8"}
FRENCH = {"LC_ALL": "fr_FR.UTF-8"}
#: an index that refuses every connection, for pip and for uv, whatever this machine's own settings are
NO_NETWORK = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_FIND_LINKS": "",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_NO_CACHE_DIR": "1",
    "UV_NO_CONFIG": "1",
    "UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple",
    "UV_INDEX": "",
    "UV_FIND_LINKS": "",
    "UV_HTTP_RETRIES": "0",
    "UV_NO_CACHE": "1",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree as a user may keep it."""
    folder = tmp_path_factory.mktemp("à l'été") / "mon parcours (é)"
    shutil.copytree(ROOT, folder, ignore=NOT_SHIPPED)
    return folder


def run(
    folder: Path, *arguments: str, python: str = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    """start.py to its end, from a folder that is not its own."""
    return subprocess.run(
        [python, str(folder / "start.py"), *arguments],
        cwd="/",
        env=os.environ | ENGLISH | variables,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


@contextmanager
def running(folder: Path, *arguments: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """start.py while it serves: (process, address, what it said before)."""
    process = subprocess.Popen(
        [sys.executable, str(folder / "start.py"), "--no-browser", *arguments],
        cwd="/",
        env=os.environ | ENGLISH | {"PARCOURS_HOME": str(folder / "home")} | variables,
        stderr=subprocess.PIPE,
        text=True,
    )
    said: list[str] = []
    try:
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line.strip())
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield process, found[0], said
                return
        pytest.fail("it never served: " + "\n".join(said))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


@contextmanager
def busy(port: int) -> Iterator[None]:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        yield


def listening(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + "/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


# An old Python


def test_an_older_python_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert start.main() == 1
    assert capfd.readouterr().err == (
        "Parcours a besoin de Python 3.11 ou plus récent\u00a0; celui-ci est Python 3.9. "
        "Installez-le depuis python.org, puis relancez start.py avec lui.\n"
    )


def test_the_sentence_is_english_elsewhere(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0, "final", 0))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert start.main() == 1
    assert capfd.readouterr().err.startswith("Parcours needs Python 3.11 or newer; this is Python 3.10.")


def test_the_file_itself_holds_nothing_that_an_old_python_cannot_parse() -> None:
    tree = ast.parse((ROOT / "start.py").read_text("utf-8"))
    modern = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef, ast.Nonlocal, ast.Starred)
    assert not [node for node in ast.walk(tree) if isinstance(node, modern)]
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        assert function.returns is None
        assert not function.args.kwonlyargs
        assert not function.args.posonlyargs
        assert not [argument for argument in function.args.args if argument.annotation]


OLD = [
    path
    for path in sorted(Path.home().glob(".pyenv/versions/[23].*/bin/python"))
    if not re.search(r"/3\.1[1-9]", str(path))
]


@pytest.mark.parametrize("python", OLD, ids=lambda path: path.parent.parent.name)
def test_the_old_pythons_of_this_machine_say_the_sentence(python: Path) -> None:
    done = run(ROOT, python=str(python))
    assert done.returncode == 1
    assert done.stderr.startswith("Parcours needs Python 3.11 or newer; this is Python ")
    assert done.stderr.count("\n") == 1


# Ports


def test_a_busy_port_that_was_asked_for_is_refused_with_another_named(capfd: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    with busy(port), pytest.raises(Refused) as refused:
        server.choose_port(port)
    assert refused.value.code == "port_busy"
    assert refused.value.values["port"] == port
    assert refused.value.values["other"] > port


def test_a_busy_port_that_nobody_asked_for_gives_way_to_the_next(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "FIRST", free_port())
    with busy(server.FIRST):
        port = server.choose_port(None)
    assert port > server.FIRST
    assert str(port) in capfd.readouterr().err


@pytest.mark.parametrize("text", ["0", "65536", "eight", "-1"])
def test_what_is_not_a_port_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        launch(["--port", text])
    assert text in capsys.readouterr().err


# What is installed, and when


@pytest.fixture
def pretend(tmp_path: Path) -> Environment:
    """An environment that has been installed, as far as its files tell."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    environment = Environment(tmp_path)
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    version = ".".join(map(str, sys.version_info[:3]))
    (environment.folder / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\n")
    for tests in (False, True):
        environment._stamp(tests).write_text(environment._wanted(tests))
    return environment


def test_nothing_is_installed_again_while_nothing_has_changed(pretend: Environment) -> None:
    assert pretend._current(tests=False)
    assert pretend._current(tests=True)


def test_a_changed_list_of_packages_is_installed(pretend: Environment) -> None:
    with (pretend.root / "requirements.txt").open("a") as file:
        file.write("one-more\n")
    assert not pretend._current(tests=False)
    assert not pretend._current(tests=True)


def test_a_change_for_tests_alone_does_not_concern_the_app(pretend: Environment) -> None:
    with (pretend.root / "requirements-dev.txt").open("a") as file:
        file.write("one-more\n")
    assert pretend._current(tests=False)
    assert not pretend._current(tests=True)


def test_an_installation_that_was_broken_off_is_begun_anew(pretend: Environment) -> None:
    pretend._half_done.touch()
    assert not pretend._usable()


def test_another_python_needs_another_environment(pretend: Environment) -> None:
    (pretend.folder / "pyvenv.cfg").write_text("version = 3.10.4\n")
    assert not pretend._usable()


def test_nothing_of_another_python_leaks_into_ours(pretend: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    assert not {"PYTHONPATH", "PYTHONHOME"} & set(pretend.variables())


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ("error: Failed to fetch\n  Caused by: tcp connect error: Connection refused", "no_network"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk_full"),
        ("ERROR: Failed to build wheel", "install_failed"),
    ],
)
def test_why_an_installation_failed_is_told(pretend: Environment, log: str, code: str) -> None:
    pretend.log.write_text(log)
    assert pretend._why("install_failed").code == code


# The tests' own command


def test_the_quick_tests_leave_out_the_slow_ones_and_all_runs_all(pretend: Environment) -> None:
    assert command(pretend, ["-k", "pareto"])[-4:] == ["-m", "not slow", "-k", "pareto"]
    assert "not slow" not in command(pretend, ["--all", "-x"])
    assert command(pretend, ["--all", "-x"])[-1] == "-x"


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("1", True), ("", False), ("false", False), ("0", False)]
)
def test_ci_is_known_by_its_variable(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("CI", value)
    assert chromium.in_ci() is expected


def test_in_ci_a_missing_chromium_fails_the_run(
    pretend: Environment, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(chromium, "install", lambda: None)
    monkeypatch.setattr(Environment, "ensure", lambda self, tests=False: None)
    assert launch(["test"]) == 1
    assert "Chromium" in capfd.readouterr().err


# For real

slow = pytest.mark.slow
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


@slow
@posix
def test_without_a_network_it_says_so_in_one_sentence(copy: Path) -> None:
    done = run(copy, "--no-browser", **NO_NETWORK)
    assert done.returncode == 1
    assert "the package index cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 2
    assert "l’index des paquets est injoignable" in run(copy, "--no-browser", **(NO_NETWORK | FRENCH)).stderr


@slow
@posix
def test_first_start_installs_second_does_not_and_ctrl_c_stops_it(copy: Path) -> None:
    with running(copy) as (process, address, said):
        assert "Installing" in said[0]
        assert listening(address)
    assert process.returncode == 0
    assert not listening(address)
    assert not (copy / ".venv.log").exists()

    with running(copy) as (process, address, said):
        assert not any("Installing" in line for line in said)
        with urllib.request.urlopen(address, timeout=5) as answer:
            assert answer.status == 200


@slow
@posix
def test_a_server_that_is_told_to_end_ends(copy: Path) -> None:
    with running(copy) as (process, address, _):
        process.terminate()
        assert process.wait(20) == 0
        assert not listening(address)


@slow
@posix
def test_an_installation_killed_half_way_is_repaired_by_the_next_start(copy: Path) -> None:
    shutil.rmtree(copy / ".venv", ignore_errors=True)
    process = subprocess.Popen(
        [sys.executable, str(copy / "start.py"), "--no-browser"], stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while not (copy / ".venv" / "installing").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert (copy / ".venv" / "installing").exists()
    with running(copy) as (_, address, said):
        assert "Installing" in said[0]
        assert listening(address)
    assert not (copy / ".venv" / "installing").exists()


@slow
@posix
def test_a_busy_port_for_real(copy: Path) -> None:
    port = free_port()
    with busy(port):
        done = run(copy, "--no-browser", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} cannot be used" in done.stderr
