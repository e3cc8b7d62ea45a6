"""Where touchpoints without a stage usually stand."""

from __future__ import annotations

import pytest

from analysis import Project, read
from analysis.project.placing import accept_stages, propose_stages, usual_stage

STANDARD = ["Sensibilisation", "Considération", "Décision", "Achat", "Fidélisation", "Recommandation"]


@pytest.mark.parametrize(("touchpoint", "stage"), [
    ("Accueil en magasin", "Considération"), ("Caisse", "Achat"), ("Publicité Facebook", "Sensibilisation"),
    ("Conseil du vendeur", "Décision"), ("Service après-vente", "Fidélisation"), ("Livraison à domicile", "Achat"),
    ("Parrainage", "Recommandation"), ("Carte de fidélité", "Fidélisation"), ("Checkout", "Achat"), ("Bluebell", None),
])  # fmt: skip
def test_a_touchpoint_usually_stands_in(touchpoint: str, stage: str | None) -> None:
    found = usual_stage(touchpoint, STANDARD)
    assert (None if found is None else STANDARD[found]) == stage


@pytest.mark.parametrize(("touchpoint", "stages", "stage"), [
    ("Livraison du colis", ["Choix", "Commande", "Livraison", "Après-vente"], "Livraison"),
    ("Hotline", ["Choix", "Commande", "Livraison", "Après-vente"], "Après-vente"),
    ("Newsletter", ["Discovery", "Purchase", "Use"], "Discovery"),
    ("Caisse", ["Chapitre 1", "Chapitre 2"], None),
    ("Parrainage", ["Découverte", "Choix"], None),
])  # fmt: skip
def test_the_stages_of_a_project_of_its_own_are_told_by_their_names(touchpoint: str, stages: list[str], stage: str | None) -> None:
    found = usual_stage(touchpoint, stages)
    assert (None if found is None else stages[found]) == stage


def test_what_a_survey_brings_is_placed_in_one_step_that_an_undo_takes_back() -> None:
    text = "Date;Point de contact;Note (1-5)\n" + "".join(
        f"{n + 1:02d}/09/2026;{['Caisse', 'Site web', 'SAV', 'Zorglub'][n % 4]};{n % 5 + 1}\n" for n in range(20)
    )
    project = Project.new("Essai", language="fr")
    project = project.apply(project.plan_import(read(text.encode(), "avis.csv").tables).commands)
    proposed = propose_stages(project)
    assert proposed[["touchpoint", "stage"]].fillna("").to_numpy().tolist() == [
        ["Caisse", "Achat"], ["Site web", "Considération"], ["SAV", "Fidélisation"], ["Zorglub", ""],
    ]  # fmt: skip
    placed = project.apply(accept_stages(project, proposed))
    assert dict(zip(placed.touchpoints["touchpoint"], placed.touchpoints["stage"].fillna(""), strict=True)) == {
        "Caisse": "Achat", "Site web": "Considération", "SAV": "Fidélisation", "Zorglub": "",
    }  # fmt: skip
    assert accept_stages(placed, proposed) == []
    assert propose_stages(placed)["touchpoint"].tolist() == ["Zorglub"]
