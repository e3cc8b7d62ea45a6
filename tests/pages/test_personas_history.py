"""Personas, the empathy map, tomorrow's map and the history, as Streamlit's AppTest sees them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from analysis import InvalidCommand, Project, Store, charts
from analysis.charts.palette import FACES
from analysis.language import translator
from analysis.presentation import slides
from analysis.project import Put, edits
from analysis.project.journeys import copy_journey
from analysis.project.pictures import initials, portrait
from analysis.project.versions import compare_versions
from analysis.project.views import emotion_faces
from pages.map.versions import table
from tests.pages.test_home_data_journey import texts


@pytest.fixture
def project(home: Path) -> str:
    project = Project.new("Boutique", language="fr", stages=["Avant", "Après"])
    project = project.apply(edits.add_touchpoints(project, project.first_journey, project.stages["id"][0], ["Site"]))
    return Store().create(project, author="anne")


def opened(app: Any, page: str) -> Any:
    shown = app.switch_page(f"{page}.py").run()
    assert not shown.exception
    return shown


def test_without_personas_the_page_says_what_to_do(app, project):
    assert "Deux ou trois suffisent pour commencer" in texts(opened(app, "personas"))


def test_a_persona_is_added_by_its_name_and_filled_in(app, project):
    app = opened(app, "personas")
    app.text_input(key="new_persona").set_value("Marie").run()
    (id,) = Store().load(project).table("persona")
    app.text_area(key=f"goals_{id}").set_value("Voir bien de près").run()
    assert not app.exception
    persona = Store().load(project).table("persona")[id]
    assert (persona.name, persona.goals) == ("Marie", "Voir bien de près")


def test_several_personas_are_cards_and_one_of_them_is_open(app, project):
    store = Store()
    store.apply(project, Put("persona", "pe_1", {"name": "Marie", "quote": "Je compare tout", "share": 35}), author="anne")
    store.apply(project, Put("persona", "pe_2", {"name": "Paul", "order": 1.0}), author="anne")
    app = opened(app, "personas")
    assert "35\u00a0% des clients" in texts(app)
    assert app.text_input(key="name_pe_1").value == "Marie"
    app.button(key="show_pe_2").click().run()
    assert app.text_input(key="name_pe_2").value == "Paul"
    assert app.button(key="show_pe_2").disabled


def test_the_sheet_of_a_persona_follows_an_undo_and_what_somebody_else_writes(app, project):
    store = Store()
    store.apply(project, Put("persona", "pe_1", {"name": "Marie"}), author="anne")
    app = opened(app, "personas")
    app.text_area(key="goals_pe_1").set_value("Voir bien de près").run()
    app.button(key="undo").click().run()
    assert app.text_area(key="goals_pe_1").value == ""
    store.apply(project, edits.change("persona", "pe_1", goals="Payer moins", share=20), author="ben")
    app.run()
    assert (app.text_area(key="goals_pe_1").value, app.number_input(key="share_pe_1").value) == ("Payer moins", 20)


def test_what_is_written_in_the_empathy_map_stands_on_the_journey_map(app, project):
    store = Store()
    store.apply(project, Put("persona", "pe_1", {"name": "Marie"}), author="anne")
    app = opened(app, "personas")
    stage = store.load(project).stages["id"][0]
    app.text_input(key=f"empathy_add_pe_1_{stage}_thought").set_value("Est-ce bien remboursé ?").run()
    assert not app.exception
    cards = store.load(project).cards
    assert cards[["lane", "stage", "text", "persona"]].to_numpy().tolist() == [["thought", "Avant", "Est-ce bien remboursé ?", "pe_1"]]
    assert app.text_input(key=f"empathy_card_{cards['id'][0]}").value == "Est-ce bien remboursé ?"
    app.text_input(key=f"empathy_card_{cards['id'][0]}").set_value("").run()
    assert store.load(project).cards.empty


def test_tomorrows_map_is_drawn_from_todays_and_compared(app, project):
    app = opened(app, "journey")
    app.button(key="to_be").click().run()
    assert not app.exception
    assert "Les deux cartes sont encore identiques" in texts(app)
    store = Store()
    copy = store.load(project)
    to_be = next(id for id, journey in copy.journeys_in_order() if journey.state == "to_be")
    store.apply(project, edits.add_touchpoints(copy, to_be, copy.stages_of(to_be)[0][0], ["Application"]), author="anne")
    app.run()
    assert "1 différence" in texts(app)
    assert "Application" in texts(app)
    app.segmented_control(key="changes_as").set_value("Côte à côte").run()
    (drawn,) = [element.proto.body for element in app.get("html") if "<table" in element.proto.body]
    assert '<div class="added"><span>Application</span> <small>ajouté</small></div>' in drawn
    assert "Site" in drawn
    app.toggle(key="beside_changed").set_value(True).run()
    (drawn,) = [element.proto.body for element in app.get("html") if "<table" in element.proto.body]
    assert "Après" not in drawn


def test_the_history_names_each_change_in_the_readers_language(app, project):
    store = Store()
    store.apply(project, edits.add_stage(store.load(project), store.load(project).first_journey, "Retour"), author="anne", label=("Add the stage “{name}”", {"name": "Retour"}))
    app = opened(app, "journey")
    app.button(key="history").click().run()
    assert not app.exception
    assert "Ajouter l’étape « Retour »".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in texts(app).replace("\\", "")


def test_two_versions_are_compared_in_words(app, project):
    store = Store()
    stage = store.load(project).stages["id"][0]
    store.name_version(project, "Avant l’atelier", author="anne")
    for value in (1.5, -0.5):
        label = ("Set the emotion of “{name}” to {value}", {"name": "Avant", "value": value})
        store.apply(project, edits.set_score(stage, "emotion", value, author="anne"), author="anne", label=label)
    store.name_person("anne", "Anne Perrin")
    app = opened(app, "journey")
    app.button(key="history").click().run()
    assert "Anne Perrin" in texts(app)
    assert "à 1,5" in texts(app).replace("\\", "")
    found = compare_versions(store.load(project, 1), store.load(project))
    assert table(found, translator("fr")).values.tolist() == [["Score", "Avant", "ajouté", "Émotion", "", "−0,5"]]
    found = compare_versions(store.load(project, 2), store.load(project))
    assert table(found, translator("fr")).values.tolist() == [["Score", "Avant", "modifié", "Émotion", "+1,5", "−0,5"]]


def test_a_picture_is_cut_square_and_written_anew():
    out = io.BytesIO()
    Image.new("RGB", (900, 300), "red").save(out, "JPEG", exif=b"Exif\x00\x00secret place")
    _, kept = portrait(out.getvalue())
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == ("PNG", (300, 300))
    assert b"secret" not in kept


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n broken", b"GIF89a" + bytes(50)])
def test_what_is_no_picture_is_refused_with_a_sentence(data):
    with pytest.raises(InvalidCommand) as refused:
        portrait(data)
    assert "image" in refused.value.message("fr")


def test_initials_stand_in_for_a_picture():
    assert [initials(name) for name in ("Marie", "Marie, jeune active", "  ", "42")] == ["M", "MJ", "?", "4"]


def test_the_empathy_map_shows_any_journey_and_what_was_reworded_on_the_map(app, project):
    store = Store()
    store.apply(project, Put("persona", "pe_1", {"name": "Marie"}), author="anne")
    first = store.load(project)
    commands, second = copy_journey(first, first.first_journey, "Cible", author="anne")
    store.apply(project, commands, author="anne")
    app = opened(app, "personas")
    app.segmented_control(key="empathy_journey_pe_1").set_value(second).run()
    stage = store.load(project).stages_of(second)[0][0]
    app.text_input(key=f"empathy_add_pe_1_{stage}_feeling").set_value("Soulagée").run()
    (card,) = [id for id, card in store.load(project).table("card").items() if card.text == "Soulagée"]
    assert store.load(project).table("card")[card].journey == second
    store.apply(project, edits.rename("card", card, "Rassurée"), author="zoé")
    app.run()
    assert "Rassurée" in {field.value for field in app.text_input}
    assert "Soulagée" not in {field.value for field in app.text_input}


def test_the_map_is_looked_at_by_a_persona(app, project):
    store = Store()
    now = store.load(project)
    stage = str(now.stages["id"].iloc[0])
    store.apply(project, [Put("persona", "pe_1", {"name": "Marie"}), Put("persona", "pe_2", {"name": "Paul"})], author="anne")
    for who, text in (("pe_1", "De Marie"), ("pe_2", "De Paul"), (None, "De tous")):
        store.apply(project, edits.add_cards(store.load(project), now.first_journey, "action", stage, [text], persona=who), author="anne")
    app = opened(app, "journey")
    assert app.selectbox(key="map_persona").options == ["Tout le monde", "Marie", "Paul"]
    assert cards_of(app) == {"De Marie", "De Paul", "De tous"}
    app.selectbox(key="map_persona").set_value("pe_1").run()
    assert cards_of(app) == {"De Marie", "De tous"}


def cards_of(app: Any) -> set[str]:
    """The texts of the cards that the map was given."""
    given = [json.loads(element.proto.json) for element in app.get("bidi_component") if element.proto.json]
    return {card["text"] for model in given for card in model.get("cards", [])}


def test_an_emotion_gets_another_face_which_undo_takes_back(app, project):
    store = Store()
    app = opened(app, "journey")
    app.selectbox(key="face_4_").set_value("sun").run()
    assert emotion_faces(store.load(project)) == ["", "", "", "", "sun"]
    (model,) = [json.loads(element.proto.json) for element in app.get("bidi_component") if "faces" in element.proto.json]
    assert model["faces"] == [None, None, None, None, FACES["sun"][1]]
    assert FACES["sun"][1] in json.dumps(charts.journey(store.load(project), language="fr").to_dict())
    store.undo(project, author=store.history(project)["author"][0])
    assert emotion_faces(store.load(project)) == [""] * 5


def test_the_projects_own_names_and_faces_of_emotions_show_everywhere(project):
    shop = Store().load(project)
    shop = shop.apply(edits.set_view(shop, levels=["Furieux", "", "", "", "Aux anges"], faces=["storm", "", "", "", "sun"]))
    shop = shop.apply(edits.set_score(shop.stages["id"][0], "emotion", 2, author="anne"))
    for drawn in (charts.emotion(shop, "fr"), charts.emotion(shop.emotions(), "fr"), charts.journey(shop, language="fr")):
        said = json.dumps(drawn.to_dict(), ensure_ascii=False)
        assert all(part in said for part in ("Furieux", "Mal à l’aise", "Aux anges", FACES["storm"][1], FACES["sun"][1]))
    told = str([slide.plain(notes=True) for slide in slides(shop, "fr")])
    assert "Aux anges" in told
    assert "Ravi" not in told
