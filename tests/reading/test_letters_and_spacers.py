"""Text that is no table is refused with a sentence; a blank column inside a table leaves it one table."""

from __future__ import annotations

import io

import openpyxl
import pytest

import analysis

_LETTER = [
    "Bonjour,", "Voici le compte rendu de la réunion du 12 mars, avec toute l'équipe du magasin.",
    "Les clients attendent trop longtemps à la caisse, et le parking est petit.", "Merci de faire le nécessaire avant vendredi.", "Ana",
]  # fmt: skip


def workbook(rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("data", "name"), [
    ("\n\n".join(_LETTER).encode(), "reunion.txt"), ("\r\n".join(_LETTER).encode("cp1252"), "reunion.csv"),
    (workbook([[line] for line in _LETTER]), "reunion.xlsx"),
    (b"Dear team,\n\nPlease find my notes about the shop.\nCustomers complain about waiting, mostly on Saturday.\n\nBest regards,\nAnn\n", "a.txt"),
])  # fmt: skip
def test_a_letter_is_refused_with_a_sentence(data, name):
    with pytest.raises(analysis.ReadError) as refused:
        analysis.read(data, name)
    assert refused.value.code == "not_a_table"
    assert refused.value.message("fr").startswith("C’est un texte, pas un tableau.")


@pytest.mark.parametrize("text", [
    "Commentaire\nBonjour, super accueil.\nMerci de faire quelque chose pour le parking.\nBonjour, trop d'attente à la caisse hier soir.\n",
    "Super boutique, personnel adorable.\nTrop d'attente à la caisse !\nJe reviendrai sans hésiter.\n",
    "Bonjour\nMerci\nAu revoir\n",
    "Bonjour, voici la liste demandée\n\nÉtape;Point de contact;Impact\nAvant;Site;4\nAprès;SAV;5\n",
])  # fmt: skip
def test_lists_are_no_letters(text):
    assert analysis.read(text.encode(), "liste.txt").tables


_NAMES = ["Site", "Accueil", "Caisse", "SAV"]


def test_a_blank_column_between_marks_of_customers_and_of_staff_leaves_one_table():
    rows = [["", "", "Clients", "", "", "Équipe", ""], ["Étape", "Point de contact", "Satisfaction", "Importance", "", "Satisfaction", "Importance"]]
    rows += [["Avant", name, 2 + n % 3, 4, "", 3 + n % 2, 5] for n, name in enumerate(_NAMES)]
    tables = analysis.read(workbook(rows), "points.xlsx").tables
    assert [(table.kind, len(table)) for table in tables] == [("touchpoints", 4)]
    assert tables[0].frame["touchpoint"].tolist() == _NAMES


def test_two_lists_side_by_side_stay_two_tables():
    rows = [["Points de contact", "", "", "", "Actions", "", ""], ["Point de contact", "Étape", "Impact", "", "Action", "Responsable", "Échéance"]]
    rows += [[name, "Avant", 5, "", f"Revoir {name}", "Ana", "12/05/2026"] for name in _NAMES]
    assert [table.kind for table in analysis.read(workbook(rows), "deux.xlsx").tables] == ["touchpoints", "actions"]
