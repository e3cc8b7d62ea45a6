"""The Journey page as a table: typed into, moved, deleted, pasted; and the moments of truth under the map."""

from __future__ import annotations

from typing import Any

import pytest

from analysis import Project, Store
from analysis.project import edits
from analysis.project import grid as touchpoints
from pages.map import table


@pytest.fixture
def shop(home: Any) -> str:
    project = Project.new("Boutique", language="fr", stages=["Découverte", "Achat"])
    project = project.apply(edits.add_touchpoints(project, project.first_journey, project.stages["id"][0], ["Vitrine", "Site"]))
    project = project.apply(edits.add_touchpoints(project, project.first_journey, None, ["Caisse"]))
    for criterion, value in (("importance", 9), ("impact", 9), ("emotion", -2)):
        project = project.apply(edits.set_score(project.touchpoints["id"][2], criterion, value, author="Anne"))
    return Store().create(project, author="Anne")


@pytest.fixture
def page(app: Any, shop: str) -> Any:
    app.switch_page("journey.py").run()
    app.session_state["journey_view"] = "table"
    return app.run()


def now(id: str) -> Project:
    return Store().load(id)


def test_the_table_is_one_click_away_and_shows_every_touchpoint(page):
    assert not page.exception
    assert "Coller des lignes d’Excel" in [fold.label for fold in page.expander]


def test_those_without_a_stage_are_moved_together(page, shop):
    page.button(key="table_unassigned").click().run()
    place = Store().load(shop).stages["id"][1]
    page.button(key=f"move_{place}").click().run()
    assert not page.exception
    assert now(shop).touchpoints.set_index("touchpoint").loc["Caisse", "stage"] == "Achat"


def test_all_are_deleted_together_and_come_back_with_undo(page, shop):
    page.button(key="table_all").click().run()
    page.button(key="table_delete").click().run()
    assert now(shop).touchpoints.empty
    page.button(key="undo").click().run()
    assert len(now(shop).touchpoints) == 3


def test_pasted_rows_are_shown_before_they_are_imported(page, shop):
    page.text_area(key="pasted_rows").set_value("Point de contact\tÉtape\tImpact\nBorne\tAchat\t1,5\nSAV\tAchat\t8\n").run()
    assert "2 à ajouter" in " ".join(caption.value for caption in page.caption)
    assert len(now(shop).touchpoints) == 3
    page.button(key="import_pasted").click().run()
    assert not page.exception
    assert now(shop).touchpoints.set_index("touchpoint").loc["Borne", "impact"] == 1.5
    assert page.text_area(key="pasted_rows").value == ""


PASTED = "Point de contact\tÉtape\tImpact\nBorne\tAchat\t1,5\nSAV\tAchat\t8\n"


def pasted_beside(shop):
    """Another tab pastes the same rows, and keeps them first."""
    found = now(shop).plan_import(touchpoints.pasted(PASTED, "fr").tables, file="Lignes collées")
    Store().apply(shop, found.commands, author="paul")


def test_rows_that_another_tab_has_pasted_first_are_not_doubled(page, shop):
    page.text_area(key="pasted_rows").set_value(PASTED).run()
    pasted_beside(shop)
    page.button(key="import_pasted").click().run()
    assert any("a changé entre-temps" in one.value for one in page.toast)
    assert sorted(now(shop).touchpoints["touchpoint"]) == ["Borne", "Caisse", "SAV", "Site", "Vitrine"]


def test_an_edit_elsewhere_does_not_stop_rows_from_being_pasted(page, shop):
    page.text_area(key="pasted_rows").set_value(PASTED).run()
    Store().apply(shop, edits.set_score(now(shop).touchpoints["id"][2], "effort", 3, author="Paul"), author="paul")
    page.button(key="import_pasted").click().run()
    assert sorted(now(shop).touchpoints["touchpoint"]) == ["Borne", "Caisse", "SAV", "Site", "Vitrine"]
    assert now(shop).touchpoints.set_index("touchpoint").loc["Caisse", "effort"] == 3


def test_a_pasted_list_becomes_cards_of_a_lane(page, shop):
    page.text_area(key="pasted_cards").set_value("• Attente\n• Prix\n").run()
    page.button(key="add_pasted").click().run()
    assert list(now(shop).cards["text"]) == ["Attente", "Prix"]
    assert now(shop).cards["stage"].isna().all()


def test_a_moment_of_truth_is_accepted_under_the_map(app, shop):
    app.switch_page("journey.py").run()
    caisse = now(shop).touchpoints.set_index("touchpoint").loc["Caisse", "id"]
    app.button(key=f"moment_{caisse}_accepted").click().run()
    assert not app.exception
    assert now(shop).touchpoints.set_index("touchpoint").loc["Caisse", "moment_of_truth"] == "accepted"
    assert "accept" in str(Store().history(shop)["label"].iloc[0]).lower()


def test_cells_typed_in_the_grid_are_one_edit(page, shop, monkeypatch):
    places = [id for id, _ in now(shop).placements_of(now(shop).first_journey)]
    told: list[Any] = []
    monkeypatch.setattr(table.workspace, "project_id", lambda: shop)
    monkeypatch.setattr(table.workspace, "tell", told.append)
    monkeypatch.setattr(table.session, "author", lambda: "Anne")
    monkeypatch.setattr(table.session, "language", lambda: "fr")
    monkeypatch.setattr(table.st, "session_state", {})
    table._typed(now(shop).first_journey, [(places[0], "impact", "7,5"), (places[1], "impact", "99"), (places[0], "chosen", True)])
    assert now(shop).touchpoints["impact"].tolist()[0] == 7.5
    assert [error.code for error in told] == ["outside"]
    assert table.st.session_state["_table_chosen"] == [places[0]]
