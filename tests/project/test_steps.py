"""Steps inside a stage: added, put in order, filled, taken away, and found again wherever a project goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Project, Store
from analysis.charts.journey_layout import laid_out
from analysis.errors import InvalidCommand, UndoConflict
from analysis.language import translator
from analysis.project import edits
from analysis.project.commands import Change, Put
from analysis.project.copies import open_copy, save_copy
from analysis.project.filters import Filter
from analysis.project.grid import COLUMNS, apply_edits, grid_frame
from analysis.project.journeys import compare_journeys, copy_journey
from analysis.project.versions import commands_to, compare_versions
from analysis.project.views import journey_view


@pytest.fixture
def shop() -> Project:
    """Two stages; the second has the steps Quote and Pay, with a touchpoint and a card in each and one touchpoint in none."""
    project = Project.new("Shop", language="en", stages=["Choose", "Buy"])
    journey, buy = project.first_journey, stage(project, "Buy")
    project = project.apply(edits.add_steps(project, buy, ["Quote", "Pay"]))
    project = project.apply(edits.add_touchpoints(project, journey, buy, ["Somewhere", "Till", "Desk"]))
    project = project.apply(edits.add_cards(project, journey, "pain_point", buy, ["Queue", "Unclear"]))
    for kind, name, where in (
        ("placement", "Till", "Pay"),
        ("placement", "Desk", "Quote"),
        ("card", "Queue", "Pay"),
        ("card", "Unclear", "Quote"),
    ):
        project = project.apply(edits.put_in_step(project, kind, item(project, kind, name), step(project, where)))
    return project


def stage(project: Project, name: str) -> str:
    return next(id for id, found in project.table("stage").items() if found.name == name)


def step(project: Project, name: str) -> str:
    return next(id for id, found in project.table("step").items() if found.name == name)


def item(project: Project, kind: str, name: str) -> str:
    if kind == "card":
        return next(id for id, card in project.table("card").items() if card.text == name)
    names = project.table("touchpoint")
    return next(id for id, place in project.table("placement").items() if names[place.touchpoint].name == name)


def steps_in(project: Project) -> list[str]:
    return list(project.steps["step"])


def where(project: Project, journey: str | None = None) -> dict[str, str | None]:
    """Touchpoint or card → the name of its step, in the order of the map."""
    view = journey_view(project, journey, "en")
    names = {one["id"]: one["name"] for column in view["stages"] for one in column.get("steps", [])}
    return {one.get("name", one.get("text")): names.get(one["step"]) for one in (*view["touchpoints"], *view["cards"])}


def test_the_map_shows_the_steps_of_each_stage_and_its_items_in_their_order(shop: Project) -> None:
    view = journey_view(shop, language="en")
    assert [[one["name"] for one in column["steps"]] for column in view["stages"]] == [[], ["Quote", "Pay"]]
    assert list(where(shop).items()) == [("Desk", "Quote"), ("Till", "Pay"), ("Somewhere", None), ("Unclear", "Quote"), ("Queue", "Pay")]
    assert shop.steps[["step", "stage", "order"]].values.tolist() == [["Quote", "Buy", 1], ["Pay", "Buy", 2]]
    assert shop.touchpoints["touchpoint"].tolist() == ["Desk", "Till", "Somewhere"]


def test_moving_a_step_moves_what_stands_in_it(shop: Project) -> None:
    moved = shop.apply(edits.move_step(shop, step(shop, "Pay"), step(shop, "Quote")))
    assert steps_in(moved) == ["Pay", "Quote"]
    assert list(where(moved))[:3] == ["Till", "Desk", "Somewhere"]


def test_beside_an_item_of_a_step_a_touchpoint_takes_that_step(shop: Project) -> None:
    till, somewhere = item(shop, "placement", "Till"), item(shop, "placement", "Somewhere")
    moved = shop.apply(edits.move_touchpoint(shop, somewhere, stage(shop, "Buy"), before=till))
    assert list(where(moved).items())[:3] == [("Desk", "Quote"), ("Somewhere", "Pay"), ("Till", "Pay")]
    out = moved.apply(edits.move_touchpoint(moved, somewhere, stage(shop, "Buy"), step=None))
    assert where(out)["Somewhere"] is None


def test_in_another_stage_an_item_is_in_no_step(shop: Project) -> None:
    till, choose = item(shop, "placement", "Till"), stage(shop, "Choose")
    assert where(shop.apply(edits.move_touchpoint(shop, till, choose)))["Till"] is None
    assert where(shop.apply(Change("placement", till, {"stage": choose})))["Till"] is None  # whoever moves it, an import too


def test_a_step_of_another_stage_is_refused(shop: Project) -> None:
    till = item(shop, "placement", "Till")
    shop = shop.apply(edits.add_steps(shop, stage(shop, "Choose"), ["Look"]))
    with pytest.raises(InvalidCommand):
        shop.apply(Change("placement", till, {"step": step(shop, "Look")}))
    assert edits.put_in_step(shop, "placement", till, step(shop, "Look")) == []
    with pytest.raises(InvalidCommand):
        shop.apply(Put("step", "st_x", {"stage": stage(shop, "Buy"), "name": " "}))


def test_a_step_that_goes_leaves_its_items_in_the_stage(shop: Project) -> None:
    left = shop.apply(edits.remove("step", step(shop, "Pay")))
    assert where(left) == {"Desk": "Quote", "Somewhere": None, "Till": None, "Unclear": "Quote", "Queue": None}
    assert all(place.stage == stage(shop, "Buy") for place in left.table("placement").values())


def test_a_stage_that_goes_takes_its_steps_and_leaves_its_items_unassigned(shop: Project) -> None:
    left = shop.apply(edits.remove_stage(shop, stage(shop, "Buy")))
    assert not left.table("step")
    assert {(place.stage, place.step) for place in left.table("placement").values()} == {(None, None)}
    assert shop.apply(commands_to(shop, left)).entities == left.entities
    assert left.apply(commands_to(left, shop)).table("placement") == shop.table("placement")
    assert left.apply(commands_to(left, shop)).table("step") == shop.table("step")


def test_deleting_a_step_or_its_stage_can_be_undone_and_redone(shop: Project, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'p.sqlite'}")
    id = store.create(shop, author="Anne")
    for commands in (edits.remove("step", step(shop, "Pay")), edits.remove_stage(shop, stage(shop, "Buy"))):
        gone = store.apply(id, commands, author="Anne")
        assert store.undo(id, author="Anne").entities == shop.entities
        assert store.redo(id, author="Anne").entities == gone.entities
        store.undo(id, author="Anne")


def test_taking_back_a_step_that_went_is_refused_once_somebody_moved_its_touchpoint(shop: Project, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'p.sqlite'}")
    id, till = store.create(shop, author="Anne"), item(shop, "placement", "Till")
    after = store.apply(id, edits.put_in_step(shop, "placement", till, None), author="Anne")
    store.apply(id, edits.move_touchpoint(after, till, stage(shop, "Choose")), author="Bert")
    with pytest.raises(UndoConflict):
        store.undo(id, author="Anne")


def test_a_saved_copy_and_a_duplicate_keep_the_steps(shop: Project, tmp_path: Path) -> None:
    here, there = Store(f"sqlite:///{tmp_path / 'a.sqlite'}"), Store(f"sqlite:///{tmp_path / 'b.sqlite'}")
    id = here.create(shop, author="Anne")
    here.apply(id, edits.rename("step", step(shop, "Pay"), "Checkout"), author="Anne")
    opened = open_copy(there, save_copy(here, id))
    assert there.load(opened).entities == here.load(id).entities
    assert there.undo(opened, author="Anne").table("step") == shop.table("step")
    assert where(here.load(here.duplicate(id, author="Anne")))["Till"] == "Checkout"


def test_tomorrows_map_has_steps_of_its_own_and_tells_what_changes(shop: Project) -> None:
    commands, to_be = copy_journey(shop, shop.first_journey, "Tomorrow", author="Anne")
    both = shop.apply(commands)
    assert where(both, to_be) == where(shop)
    assert len(both.table("step")) == 4
    assert compare_journeys(both, to_be).query("what != 'emotion'").empty
    new = {both.table("step")[id].name: id for id, found in both.table("step").items() if found.origin}
    till = next(i for i, p in both.table("placement").items() if p.journey == to_be and p.step == new["Pay"])
    changed = both.apply(edits.put_in_step(both, "placement", till, new["Quote"]))
    changed = changed.apply(edits.rename("step", new["Pay"], "Checkout"))
    changed = changed.apply(edits.add_steps(changed, changed.table("step")[new["Pay"]].stage, ["Thank"]))
    found = compare_journeys(changed, to_be)[["what", "change", "item", "before", "after"]].fillna("").values.tolist()
    assert ["step", "reworded", "Checkout", "Pay", "Checkout"] in found
    assert ["step", "added", "Thank", "", "Thank"] in found
    assert ["touchpoint", "moved", "Till", "Buy › Pay", "Buy › Quote"] in found


def test_versions_tell_which_step_came_and_where_a_card_went(shop: Project) -> None:
    after = shop.apply(edits.put_in_step(shop, "card", item(shop, "card", "Queue"), step(shop, "Quote")))
    assert compare_versions(shop, after)[["kind", "field", "before", "after"]].values.tolist() == [["card", "step", "Pay", "Quote"]]
    more = shop.apply(edits.add_steps(shop, stage(shop, "Choose"), ["Look"]))
    assert compare_versions(shop, more)[["kind", "item", "change"]].values.tolist() == [["step", "Look", "added"]]


def test_a_filter_by_stage_keeps_the_steps_of_that_stage_alone(shop: Project) -> None:
    shop = shop.apply(edits.add_steps(shop, stage(shop, "Choose"), ["Look"]))
    assert steps_in(shop.filtered(Filter(stages=(stage(shop, "Buy"),)))) == ["Quote", "Pay"]


def test_the_table_names_steps_makes_new_ones_and_empties_them(shop: Project) -> None:
    ids, frame = grid_frame(shop, shop.first_journey, "en")
    assert list(frame.columns) == list(COLUMNS)
    assert frame["step"].tolist() == ["Quote", "Pay", None]
    typed = {0: {"step": "pay"}, 1: {"step": ""}, 2: {"step": "Thank", "channel": "Shop"}}
    applied = apply_edits(shop, ids, {"edited_rows": typed}, journey=shop.first_journey, language="en")
    after = shop.apply(applied.commands)
    assert {name: where(after)[name] for name in ("Desk", "Till", "Somewhere")} == {"Desk": "Pay", "Till": None, "Somewhere": "Thank"}
    assert steps_in(after) == ["Quote", "Pay", "Thank"]


def test_two_rows_of_the_table_share_the_step_that_they_name(shop: Project) -> None:
    ids, _ = grid_frame(shop, shop.first_journey, "en")
    edited = {"edited_rows": {0: {"step": "New"}, 1: {"step": "New"}}}
    after = shop.apply(apply_edits(shop, ids, edited, journey=shop.first_journey, language="en").commands)
    assert steps_in(after) == ["Quote", "Pay", "New"]


def test_the_table_refuses_a_step_for_what_has_no_stage(shop: Project) -> None:
    loose = shop.apply(edits.move_touchpoint(shop, item(shop, "placement", "Till"), None))
    ids, frame = grid_frame(loose, loose.first_journey, "en")
    row = frame["touchpoint"].tolist().index("Till")
    applied = apply_edits(loose, ids, {"edited_rows": {row: {"step": "Pay"}}}, journey=loose.first_journey, language="en")
    assert applied.commands == []
    assert "no stage" in applied.refused[0].message("en")


def test_the_picture_writes_the_steps_below_their_stage_and_before_their_items(shop: Project) -> None:
    from analysis.charts.journey import curve_of, worded

    view, t = journey_view(shop, language="en"), translator("en")
    plan = laid_out(view, worded(curve_of(view["stages"]), t, "en"), t, width=None, lanes=None, most=8)
    assert [row["lines"] for row in plan.steps] == [[], ["Quote · Pay"]]
    assert [row["lines"][0] for row in plan.groups] == ["Quote", "Pay", "No step", "Quote", "Pay"]


def test_a_project_without_steps_is_as_it_was() -> None:
    project = Project.new("Shop", language="en")
    assert project.steps.empty
    assert all(column["steps"] == [] for column in journey_view(project, language="en")["stages"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6), st.integers(0, 2)), max_size=12))
def test_an_item_put_before_another_stands_right_before_it(moves: list[tuple[int, int, int]]) -> None:
    project = Project.new("Shop", language="en", stages=["Buy"])
    journey, buy = project.first_journey, stage(project, "Buy")
    project = project.apply(edits.add_steps(project, buy, ["One", "Two"]))
    project = project.apply(edits.add_touchpoints(project, journey, buy, list("ABCDEF")))
    ids, steps = [id for id, _ in project.placements_of(journey)], [None, *(id for id, _ in project.steps_of(buy))]
    for moving, target, into in moves:
        if target == 6:
            project = project.apply(edits.put_in_step(project, "placement", ids[moving], steps[into]))
        elif target != moving:
            project = project.apply(edits.move_touchpoint(project, ids[moving], buy, before=ids[target]))
            order = [id for id, _ in project.placements_of(journey)]
            assert order.index(ids[moving]) == order.index(ids[target]) - 1
            assert project.table("placement")[ids[moving]].step == project.table("placement")[ids[target]].step
        places = [project.in_steps(place)[0] for _, place in project.placements_of(journey)]
        assert places == sorted(places)
        assert len(places) == 6
