"""What was read does not stay in the server's memory: not in a button, not in a cache that counts entries and no bytes."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pandas as pd

from analysis.project import evidence
from analysis.project.evidence import pack, unpack
from pages.shell import memory
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
