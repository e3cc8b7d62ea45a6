"""One filter over the pages: chosen once, it holds everywhere, says so, and is taken off in one click."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

from analysis import Filter, Project, Store, export
from analysis.project import Put, edits
from analysis.project.evidence import pack
from analysis.project.planning import moved
from analysis.reports.privacy import Privacy
from pages.decide.deliverables import building
from tests.pages.conftest import Visit, again, texts

BUY, USE = "s_buy", "s_use"


def shop() -> Project:
    """Two stages, a touchpoint in each; eight customers answered in 2023 and 2024, one without a date."""
    project = Project.new("La Boutique", language="fr", stages=[])
    journey = project.first_journey
    commands = [Put("persona", "pe_new", {"name": "Nouveau", "rule": {"column": "Ancienneté", "comparison": "=", "value": "nouveau"}})]
    for order, (stage, name) in enumerate({BUY: "Achat", USE: "Usage"}.items()):
        commands.append(Put("stage", stage, {"journey": journey, "name": name, "order": float(order)}))
        commands.append(Put("touchpoint", f"t_{stage}", {"name": f"Point {name}"}))
        commands.append(Put("placement", f"p_{stage}", {"journey": journey, "touchpoint": f"t_{stage}", "stage": stage}))
        commands.append(Put("action", f"a_{stage}", {"title": f"Améliorer {name}", "touchpoint": f"t_{stage}"}))
    rows = [
        ("Achat", 2, "r1", "2023-03-01", "nouveau"), ("Achat", 3, "r2", "2023-04-01", "fidèle"), ("Achat", 5, "r3", "2024-03-01", "nouveau"),
        ("Achat", 4, "r4", "2024-04-01", "fidèle"), ("Usage", 1, "r5", "2023-05-01", "nouveau"), ("Usage", 2, "r6", "2023-06-01", "fidèle"),
        ("Usage", 4, "r7", None, "nouveau"), ("Usage", 3, "r8", "2024-06-01", "fidèle"),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["stage_label", "value", "respondent", "date", "attr:Ancienneté"])
    frame = frame.assign(touchpoint_label="Point " + frame["stage_label"], measure="satisfaction", low=1, high=5)
    key, data = pack(frame)
    links = {"touchpoints": {"Point Achat": f"t_{BUY}", "Point Usage": f"t_{USE}"}, "stages": {"Achat": BUY, "Usage": USE}}
    evidence = Put("evidence", "e_1", {"blob": key, "rows": 8, "title": "Enquête", "source": "Enquête"} | links, {key: data})
    return project.apply([*commands, evidence])


def choose(app: Any, **values: Any) -> Any:
    """Choose in the filter's button, as a person does."""
    for key, value in values.items():
        kind = {"only_stages": app.multiselect, "only_persona": app.selectbox, "only_year": app.pills}.get(key, app.date_input)
        kind(key=key).set_value(value)
        app = again(app)
    return app


@pytest.mark.parametrize("page", ["journey", "priorities", "plan", "exports"])
def test_a_period_is_said_on_every_page_and_taken_off_in_one_click(visit: Visit, page: str) -> None:
    app = visit(page, shop())
    assert "Filtré" not in texts(app)
    choose(app, only_first=dt.date(2024, 1, 1), only_last=dt.date(2024, 12, 31))
    assert "Filtré : 2024 · n = 3" in texts(app).replace("\u00a0", " ")
    assert "1 réponse sans date est laissée de côté." in texts(app)
    app.button(key="only_off").click()
    assert "Filtré" not in texts(again(app))


def test_a_filter_chosen_on_one_page_holds_on_the_next(visit: Visit) -> None:
    app = visit("journey", shop())
    choose(app, only_stages=[USE])
    app.switch_page("plan.py")
    assert "Filtré : Usage" in texts(again(app)).replace("\u00a0", " ")
    assert "Améliorer Achat" not in str(app.main)
    assert USE in app.query_params["stage"]


def test_a_link_shows_the_same_filter_to_somebody_else(visit: Visit) -> None:
    app = visit("journey", shop())
    app.query_params["persona"], app.query_params["from"] = "pe_new", "2024-01-01"
    assert "Filtré : Nouveau · depuis le 1er janv. 2024 · n = 1" in texts(again(app)).replace("\u00a0", " ")


def test_a_year_is_one_click(visit: Visit) -> None:
    app = choose(visit("journey", shop()), only_year=2023)
    assert "Filtré : 2023 · n = 4" in texts(app).replace("\u00a0", " ")
    assert "2023-12-31" in app.query_params["to"]


def test_what_the_filter_hides_is_still_there_for_an_edit(visit: Visit, store: Store) -> None:
    app = choose(visit("plan", shop()), only_stages=[USE])
    assert set(store.load(app.project_id).table("action")) == {f"a_{BUY}", f"a_{USE}"}


def test_an_action_written_while_one_stage_is_looked_at_is_that_stages(visit: Visit, store: Store) -> None:
    app = choose(visit("plan", shop()), only_stages=[USE])
    app.text_input(key="new_action").set_value("Former l’équipe")
    app.button[[button.label for button in app.button].index("Ajouter")].click()
    again(app)
    actions = store.load(app.project_id).table("action")
    assert [action.stage for action in actions.values() if action.title == "Former l’équipe"] == [USE]


def test_an_action_written_while_several_stages_are_looked_at_is_asked_its_stage_and_stays_in_sight(visit: Visit, store: Store) -> None:
    app = visit("plan", shop(), language="en", _filters={})
    project = app.project_id
    app.session_state["_filters"] = {project: Filter(stages=(BUY, USE))}
    again(app)
    app.text_input(key="new_action").set_value("Train the team")
    app.selectbox(key="new_action_stage").set_value(USE)
    next(button for button in app.button if button.label == "Add").click()
    again(app)
    (action,) = (one for one in store.load(project).table("action").values() if one.title == "Train the team")
    assert action.stage == USE
    assert "Train the team" in store.load(project).filtered(Filter(stages=(BUY, USE))).actions["action"].tolist()


def test_moving_up_passes_what_the_filter_hides() -> None:
    project = shop()
    project = project.apply(edits.add_action("Encore Usage", touchpoint=f"t_{USE}"))
    ids = [str(id) for id in project.actions["id"]]
    last = next(id for id in ids if project.table("action")[id].title == "Encore Usage")
    seen = project.filtered(Filter(stages=(USE,))).actions["id"]
    moved_up = project.apply(moved(project, last, -1, among=seen))
    order = [str(id) for id in moved_up.filtered(Filter(stages=(USE,))).actions["id"]]
    assert set(order) == {last, f"a_{USE}"}
    assert order != [str(id) for id in seen]


def test_a_persona_of_the_filter_is_the_maps_and_leaves_nothing_to_choose(visit: Visit) -> None:
    app = visit("journey", shop())
    assert app.selectbox(key="map_persona").options == ["Tout le monde", "Nouveau"]
    choose(app, only_persona="pe_new")
    assert not [box for box in app.selectbox if box.key == "map_persona"]
    assert "Filtré : Nouveau" in texts(app).replace("\u00a0", " ")


def test_a_segment_is_chosen_by_its_column_then_its_values(visit: Visit) -> None:
    app = visit("journey", shop())
    app.selectbox(key="only_segment").set_value("attr:Ancienneté")
    again(app)
    assert "Filtré" not in texts(app)  # a column alone restricts nothing
    app.multiselect(key="only_values_attr:Ancienneté").set_value(["fidèle"])
    assert "Filtré : Ancienneté : fidèle · n = 4" in texts(again(app)).replace("\u00a0", " ")


def test_before_and_after_stands_among_the_views_and_works_without_a_touchpoint(visit: Visit) -> None:
    app = visit("priorities", shop(), priorities_view="change")
    assert "Aucune étape ni aucun point de contact n’a clairement changé" in texts(app)
    assert "3 notes avant le" in texts(app)


def test_files_made_under_a_filter_say_so_in_their_name_and_inside(visit: Visit, store: Store) -> None:
    id = store.create(shop(), author="anne")
    build = building(id, "xlsx", "fr", Privacy(), {}, Filter(stages=(USE,)))
    book = openpyxl.load_workbook(io.BytesIO(build()))
    cover = [str(cell.value).replace("\u00a0", " ") for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "Filtré : Usage · n = 4" in cover
    assert "Usage" in book.worksheets[1].oddFooter.center.text


def test_the_notebook_of_filtered_figures_holds_only_what_is_left() -> None:
    notebook = export(shop().filtered(Filter(stages=(USE,))), "ipynb", "fr").decode()
    assert "Filtré" in notebook
    assert "Point Achat" not in notebook


def test_the_sheet_of_a_stage_shows_the_filtered_answers_and_says_so(visit: Visit) -> None:
    app = choose(visit("journey", shop()), only_year=2024)
    app.session_state["_open_sheet"] = ("stage", BUY)
    said = texts(again(app)).replace("\u00a0", " ")
    assert said.count("Filtré : 2024 · n = 3") == 2  # in the banner and in the sheet


def test_a_stage_added_under_a_filter_is_looked_at_too() -> None:
    def page() -> None:
        import streamlit as st

        from analysis import Filter
        from pages.shell import filtering

        filtering.look_also_at("free", ["s_new"])
        filtering.keep("narrow", Filter(stages=("s_buy",)))
        filtering.look_also_at("narrow", ["s_new"])
        st.write(str([filtering.chosen(project).stages for project in ("free", "narrow")]))

    from streamlit.testing.v1 import AppTest

    assert AppTest.from_function(page).run().markdown[0].value == "[(), ('s_buy', 's_new')]"
