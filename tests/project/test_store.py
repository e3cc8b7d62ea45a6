"""Keeping projects: the same promises on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading

import pytest

import analysis
from analysis.errors import InvalidCommand, NotFound, NothingToUndo, Outdated, UndoConflict
from analysis.project import Change, Project, Put, Remove, Store, edits
from analysis.project.blobs import key_of
from tests.project.examples import BUY, FIND, SITE, J, shop

PNG = b"\x89PNG\r\n\x1a\n and the rest of a picture"


def renamed(store: Store, id: str, name: str, author: str, stage: str = FIND) -> Project:
    return store.apply(id, Change("stage", stage, {"name": name}), author=author, label="Rename")


def name_of(project: Project, stage: str = FIND) -> str:
    found: str = project.table("stage")[stage].name
    return found


# --- keeping ----------------------------------------------------------------------------------------------------


def test_a_project_comes_back_as_it_was_created(store: Store, other_store: Store, id: str, project: Project) -> None:
    again = other_store.load(id)
    assert again.entities == project.entities
    assert again.revision == 1
    assert again.evidence["value"].tolist() == [1, 2, 5, 4, 5, 3, 5]


def test_every_version_can_be_opened(store: Store, other_store: Store, id: str) -> None:
    for number in range(2, 125):  # past two snapshots
        renamed(store, id, f"Name {number}", "anne")
    assert [name_of(other_store.load(id, revision)) for revision in (1, 2, 49, 50, 51, 100, 124)] == [
        "Find", "Name 2", "Name 49", "Name 50", "Name 51", "Name 100", "Name 124",
    ]  # fmt: skip
    for revision in (0, 125, -1):
        with pytest.raises(NotFound):
            store.load(id, revision)


def test_a_project_that_is_not_there_is_said_so(store: Store) -> None:
    for ask in (store.load, store.revision, store.history, store.delete, store.archive, store.save_copy):
        with pytest.raises(NotFound) as caught:
            ask("pr_gone")
        assert caught.value.code == "project"


def test_another_server_sees_an_edit_at_once(store: Store, other_store: Store, id: str) -> None:
    assert name_of(other_store.load(id)) == "Find"
    renamed(store, id, "Search", "anne")
    assert other_store.revision(id) == 2
    assert name_of(other_store.load(id)) == "Search"


def test_a_refused_edit_leaves_no_trace(store: Store, id: str) -> None:
    with pytest.raises(InvalidCommand):
        store.apply(id, [Change("stage", FIND, {"name": "x"}), Change("stage", "s_gone", {"name": "x"})], author="anne")
    assert store.revision(id) == 1
    assert name_of(store.load(id)) == "Find"


def test_an_edit_that_changes_nothing_is_not_an_edit(store: Store, id: str) -> None:
    renamed(store, id, "Find", "anne")
    assert store.revision(id) == 1


def test_edits_of_different_fields_by_two_people_both_hold(store: Store, other_store: Store, id: str) -> None:
    seen = store.load(id)
    store.apply(id, edits.set_view(seen, cut="median"), author="anne")
    other_store.apply(id, edits.set_view(seen, threshold=0.7), author="ben")
    store.apply(id, edits.set_weights({"cost": 3}), author="anne")
    other_store.apply(id, edits.set_weights({"reach": 5}), author="ben")
    settings = store.load(id).settings
    assert settings.views == {"cut": "median", "threshold": 0.7}
    assert settings.weights == {"cost": 3, "reach": 5}


def test_when_keeping_fails_the_edit_is_not_shown_as_kept(store: Store, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    renamed(store, id, "Search", "anne")

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(store, "_append", full)
    for edit in (lambda: renamed(store, id, "Look", "anne"), lambda: store.undo(id, author="anne")):
        with pytest.raises(OSError, match="disk full"):
            edit()
    monkeypatch.undo()
    assert name_of(store.load(id)) == "Search"
    assert name_of(store.undo(id, author="anne")) == "Find"


# --- imports ------------------------------------------------------------------------------------------------------

LIST = "Étape;Point de contact;Impact (1-10)\nAchat;Guichet;5\nAchat;Drive;6\nSuivi;Courriel;4\n"


def test_what_was_made_for_an_earlier_revision_is_refused_and_leaves_no_trace(store: Store, other_store: Store, id: str) -> None:
    seen = store.load(id)
    renamed(other_store, id, "Search", "ben")
    with pytest.raises(Outdated) as caught:
        store.apply(id, Change("stage", BUY, {"name": "Pay"}), author="anne", expected=seen.revision)
    assert caught.value.values == {"expected": 1, "revision": 2}
    assert caught.value.message("fr").startswith("Le projet a changé entre-temps\u00a0: rien")
    assert (store.revision(id), name_of(store.load(id), BUY)) == (2, name_of(seen, BUY))
    store.apply(id, Change("stage", BUY, {"name": "Pay"}), author="anne", expected=2)
    assert name_of(other_store.load(id), BUY) == "Pay"


def imported(store: Store, id: str, together: threading.Barrier, told: list[str]) -> None:
    """Import the list as a server does: planned, then kept in the same instant as the others, planned anew when these came first."""
    book = analysis.read(LIST.encode(), "liste.csv")
    plan = store.load(id).plan_import(book.tables, file="liste.csv")
    together.wait(60)
    while True:
        try:
            store.apply(id, plan.commands, author="anne", expected=plan.revision)
            told.append("kept")
            return
        except Outdated:
            plan = store.load(id).plan_import(book.tables, file="liste.csv")
            told.append("again")


def test_one_list_imported_by_four_at_the_very_same_instant_is_there_once(store: Store, other_store: Store, id: str) -> None:
    together, told = threading.Barrier(4), list[str]()
    crowd = [threading.Thread(target=imported, args=(server, id, together, told)) for server in (store, other_store) * 2]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(120)
    names = store.load(id).touchpoints["touchpoint"].tolist()
    assert [names.count(name) for name in ("Guichet", "Drive", "Courriel")] == [1, 1, 1]
    assert len(store.load(id).table("import")) == 1
    assert (told.count("kept"), told.count("again")) == (4, 3)
    assert store.revision(id) == 2


# --- undo and redo ----------------------------------------------------------------------------------------------


def test_undo_and_redo_go_back_and_forth(store: Store, id: str) -> None:
    renamed(store, id, "One", "anne")
    renamed(store, id, "Two", "anne")
    assert store.can(id, author="anne") == (True, False)
    assert [name_of(store.undo(id, author="anne")) for _ in range(2)] == ["One", "Find"]
    assert store.can(id, author="anne") == (False, True)
    assert [name_of(store.redo(id, author="anne")) for _ in range(2)] == ["One", "Two"]
    assert [name_of(store.undo(id, author="anne")) for _ in range(2)] == ["One", "Find"]
    assert name_of(store.redo(id, author="anne")) == "One"
    store.redo(id, author="anne")
    with pytest.raises(NothingToUndo) as caught:
        store.redo(id, author="anne")
    assert caught.value.code == "nothing_to_redo"


def test_a_new_edit_after_an_undo_ends_what_could_be_redone(store: Store, id: str) -> None:
    renamed(store, id, "One", "anne")
    store.undo(id, author="anne")
    renamed(store, id, "Two", "anne")
    assert store.can(id, author="anne") == (True, False)
    assert name_of(store.undo(id, author="anne")) == "Find"
    assert name_of(store.redo(id, author="anne")) == "Two"


def test_undo_goes_on_after_a_restart_and_in_a_second_tab(store: Store, url: str, other_store: Store, id: str) -> None:
    renamed(store, id, "One", "anne")
    renamed(store, id, "Two", "anne")
    store.engine.dispose()
    again = Store(url)
    assert name_of(again.undo(id, author="anne")) == "One"
    assert name_of(other_store.undo(id, author="anne")) == "Find"
    assert name_of(again.redo(id, author="anne")) == "One"
    again.engine.dispose()


def test_one_undoes_only_ones_own_edits(store: Store, id: str) -> None:
    renamed(store, id, "Search", "anne")
    renamed(store, id, "Pay", "ben", stage=BUY)
    project = store.undo(id, author="anne")
    assert (name_of(project), name_of(project, BUY)) == ("Find", "Pay")
    with pytest.raises(NothingToUndo):
        store.undo(id, author="anne")
    with pytest.raises(NothingToUndo):
        store.undo(id, author="carl")


def test_undo_is_refused_with_the_name_of_who_changed_the_same_field_since(store: Store, id: str) -> None:
    store.name_person("ben", "Benoît")
    renamed(store, id, "Search", "anne")
    renamed(store, id, "Look", "ben")
    with pytest.raises(UndoConflict) as caught:
        store.undo(id, author="anne")
    assert caught.value.message("en") == "This cannot be undone: Benoît has changed the same thing since."
    assert name_of(store.load(id)) == "Look"
    store.undo(id, author="ben")
    assert name_of(store.undo(id, author="anne")) == "Find"


def test_another_field_of_the_same_thing_does_not_stand_in_the_way(store: Store, id: str) -> None:
    renamed(store, id, "Search", "anne")
    store.apply(id, Change("stage", FIND, {"goal": "To know what there is"}), author="ben")
    project = store.undo(id, author="anne")
    assert (name_of(project), project.table("stage")[FIND].goal) == ("Find", "To know what there is")


def test_another_weight_does_not_stand_in_the_way(store: Store, id: str) -> None:
    store.apply(id, edits.set_weights({"cost": 3}), author="anne")
    store.apply(id, edits.set_weights({"reach": 5}), author="ben")
    assert store.undo(id, author="anne").settings.weights == {"reach": 5}


def test_undoing_a_new_stage_is_refused_once_somebody_put_something_in_it(store: Store, id: str) -> None:
    store.apply(id, Put("stage", "s_new", {"journey": J, "name": "Return"}), author="anne")
    store.apply(id, Change("placement", "p_mail", {"stage": "s_new"}), author="ben")
    with pytest.raises(UndoConflict) as caught:
        store.undo(id, author="anne")
    assert caught.value.values["author"] == "ben"


def test_redoing_a_removal_is_refused_once_somebody_put_something_in_it(store: Store, id: str) -> None:
    store.apply(id, Remove("stage", BUY), author="anne")
    store.undo(id, author="anne")
    store.apply(id, Change("placement", "p_site", {"stage": BUY}), author="ben")
    with pytest.raises(UndoConflict):
        store.redo(id, author="anne")


def test_a_removed_stage_comes_back_with_all_that_stood_in_it(store: Store, id: str, project: Project) -> None:
    store.apply(id, Remove("stage", BUY), author="anne")
    assert store.undo(id, author="anne").entities == project.entities


def test_what_was_removed_does_not_come_back_into_a_stage_that_is_gone(store: Store, id: str) -> None:
    store.apply(id, Remove("card", "c_queue"), author="anne")
    store.apply(id, Remove("stage", BUY), author="ben")
    with pytest.raises(UndoConflict) as caught:
        store.undo(id, author="anne")
    assert caught.value.values["author"] == "ben"


def test_an_undo_never_takes_the_last_stage(store: Store, id: str) -> None:
    store.apply(id, Put("stage", "s_new", {"journey": J, "name": "Return"}), author="anne")
    store.apply(id, [Remove("stage", FIND), Remove("stage", BUY)], author="ben")
    with pytest.raises(InvalidCommand) as caught:
        store.undo(id, author="anne")
    assert caught.value.code == "last_stage"


def test_an_edit_of_many_things_is_undone_as_one(store: Store, id: str, project: Project) -> None:
    commands = [
        Put("card", "c_new", {"journey": J, "kind": "delight", "stage": FIND, "text": "Quick"}),
        Change("card", "c_new", {"text": "Very quick"}),
        Change("action", "a_speed", {"cards": ["c_slow", "c_new"]}),
        Change("project", "settings", {"views": {"a": 1}, "weights.cost": 2}),
        Change("project", "settings", {"views.b": 2}),
        Remove("touchpoint", SITE),
    ]
    done = store.apply(id, commands, author="anne")
    assert store.undo(id, author="anne").entities == project.entities
    assert store.redo(id, author="anne").entities == done.entities


# --- what others did --------------------------------------------------------------------------------------------


def test_the_earlier_author_is_told_what_replaced_theirs(store: Store, id: str) -> None:
    store.name_person("ben", "Benoît")
    since = renamed(store, id, "Search", "anne").revision
    renamed(store, id, "Look", "ben")
    assert store.replaced(id, author="anne", since=since) == [
        {"kind": "stage", "id": FIND, "field": "name", "theirs": "Search", "now": "Look", "removed": False, "by": "Benoît", "revision": 3}
    ]
    assert store.replaced(id, author="ben", since=since) == []
    assert store.replaced(id, author="anne", since=3) == []


def test_the_earlier_author_is_told_that_what_they_edited_was_removed(store: Store, id: str) -> None:
    since = store.apply(id, Change("card", "c_slow", {"text": "Very slow"}), author="anne").revision
    store.apply(id, Remove("card", "c_slow"), author="ben")
    (note,) = store.replaced(id, author="anne", since=since)
    assert (note["theirs"], note["now"], note["removed"]) == ("Very slow", None, True)


def test_the_history_says_who_did_what_when(store: Store, id: str) -> None:
    store.name_person("anne", "Anne")
    renamed(store, id, "Search", "anne")
    store.apply(id, Put("card", "c9", {"journey": J, "kind": "delight", "text": "x"}), author="ben", label=("Add “{text}”", {"text": "x"}))
    store.undo(id, author="ben")
    store.name_version(id, "before the workshop", author="anne", revision=2)
    store.name_version(id, "Before the workshop", author="anne", revision=2)
    history = store.history(id)
    assert history["revision"].tolist() == [4, 3, 2, 1]
    assert history["name"].tolist() == ["ben", "ben", "Anne", "Anne"]
    assert history["label"].tolist() == [["Add “{text}”", {"text": "x"}], ["Add “{text}”", {"text": "x"}], "Rename", ""]
    assert history["undoes"].tolist()[:1] == [3]
    assert history["version"].fillna("").tolist() == ["", "", "Before the workshop", ""]
    with pytest.raises(NotFound):
        store.name_version(id, "x", author="anne", revision=99)


# --- all projects -----------------------------------------------------------------------------------------------


def test_projects_are_listed_renamed_archived_and_deleted(store: Store, id: str) -> None:
    second = store.create(Project.new("Zoo", language="fr", client="City"), author="anne")
    store.rename(id, " Boutique ", author="anne")
    frame = store.projects().set_index("id")
    assert frame.loc[id, ["name", "touchpoints", "revision"]].tolist() == ["Boutique", 3, 2]
    assert frame.loc[second, ["name", "client", "language"]].tolist() == ["Zoo", "City", "fr"]
    store.archive(second)
    assert store.projects(archived=False)["id"].tolist() == [id]
    store.archive(second, archived=False)
    store.delete(second)
    assert store.projects()["id"].tolist() == [id]
    assert store.projects(archived=True).empty
    assert name_of(store.undo(id, author="anne")) == "Find"
    assert store.projects()["name"].tolist() == ["Shop"]


def test_a_duplicate_lives_its_own_life(store: Store, id: str, project: Project) -> None:
    copy = store.duplicate(id, author="ben", name="Shop (2)")
    renamed(store, copy, "Search", "ben")
    assert name_of(store.load(id)) == "Find"
    assert store.load(copy).name == "Shop (2)"
    assert store.load(copy).evidence.shape == project.evidence.shape


def test_deleting_for_good_deletes_the_answers_unless_another_project_has_them(store: Store, other_store: Store, id: str) -> None:
    key = store.load(id).table("evidence")["e_survey"].blob
    copy = store.duplicate(id, author="ben")
    store.delete(id)
    assert other_store.load(copy).evidence["value"].notna().all()
    other_store.delete(copy)
    with pytest.raises(NotFound):
        store.blobs.get(key)


def test_answers_that_were_taken_out_still_open_in_an_old_version(store: Store, other_store: Store, id: str) -> None:
    store.apply(id, Remove("evidence", "e_survey"), author="anne")
    assert other_store.load(id).evidence.empty
    assert len(other_store.load(id, 1).evidence) == 7


def test_a_logo_is_kept_and_anything_but_a_picture_is_refused(store: Store, other_store: Store, id: str) -> None:
    store.apply(id, Change("project", "settings", {"logo": key_of(PNG)}, payloads={key_of(PNG): PNG}), author="anne")
    project = other_store.load(id)
    assert project.blob(project.settings.logo) == PNG
    script = b"<svg><script>alert(1)</script></svg>"
    with pytest.raises(InvalidCommand):
        store.apply(id, Change("project", "settings", {"logo": key_of(script)}, payloads={key_of(script): script}), author="anne")
    with pytest.raises(InvalidCommand):  # a key without its content
        store.apply(id, Change("project", "settings", {"logo": key_of(b"nowhere")}), author="anne")
    assert store.load(id).settings.logo == key_of(PNG)


def test_ten_people_at_once_lose_nothing(store: Store, other_store: Store, id: str) -> None:
    errors: list[BaseException] = []

    def work(person: int) -> None:
        mine = (store, other_store)[person % 2]
        try:
            for number in range(5):
                text = f"{person}-{number}"
                mine.apply(
                    id, Put("card", f"c_{text}", {"journey": J, "kind": "delight", "stage": FIND, "text": text}), author=f"p{person}"
                )
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(person,)) for person in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.revision(id) == 51
    texts = {card.text for card in other_store.load(id).table("card").values()}
    assert texts >= {f"{person}-{number}" for person in range(10) for number in range(5)}


def test_a_project_without_a_survey_can_be_kept_too(store: Store) -> None:
    assert store.load(store.create(shop(None), author="anne")).evidence.empty
