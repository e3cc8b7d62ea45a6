"""What was acknowledged is there: after kill -9, and with two processes writing at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.project import Put, Store
from analysis.project.evidence import pack
from tests.project.examples import ANSWERS

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from analysis.project import Put, Store
store, (url, id, who, count) = Store(sys.argv[1]), sys.argv[1:]
journey = store.load(id).first_journey
for number in range(int(count)):
    store.apply(id, Put("card", f"c_{who}_{number}", {"journey": journey, "kind": "delight", "text": f"{who} {number}"}), author=who)
    print(number, flush=True)  # acknowledged
"""


def writer(url: str, id: str, who: str, count: int) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", WRITER, url, id, who, str(count)], stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize("until", [0, pytest.param(23, marks=pytest.mark.slow)])
def test_kill_9_right_after_an_acknowledged_edit_loses_nothing(url: str, store: Store, id: str, until: int) -> None:
    process = writer(url, id, "anne", 10_000)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= until:
            os.kill(process.pid, signal.SIGKILL)
            break
    acknowledged = max([until, *(int(line) for line in process.stdout if line.endswith("\n"))])
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    again = Store(url)
    cards = set(again.load(id).table("card"))
    assert {f"c_anne_{number}" for number in range(acknowledged + 1)} <= cards
    assert again.undo(id, author="anne").revision == again.revision(id)
    again.engine.dispose()


def test_two_processes_that_write_at_once_lose_nothing(url: str, store: Store, id: str) -> None:
    processes = [writer(url, id, who, 30) for who in ("anne", "ben")]
    for number in range(30):
        journey = store.load(id).first_journey
        store.apply(id, Put("card", f"c_carl_{number}", {"journey": journey, "kind": "delight", "text": "x"}), author="carl")
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    project = store.load(id)
    assert {f"c_{who}_{number}" for who in ("anne", "ben", "carl") for number in range(30)} <= set(project.table("card"))
    assert project.revision == 91
    assert store.history(id, limit=1000)["revision"].tolist() == list(range(91, 0, -1))
    fresh = Store(url)
    assert fresh.load(id).entities == project.entities
    fresh.engine.dispose()


def test_a_second_server_that_opens_the_first_time_at_once_waits_its_turn(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'parcours.sqlite'}"
    script = "import sys; from analysis.project import Project, Store; Store(sys.argv[1]).create(Project.new('x'), author='a')"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    processes = [subprocess.Popen([sys.executable, "-c", script, url], env=environment) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    store = Store(url)
    assert len(store.projects()) == 2
    store.engine.dispose()


def test_a_content_half_written_by_a_killed_process_is_never_taken_for_whole(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'parcours.sqlite'}")
    key, data = pack(ANSWERS)
    folder = tmp_path / "blobs" / key[:2]
    folder.mkdir(parents=True)
    (folder / "tmpabc123").write_bytes(data[:50])  # what a killed process leaves
    from tests.project.examples import shop

    id = store.create(shop(), author="anne")
    assert len(store.load(id).evidence) == 7
    store.engine.dispose()
