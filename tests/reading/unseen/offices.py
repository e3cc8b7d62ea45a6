"""Files of small French offices: units under two-line headers, approximate figures, notes of cells, old encodings, quoted rows."""

from __future__ import annotations

import csv
import io
from typing import Any

from . import case
from .books import book

_HEAD = "Étape;Point de contact;Impact;Effort;Commentaire\r\n"
_ROWS = (
    "Découverte;Vitrine « été »;7;3;Très joli, à garder\r\nAchat;Caisse n°2;8;5;\"File; trop longue le samedi\"\r\n"
    'Après-vente;Téléphone;4;6;"Le ""SAV"" répond, parfois"\r\n'
)  # fmt: skip
_SAME: dict[int, dict[str, Any]] = {0: {
    "kind": "touchpoints", "rows": {"data": 3, "header": 1},
    "columns": {"stage": ["Découverte", "Achat", "Après-vente"], "touchpoint": ["Vitrine « été »", "Caisse n°2", "Téléphone"], "impact": [7, 8, 4],
                "comment": ["Très joli, à garder", "File; trop longue le samedi", 'Le "SAV" répond, parfois']},
}}  # fmt: skip


@case("groupes_parties_et_unites.xlsx")
def _():
    rows = [
        ["CARTOGRAPHIE DU PARCOURS – Fleuriste Ronsard"], ["Mise à jour : 12/03/2026"], [],
        ["Étape", "Point de contact", "Évaluation", None, None, "Coûts", None, "Responsable"],
        [None, None, "Impact", "Effort", "Satisfaction", "Ponctuel", "Annuel", None], [None, None, "(1-10)", "(1-10)", "/5", "€", "€/an", None],
        ["Découverte", "Vitrine", 7, 3, 4.1, 1200, None, "Léa"], [None, "Instagram", 8, 2, 4.4, 0, 600, "Léa"],
        ["Achat", "Boutique", 9, 5, 4.6, None, None, "Marc"], [None, "Téléphone", 5, 4, 3.2, None, 120, "Marc"], [], ["* Les coûts sont HT"],
    ]  # fmt: skip

    def dress(made: Any) -> None:
        for where in ("A1:H1", "A2:H2", "C4:E4", "F4:G4", "A7:A8", "A9:A10"):
            made.worksheets[0].merge_cells(where)

    return book({"Carte": rows}, dress), {0: {
        "kind": "touchpoints", "rows": {"note": 3, "header": 2, "unit": 1, "data": 4, "blank": 2},
        "headers": ["Étape", "Point de contact", "Impact", "Effort", "Satisfaction", "Coûts Ponctuel", "Coûts Annuel", "Responsable"],
        "columns": {"stage": ["Découverte", "Découverte", "Achat", "Achat"], "impact": [7, 8, 9, 5], "satisfaction": [4.1, 4.4, 4.6, 3.2],
                    "cost": [1200, 0, None, None], "running_cost": [None, 600, None, 120]},
        "scales": {"impact": (1, 10), "effort": (1, 10), "satisfaction": (1, 5)},
    }}  # fmt: skip


@case("sous_total_de_chaque_bloc.xlsx")
def _():
    rows = [
        ["Phase", "Point de contact", "Réclamations", "Coût (€)"], ["Avant", "Site web", 12, 1500], ["Avant", "Publicité", 3, 2500], ["Sous-total Avant", None, 15, 4000],
        ["Pendant", "Accueil", 25, 0], ["Pendant", "Caisse", 8, 300], ["Sous-total Pendant", None, 33, 300], ["TOTAL GÉNÉRAL", None, 48, 4300],
    ]  # fmt: skip
    return book({"Feuil1": rows}), {0: {"rows": {"total": 3, "data": 4}, "columns": {"complaints": [12, 3, 25, 8], "cost": [1500, 2500, 0, 300]}}}


@case("unites_dans_les_cellules.xlsx")
def _():
    rows = [
        ["Point de contact", "Délai moyen", "Coût", "Part des clients", "Note"], ["Téléphone", "2 min 30", "3,20 €", "45 %", "7,5/10"],
        ["E-mail", "1 j", "1,10 €", "30 %", "6/10"], ["Boutique", "15 min", "env. 4 €", "20 à 25 %", "8/10"], ["Chat", "-", "n.c.", "< 5 %", "NC"],
    ]  # fmt: skip
    return book({"Feuil1": rows}), {0: {
        "columns": {"duration": [2.5, 1440, 15, None], "cost": [3.2, 1.1, 4, None], "reach": [45, 30, 22.5, 5], "rating": [7.5, 6, 8, None]},
        "scales": {"rating": (0, 10)}, "problems": ["approximate", "range_middle", "bound", "not_concerned"],
    }}  # fmt: skip


@case("grille_de_formulaire.xlsx")
def _():
    rows = [
        ["Horodateur", "Satisfaction [Accueil]", "Satisfaction [Livraison]", "Avez-vous des suggestions ?"],
        ["01/03/2026", "Très satisfait", "Satisfait", ""], ["13/03/2026", "Satisfait", "Pas du tout satisfait", "Plus de choix"], ["14/03/2026", "Insatisfait", "Satisfait", "-"],
    ]  # fmt: skip
    return book({"Réponses au formulaire 1": rows}), {0: {
        "kind": "survey", "questions": {"Satisfaction [Accueil]": [5, 4, 2], "Satisfaction [Livraison]": [4, 1, 4]}, "touchpoints": ["Accueil", "Livraison"],
    }}  # fmt: skip


@case("encodage_du_vieux_mac.csv")
def _():
    return (_HEAD + _ROWS).replace("\r\n", "\r").encode("mac_roman"), _SAME


@case("encodage_dos.csv")
def _():
    return (_HEAD + _ROWS).encode("cp850"), _SAME


@case("chaque_ligne_entre_guillemets.csv")
def _():
    stream = io.StringIO()
    csv.writer(stream).writerows(csv.reader(io.StringIO(_HEAD + _ROWS, newline=""), delimiter=";"))
    lines = stream.getvalue().strip().split("\r\n")
    return "\r\n".join('"' + line.replace('"', '""') + '"' for line in lines).encode("utf-8-sig"), _SAME


@case("tableau_markdown.txt")
def _():
    return "| Étape | Point de contact | Impact |\n|---|:---|---:|\n| Achat | Site | 7 |\n| Après | SAV | 4 |\n".encode(), {
        0: {"rows": {"header": 1, "note": 1, "data": 2}, "columns": {"touchpoint": ["Site", "SAV"], "impact": [7, 4]}}
    }


@case("francs_suisses.csv")
def _():
    return "Point de contact;Coût;Couverture\nSite;CHF 1'200.–;45%\nBoutique;CHF 12’500.50;60%\nSAV;800.-;5%\n".encode(), {
        0: {"columns": {"cost": [1200, 12500.5, 800], "reach": [45, 60, 5]}, "currency": {"cost": "CHF"}}
    }


@case("jours_ecrits.csv")
def _():
    return b"Date;Note (/5);Commentaire\n12/03/2026;4;Bien\nle 13 mars 2026;5;Top\nmars 2026;3;Moyen\nhier;1;Nul\n", {
        0: {"columns": {"date": ["2026-03-12", "2026-03-13", "2026-03-01", None]}, "problems": ["period", "relative_date"]}
    }


@case("etapes_en_titres_sans_nom_de_colonne.xlsx")
def _():
    rows = [[None, "Impact", "Effort"], ["DÉCOUVERTE"], ["Vitrine", 7, 3], ["Site", 8, 4], ["ACHAT"], ["Caisse", 5, 6], ["Livraison", 4, 7]]
    return book({"Feuil1": rows}), {0: {
        "kind": "touchpoints", "columns": {"stage": ["DÉCOUVERTE", "DÉCOUVERTE", "ACHAT", "ACHAT"], "touchpoint": ["Vitrine", "Site", "Caisse", "Livraison"], "impact": [7, 8, 5, 4]},
    }}  # fmt: skip
