"""Indicators with a column a period, deadlines in words, and lists of who said what: what the reader takes, and what it says of it."""

from __future__ import annotations

import pytest

import analysis
from analysis import Project


def table(text, name="suivi.csv"):
    return analysis.read(text.encode(), name).tables[0]


def codes(text, name="suivi.csv"):
    return list(analysis.read(text.encode(), name).problems["code"])


def imported(found):
    project = Project.new("Boutique", language="fr")
    return project.apply(project.plan_import([found]).commands)


@pytest.mark.parametrize("head", ["Qui;Quoi;Note", "Who;What;Rating"])
def test_who_what_and_a_mark_are_what_people_said_of_touchpoints(head):
    found = table(f"{head}\nAna;Accueil;4\nLuc;Accueil;2\nZoé;Caisse;5\nAna;Caisse;3\n")
    assert found.kind == "survey"
    assert list(found.mapping.values()) == ["person_name", "touchpoint", "rating"]
    answers = imported(found).evidence
    assert answers.groupby("touchpoint")["value"].mean().to_dict() == {"Accueil": 3.0, "Caisse": 4.0}


def test_who_what_and_by_when_stay_a_list_of_actions():
    assert table("Qui;Quoi;Pour quand\nAna;Former l'équipe;12/05/2026\nLuc;Refaire l'accueil;30/06/2026\n").kind == "actions"


def test_months_that_come_twice_give_the_last_column_and_a_warning():
    text = "Indicateur;janv;fév;janv;fév\nNPS;30;31;35;36\nSatisfaction;4;4,1;4,3;4,4\n"
    assert table(text).frame["kpi_value"].tolist() == [36, 4.4]
    assert "periods_repeat" in codes(text)


@pytest.mark.parametrize(("head", "values"), [
    ("Indicateur;Unité;Réalisé T4 2025;Réalisé T1 2026;Objectif 2026", [15, 79]),
    ("Indicateur;Unité;Réalisé T1 2026;Réalisé T4 2025;Objectif 2026", [12, 82]),
    ("KPI;Unit;Actual Q1;Actual Q2;Target", [15, 79]),
])  # fmt: skip
def test_of_a_figure_with_a_column_a_quarter_the_latest_counts(head, values):
    text = f"{head}\nNPS;pts;12;15;20\nTaux de décroché;%;82;79;90\n"
    found = table(text)
    assert found.kind == "kpis"
    assert found.frame["kpi_value"].tolist() == values
    assert found.frame["kpi_target"].tolist() == [20, 90]
    assert "latest_period" in codes(text)


_DEADLINES = {
    "Former l'accueil": ("mi-mars 2026", "2026-03-15"), "Peindre": ("début avril 2026", "2026-04-10"), "Appeler": ("T2 2026", "2026-06-30"),
    "Trier": ("semaine 24 2026", "2026-06-14"), "Ranger": ("S24 2026", "2026-06-14"), "Vendre": ("fin juin 2026", "2026-06-30"),
    "Refaire le site": ("S24", None), "Afficher": ("immédiat", None), "Laver": ("fin juin", None), "Écrire": ("12/05/2026", "2026-05-12"),
}  # fmt: skip


def test_deadlines_in_words_are_dated_where_they_tell_a_day_and_kept_as_words_elsewhere():
    text = "Action;Pilote;Échéance\n" + "".join(f"{action};Ana;{words}\n" for action, (words, _) in _DEADLINES.items())
    actions = imported(table(text)).actions.set_index("action")
    assert {action: None if str(day) == "NaT" else str(day)[:10] for action, day in actions["due_date"].items()} == {
        action: day for action, (_, day) in _DEADLINES.items()
    }
    assert actions.loc["Laver", "notes"] == "Échéance\u00a0: fin juin"
    said = analysis.read(text.encode(), "plan.csv").problems.set_index("value")["code"]
    assert [said["fin juin 2026"], said["S24"], said["immédiat"], said["fin juin"]] == ["period_end", "not_a_date", "not_a_date", "relative_date"]


def test_without_one_day_a_column_of_deadlines_stays_words():
    found = table("Action;Pilote;Échéance\nFormer;Ana;fin juin\nTrier;Luc;ASAP\n")
    assert found.frame["due_date"].tolist() == ["fin juin", "ASAP"]
    assert set(imported(found).actions["notes"]) == {"Échéance\u00a0: fin juin", "Échéance\u00a0: ASAP"}


def test_when_a_task_was_finished_is_not_until_when_it_was_due():
    found = table("Tâche;Assigné à;Statut;Date d'échéance;Terminé le\nPeindre;Ana;Terminée;28/02/2026;26/02/2026\nLaver;Luc;En cours;15/03/2026;\n")
    assert [str(day)[:10] for day in imported(found).actions.set_index("action")["due_date"][["Peindre", "Laver"]]] == ["2026-02-28", "2026-03-15"]
