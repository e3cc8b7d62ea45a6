"""Versions: comparing two, going back to one."""

from __future__ import annotations

import pytest

from analysis import Project, Store
from analysis.project import Put, edits
from analysis.project.journeys import copy_journey
from analysis.project.versions import compare_versions


@pytest.fixture
def kept(home) -> tuple[Store, str]:
    store = Store()
    project = Project.new("Boutique", stages=["Avant", "Après"])
    project = project.apply(edits.add_touchpoints(project, project.first_journey, project.stages["id"][0], ["Site", "Vitrine"]))
    return store, store.create(project, author="anne")


def busy(store: Store, id: str) -> None:
    """Edits of every sort."""
    def edit(make) -> None:
        store.apply(id, make(store.load(id)), author="anne")

    edit(lambda p: edits.remove("touchpoint", p.touchpoints["id"][0]))
    edit(lambda p: edits.rename("stage", p.stages["id"][0], "Découverte"))
    edit(lambda p: edits.add_cards(p, p.first_journey, "pain_point", p.stages["id"][1], ["Attente"]))
    edit(lambda p: edits.set_score(p.touchpoints["id"][0], "impact", 7, author="anne"))
    edit(lambda p: copy_journey(p, p.first_journey, "Cible", author="anne")[0])
    edit(lambda p: [Put("action", "a1", {"title": "Un", "depends_on": []}), Put("action", "a2", {"title": "Deux", "depends_on": ["a1"]})])
    edit(lambda p: edits.set_score("a1", "impact", 3, author="anne"))


def test_restoring_a_version_makes_the_project_what_it_was(kept):
    store, id = kept
    first = store.load(id)
    busy(store, id)
    back = store.restore(id, 1, author="anne")
    assert compare_versions(first, back).empty
    assert list(back.touchpoints["touchpoint"]) == ["Site", "Vitrine"]


def test_a_restoration_can_be_undone_and_redone_like_any_edit(kept):
    store, id = kept
    busy(store, id)
    before = store.load(id)
    store.restore(id, 1, author="anne")
    assert compare_versions(before, store.undo(id, author="anne")).empty
    assert compare_versions(store.load(id, 1), store.redo(id, author="anne")).empty


def test_going_forward_again_to_a_later_version(kept):
    store, id = kept
    busy(store, id)
    busy_revision = store.revision(id)
    store.restore(id, 1, author="anne")
    assert compare_versions(store.load(id, busy_revision), store.restore(id, busy_revision, author="anne")).empty


def test_a_comparison_tells_what_a_person_would_tell(kept):
    store, id = kept
    busy(store, id)
    found = compare_versions(store.load(id, 1), store.load(id))
    told = {(row.kind, row.change, row.item) for row in found.itertuples()}
    assert ("touchpoint", "removed", "Site") in told
    assert ("stage", "changed", "Découverte") in told
    assert ("card", "added", "Attente") in told
    assert ("score", "added", "Vitrine · impact") in told


def test_a_named_version_is_found_in_the_history(kept):
    store, id = kept
    store.name_version(id, "Avant l’atelier", author="anne")
    busy(store, id)
    history = store.history(id).set_index("revision")
    assert history.loc[1, "version"] == "Avant l’atelier"


def test_a_touchpoint_that_moved_and_a_new_emotion_are_told_in_words(kept):
    store, id = kept
    before = store.load(id)
    place, stage = next(iter(before.table("placement"))), before.stages["id"][1]
    store.apply(id, edits.move_touchpoint(before, place, stage), author="anne")
    store.apply(id, edits.set_score(stage, "emotion", 1.5, author="anne"), author="anne")
    store.apply(id, edits.set_score(stage, "emotion", -0.5, author="anne"), author="anne")

    def told(first: int, second: int) -> list[list[object]]:
        found = compare_versions(store.load(id, first), store.load(id, second))
        return found[["kind", "item", "change", "field", "before", "after"]].values.tolist()

    assert told(1, 3) == [
        ["placement", "Site", "changed", "stage", "Avant", "Après"],
        ["score", "Après · emotion", "added", "emotion", None, 1.5],
    ]
    assert told(3, 4) == [["score", "Après · emotion", "changed", "emotion", 1.5, -0.5]]


def test_a_version_is_found_by_its_name_however_much_was_done_since(kept):
    store, id = kept
    store.name_version(id, "Avant l’atelier", author="anne")
    for number in range(30):
        store.apply(id, edits.rename("stage", store.load(id).stages["id"][0], f"Avant {number}"), author="anne")
    assert store.history(id, limit=10)["version"].notna().sum() == 0
    assert store.history(id, limit=10, named_only=True)[["revision", "version"]].values.tolist() == [[1, "Avant l’atelier"]]


def test_a_name_that_is_emptied_is_taken_back(kept):
    store, id = kept
    store.name_person("anne", "Anne Perrin")
    assert store.history(id)["name"].tolist() == ["Anne Perrin"]
    store.name_person("anne", " ")
    assert store.history(id)["name"].tolist() == ["anne"]
