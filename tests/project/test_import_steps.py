"""Steps inside the stages, as inventories and journey grids have them; and things that were renamed in the app since."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import analysis
from analysis import Project
from analysis.project import Put, edits

INVENTORY = """Étape;Sous-étape;Point de contact;Irritants
Achat;Choisir;Fiche produit;Pas de prix au kilo
Achat;Payer;Caisse;Attente
Achat;Payer;Panier en ligne;
Après-vente;Recevoir;Livraison;
"""
LANES = [
    ("Points de contact", "Google Maps, Site web", "Formulaire", "Comptoir", "Vélo"),
    ("Actions", "Compare", "Choisit la date", "Montre sa pièce", "Suit la piste"),
    ("Émotion", "🙂", "😕", "😐", "😍"),
    ("Irritants", "", "Trop de champs", "Attente", ""),
]


def planned(project: Project, path: Path):
    return project.plan_import(analysis.read(path).tables, file=path.name)


def imported(path: Path, project: Project | None = None) -> Project:
    project = project or Project.new("Atelier", language="fr")
    return project.apply(planned(project, path).commands)


@pytest.fixture
def inventory(tmp_path) -> Path:
    path = tmp_path / "inventaire.csv"
    path.write_text(INVENTORY, "utf-8")
    return path


def drawn(project: Project) -> dict[str, dict[str, list[str]]]:
    """Stage → step → what stands in it; “” for what stands in none."""
    found: dict[str, dict[str, list[str]]] = {}
    names = {id: touchpoint.name for id, touchpoint in project.table("touchpoint").items()}
    for stage, entity in project.stages_of(project.first_journey):
        found[entity.name] = {step.name: _standing(project, names, stage, id) for id, step in project.steps_of(stage)}
        rest = _standing(project, names, stage, None)
        found[entity.name] |= {"": rest} if rest else {}
    return found


def _standing(project: Project, names: dict[str, str], stage: str, step: str | None) -> list[str]:
    points = [names[p.touchpoint] for p in project.table("placement").values() if (p.stage, p.step) == (stage, step)]
    return points + [card.text for card in project.table("card").values() if (card.stage, card.step, card.touchpoint) == (stage, step, None)]


def test_a_column_of_sub_stages_becomes_steps_with_their_touchpoints(inventory):
    project = imported(inventory)
    assert drawn(project) == {
        "Achat": {"Choisir": ["Fiche produit"], "Payer": ["Caisse", "Panier en ligne"]},
        "Après-vente": {"Recevoir": ["Livraison"]},
    }
    assert {card.kind for card in project.table("card").values()} == {"pain_point"}
    assert planned(project, inventory).commands == []


def test_a_column_of_what_customers_do_stays_cards(tmp_path):
    path = tmp_path / "actions.csv"
    path.write_text(INVENTORY.replace("Sous-étape", "Ce que fait le client"), "utf-8")
    project = imported(path)
    assert not project.table("step")
    assert [card.text for card in project.table("card").values() if card.kind == "action"] == ["Choisir", "Payer", "Payer", "Recevoir"]


def test_a_touchpoint_goes_to_the_step_that_the_edited_sheet_says_and_stays_where_the_app_put_it_otherwise(inventory):
    project = imported(inventory)
    ids = {touchpoint.name: id for id, touchpoint in project.table("touchpoint").items()}
    placed = {p.touchpoint: id for id, p in project.table("placement").items()}
    steps = {step.name: id for id, step in project.table("step").items()}
    project = project.apply(edits.put_in_step(project, "placement", placed[ids["Panier en ligne"]], steps["Choisir"]))
    inventory.write_text(INVENTORY.replace("Payer;Caisse", "Choisir;Caisse"), "utf-8")
    project = imported(inventory, project)
    assert drawn(project)["Achat"] == {"Choisir": ["Fiche produit", "Caisse", "Panier en ligne"], "Payer": []}


@pytest.mark.parametrize(("kind", "name"), [("stage", "Achat"), ("step", "Payer"), ("touchpoint", "Caisse")])
def test_what_was_renamed_in_the_app_is_known_again_and_keeps_its_name(inventory, kind, name):
    project = imported(inventory)
    id = next(id for id, entity in project.table(kind).items() if entity.name == name)
    project = project.apply(Put(kind, id, {"name": "Sous un autre nom"}))
    inventory.write_text(INVENTORY.replace("Attente", "Attente le samedi"), "utf-8")
    plan = planned(project, inventory)
    assert set(plan.changes.loc[plan.changes["status"] != "unchanged", "kind"]) == {"card"}
    after = project.apply(plan.commands)
    assert after.table(kind)[id].name == "Sous un autre nom"
    assert {k: len(after.table(k)) for k in ("stage", "step", "touchpoint")} == {"stage": 2, "step": 3, "touchpoint": 4}


def test_a_survey_still_finds_a_touchpoint_by_the_name_that_the_inventory_gives_it(inventory, tmp_path):
    project = imported(inventory)
    id = next(id for id, touchpoint in project.table("touchpoint").items() if touchpoint.name == "Caisse")
    project = project.apply(Put("touchpoint", id, {"name": "Encaissement"}))
    survey = tmp_path / "enquete.csv"
    survey.write_text("ID répondant;Date;Point de contact;Satisfaction (1 à 5);Commentaire\n1;02/05/2026;Caisse;4;Rapide\n2;03/05/2026;Caisse;2;Trop long\n", "utf-8")
    assert imported(survey, project).evidence["touchpoint_id"].unique().tolist() == [id]


# --- journey grids ----------------------------------------------------------------------------------------------


def grid(path: Path, stages: str | None, steps: str | None, *, merged: bool = True) -> Path:
    """Two stages of two columns each, over a row of four steps."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([stages, "Avant", None, "Pendant", None])
    sheet.append([steps, "Chercher", "Réserver", "Retirer", "Rouler"])
    for lane in LANES:
        sheet.append(lane)
    for cells in ("B1:C1", "D1:E1") if merged else ():
        sheet.merge_cells(cells)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("stages", "steps", "merged"),
    [("Étapes", "Sous-étapes", True), ("Étapes", None, True), (None, None, True), ("Phases", "Étapes", True), ("Phase", "Étape", False),
     ("Stages", "Steps", True)],
)  # fmt: skip
def test_a_second_row_under_the_stages_becomes_their_steps_with_what_stands_below(tmp_path, stages, steps, merged):
    project = imported(grid(tmp_path / "parcours.xlsx", stages, steps, merged=merged))
    assert drawn(project) == {
        "Avant": {"Chercher": ["Google Maps", "Site web", "Compare"], "Réserver": ["Formulaire", "Choisit la date", "Trop de champs"]},
        "Pendant": {"Retirer": ["Comptoir", "Montre sa pièce", "Attente"], "Rouler": ["Vélo", "Suit la piste"]},
    }


def test_the_emotions_of_the_steps_are_together_the_emotion_of_their_stage(tmp_path):
    project = imported(grid(tmp_path / "parcours.xlsx", "Étapes", "Sous-étapes"))
    felt = {project.table("stage")[score.target].name: score.value for score in project.table("score").values()}
    assert felt == {"Avant": 0.0, "Pendant": 1.0}


def test_a_grid_with_steps_a_second_time_changes_nothing(tmp_path):
    path = grid(tmp_path / "parcours.xlsx", "Phases", "Étapes")
    assert planned(imported(path), path).commands == []


def test_a_cell_over_both_steps_is_about_the_stage(tmp_path):
    path = grid(tmp_path / "parcours.xlsx", "Étapes", "Sous-étapes")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet["B7"], sheet["C7"] = None, None
    sheet["A7"], sheet["B7"] = "Opportunités", "Un seul site"
    sheet.merge_cells("B7:C7")
    book.save(path)
    assert drawn(imported(path))["Avant"][""] == ["Un seul site"]


def test_steps_written_in_one_cell_a_stage_are_its_steps_in_order(tmp_path):
    book = openpyxl.Workbook()
    rows = [("Étapes", "Avant", "Pendant", "Après"), ("Sous-étapes", "Chercher\nRéserver", "Rouler", "Noter"),
            ("Points de contact", "Site", "Vélo", "Avis Google"), ("Irritants", "Lent", "", "Oubli"), ("Émotions", "🙂", "😍", "😐")]  # fmt: skip
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "parcours.xlsx")
    assert drawn(imported(tmp_path / "parcours.xlsx")) == {
        "Avant": {"Chercher": [], "Réserver": [], "": ["Site", "Lent"]},
        "Pendant": {"Rouler": [], "": ["Vélo"]},
        "Après": {"Noter": [], "": ["Avis Google", "Oubli"]},
    }


def test_a_move_is_said_with_names_and_its_cell(inventory):
    project = imported(inventory)
    inventory.write_text(INVENTORY.replace("Achat;Payer;Caisse", "Après-vente;Recevoir;Caisse"), "utf-8")
    changes = planned(project, inventory).changes
    lines = changes[(changes["status"] == "changed") & (changes["field"] != "order")]
    assert lines[["item", "field", "before", "after", "cell"]].to_numpy().tolist() == [
        ["Caisse", "stage", "Achat", "Après-vente", "A3"], ["Caisse", "step", "Payer", "Recevoir", "B3"],
    ]  # fmt: skip
