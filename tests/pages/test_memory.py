"""What was read does not stay in the server's memory: not in a button, not in a cache that counts entries and no bytes."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Any

import pandas as pd

from analysis.project import evidence
from analysis.project.evidence import pack, unpack
from pages.shell import memory, reading
from pages.shell.reading import Turns
from tests.pages.test_data import INVENTORY, drop, intake_of


def test_unpacked_answers_are_kept_as_long_as_they_fit(monkeypatch: Any) -> None:
    frame = pd.DataFrame({"row": range(1, 2001), "measure": "comment", "text": [f"avis {n}" for n in range(2000)]})
    packs = [pack(frame.assign(text=frame["text"] + str(n)))[1] for n in range(4)]
    evidence._CACHE.clear()
    monkeypatch.setattr(evidence._CACHE, "getsizeof", lambda unpacked: evidence.ROOM * 2 // 5)
    assert [len(unpack(data)) for data in packs] == [2000] * 4
    assert len(evidence._CACHE) == 2
    evidence._CACHE.clear()
    monkeypatch.setattr(evidence._CACHE, "getsizeof", lambda unpacked: evidence.ROOM + 1)
    assert len(unpack(packs[0])) == 2000  # one that does not fit is read all the same
    assert len(evidence._CACHE) == 0


def test_what_is_not_imported_is_let_go_by_every_button(app: Any) -> None:
    drop(app, "a.csv", INVENTORY)
    pending = intake_of(app)
    grid, book = weakref.ref(pending.tables[0].grid), weakref.ref(pending.book)
    del pending
    app.button(key="forget").click().run()
    gc.collect()
    assert (grid(), book()) == (None, None)


def test_memory_is_given_back_for_large_files_only() -> None:
    assert memory.give_back(1000) is None
    memory.few_pools()
    thread = memory.give_back(memory.WORTH)
    assert thread is None or thread.join(60) is None


def queued(turns: Turns, size: int, cancel: threading.Event) -> tuple[threading.Thread, list[int]]:
    """Somebody who takes a turn; what they hold, once they have it."""
    held: list[int] = []
    thread = threading.Thread(target=lambda: held.append(turns.take(size, cancel)))
    thread.start()
    return thread, held


def test_large_files_are_opened_one_after_the_other_and_small_ones_do_not_wait() -> None:
    turns, going_on = Turns(room=60, small=5), threading.Event()
    first = turns.take(45, going_on)
    second, its = queued(turns, 45, going_on)
    assert (turns.take(5, going_on), turns.taken) == (0, 45)
    second.join(0.5)
    assert its == []  # two would be more than the room
    turns.give(first)
    second.join(60)
    assert (its, turns.taken) == ([45], 45)
    turns.give(45)
    assert turns.take(80, going_on) == 80  # larger than the room: alone
    turns.give(80)
    assert turns.taken == 0


def test_a_file_that_is_stopped_while_it_waits_holds_nobody_up() -> None:
    turns, stopped, going_on = Turns(room=60, small=5), threading.Event(), threading.Event()
    turns.take(45, going_on)
    second, its = queued(turns, 45, stopped)
    third, last = queued(turns, 45, going_on)
    stopped.set()
    second.join(60)
    turns.give(its[0])
    turns.give(45)
    third.join(60)
    assert (last, turns.taken) == ([45], 45)


def test_a_file_leaves_its_turn_to_the_next_even_when_it_cannot_be_read(monkeypatch: Any) -> None:
    turns = Turns(room=60, small=1)
    monkeypatch.setattr(reading, "TURNS", turns)
    for data in (b"%PDF-1.4 nothing to read here", INVENTORY.encode() if isinstance(INVENTORY, str) else INVENTORY):
        job = reading.Job("fichier", data).start()
        assert job.wait(120)
        assert (job.room, turns.taken) == (0, 0)
    assert job.book is not None
