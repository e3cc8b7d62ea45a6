"""The sheets of a touchpoint, a card and a stage: what they show, and what typing into them does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import analysis
from analysis import Project, Store
from analysis.project import Put, edits
from analysis.templates import template

OPTIQUE = Path(__file__).parent.parent / "reading" / "optique_lambert.xlsx"


def kept(project: Project) -> str:
    return Store().create(project, author="Anne")


def opened(app: Any, id: str, what: str, thing: str) -> Any:
    app.session_state["_project"] = id
    app.session_state["_open_sheet"] = (what, thing)
    app.switch_page("journey.py").run()
    assert not app.exception
    return app


def field(app: Any, label: str) -> Any:
    return next(found for kind in (app.text_input, app.text_area, app.selectbox) for found in kind if found.label == label)


def texts(app: Any) -> str:
    return "\n".join(str(element.value) for kind in (app.markdown, app.caption, app.header) for element in kind)


@pytest.fixture
def hotel(app: Any) -> tuple[Any, str, str]:
    """The app, a project of a ready journey, and one of its touchpoints."""
    id = kept(template("hotel", "fr"))
    return app, id, str(Store().load(id).touchpoints["id"][0])


def test_a_touchpoint_that_nobody_scored_has_a_sheet_with_every_fact(hotel):
    app = opened(hotel[0], hotel[1], "touchpoint", hotel[2])
    labels = {found.label for kind in (app.text_input, app.text_area, app.selectbox) for found in kind}
    assert {
        "Nom",
        "Étape",
        "Phase de vie",
        "Famille",
        "Canal",
        "En ligne ou hors ligne",
        "Direct ou indirect",
        "Responsable",
        "Équipe",
    } <= labels
    assert {"Personnel rencontré", "Temps demandé au client (minutes)", "Description", "Importance selon le personnel (1–10)"} <= labels
    assert "Pas encore classé" in texts(app)


def test_what_is_typed_is_kept_at_once_as_french_writes_it(hotel):
    app, id, thing = hotel
    field(opened(app, id, "touchpoint", thing), "Impact (1–10)").set_value("7,5").run()
    field(app, "Temps demandé au client (minutes)").set_value("12,5").run()
    field(app, "Phase de vie").set_value("growing").run()
    row = Store().load(id).touchpoints.set_index("id").loc[thing]
    assert (row["impact"], row["time"], row["phase"]) == (7.5, 12.5, "growing")


def test_a_value_off_its_scale_is_refused_with_a_sentence(hotel):
    app, id, thing = hotel
    field(opened(app, id, "touchpoint", thing), "Impact (1–10)").set_value("12").run()
    assert len(app.toast) == 1
    assert Store().load(id).touchpoints["impact"].isna().all()


def test_a_measured_value_overridden_shows_both_and_comes_back(app):
    project = Project.new("Optique", language="fr")
    project = project.apply(project.plan_import(analysis.read(OPTIQUE).tables).commands)
    stage = next(id for (id, criterion), figure in project.figures.items() if criterion == "emotion" and figure.provenance == "measured")
    what = "stage" if stage in project.table("stage") else "touchpoint"
    id = kept(project)
    opened(app, id, what, stage)
    field(app, "Émotion (−2 à +2)").set_value("1,5").run()
    assert Store().load(id).figures[stage, "emotion"].value == 1.5
    assert "fixé à la main, mesuré" in texts(app)
    app.button(key=f"withdraw_{stage}_emotion").click().run()
    assert Store().load(id).figures[stage, "emotion"].provenance == "measured"


def test_an_incident_is_recorded_with_its_cause_on_its_lane(hotel):
    app, id, thing = hotel
    opened(app, id, "touchpoint", thing)
    field(app, "L’incident").set_value("Chambre déjà occupée")
    field(app, "Sa cause").set_value("Double réservation")
    next(button for button in app.button if button.label == "Enregistrer").click().run()
    project = Store().load(id)
    card = next(card for card in project.table("card").values() if card.text == "Chambre déjà occupée")
    assert (card.kind, card.cause, card.touchpoint, card.side) == ("critical_incident", "Double réservation", thing, "customer")
    assert "critical_incident" in {lane.type for lane in project.table("lane").values()}


def test_the_sheet_of_a_card_has_its_author_count_lost_value_persona_and_width(hotel):
    app, id, _ = hotel
    project = Store().load(id)
    card = str(project.cards.query("lane == 'pain_point'")["id"].iloc[0])
    opened(app, id, "card", card)
    field(app, "Rapporté par").set_value("staff").run()
    field(app, "Valeur perdue (EUR)").set_value("1 200,50 €").run()
    field(app, "Nombre de mentions").set_value("14").run()
    found = Store().load(id).table("card")[card]
    assert (found.side, found.lost_value, found.count) == ("staff", 1200.5, 14.0)
    assert {"Persona", "Étapes couvertes"} <= {one.label for kind in (app.selectbox, app.number_input) for one in kind}


def test_what_somebody_deleted_closes_its_sheet(hotel):
    app, id, thing = hotel
    Store().apply(id, edits.remove("touchpoint", thing), author="Zoé")
    opened(app, id, "touchpoint", thing)
    assert "_open_sheet" not in app.session_state


def test_the_sheet_says_where_the_touchpoint_stands_in_the_pareto_chart(hotel):
    app, id, thing = hotel
    others = [str(one) for one in Store().load(id).touchpoints["id"][1:3]]
    for touchpoint, value in zip([thing, *others], (70, 20, 10), strict=True):
        Store().apply(id, edits.set_score(touchpoint, "complaints", value, author="anne"), author="anne")
    said = texts(opened(app, id, "touchpoint", thing)).replace("\xa0", " ").replace("\u202f", " ")
    said = next(line for line in said.splitlines() if line.startswith("Pareto")).replace("\\", "")
    assert said == "Pareto « Réclamations » : rang 1 sur 3, 70 % du total, 70 % avec ceux qui précèdent · parmi les vitaux · fixé à la main"


def test_the_sheet_of_a_touchpoint_shows_the_other_columns_of_its_file(hotel):
    app, id, touchpoint = hotel
    said = Put("touchpoint", touchpoint, {"extra": {"Prestataire": "Dupont *SA*"}})
    Store().apply(id, said, author="Anne", label=("Import {file}", {"file": "a"}))
    shown = texts(opened(app, id, "touchpoint", touchpoint))
    assert "Autres colonnes du fichier" in shown
    assert "**Prestataire** Dupont \\*SA\\*" in shown
