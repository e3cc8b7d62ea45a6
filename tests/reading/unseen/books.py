"""Workbooks: merged headers, drawn journey maps, several tables and sheets, hidden parts, formulas."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from . import case


def book(sheets: dict[str, list[list[Any]]], dress: Callable[[Any], None] | None = None) -> bytes:
    """Sheets of rows as an .xlsx; ``dress(workbook)`` may merge, format and hide."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if dress:
        dress(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _merging(*ranges: str) -> Callable[[Any], None]:
    def dress(made: Any) -> None:
        for where in ranges:
            made.worksheets[0].merge_cells(where)

    return dress


@case("titre_et_en_tetes_fusionnes.xlsx")
def _():
    rows = [
        ["Inventaire des points de contact – Boulangerie Martin"], ["Mis à jour le 3 mars 2026 par Léa"], [],
        ["Parcours", None, None, "Évaluation", None, "Budget", None],
        ["Étape", "Point de contact", "Canal", "Impact (1-10)", "Effort (1-10)", "Coût (€)", "Coût annuel (€)"],
        ["Découverte", "Vitrine", "Magasin", 7, 2, 350, 0], [None, "Page Facebook", "Réseaux sociaux", 5, 3, 0, 120], ["Achat", "Comptoir", "Magasin", 9, 6, 1200, 300],
        [None, "Click & collect", "Site", 6, 8, 4500, 900], ["Total", None, None, None, None, 6050, 1320], [], ["* estimations de la gérante"],
    ]  # fmt: skip
    return book({"Inventaire": rows}, _merging("A1:G1", "A2:G2", "A4:C4", "D4:E4", "F4:G4", "A6:A7", "A8:A9")), {0: {
        "kind": "touchpoints", "rows": {"data": 4, "total": 1, "header": 2, "note": 3},
        "columns": {"stage": ["Découverte", "Découverte", "Achat", "Achat"], "touchpoint": ["Vitrine", "Page Facebook", "Comptoir", "Click & collect"],
                    "impact": [7, 5, 9, 6], "effort": [2, 3, 6, 8], "cost": [350, 0, 1200, 4500], "running_cost": [0, 120, 300, 900]},
    }}  # fmt: skip


@case("deux_lignes_d_en_tete.xlsx")
def _():
    rows = [
        ["Point de contact", "Satisfaction (/5)", None, None, "Réclamations", None],
        [None, "2024", "2025", "2026", "2025", "2026"],
        ["Accueil", 4.1, 4.2, 4.4, 12, 9], ["Caisse", 3.2, 3.0, 2.9, 30, 41], ["SAV", 2.5, 2.8, 3.1, 55, 48],
    ]  # fmt: skip
    return book({"Suivi": rows}, _merging("A1:A2", "B1:D1", "E1:F1")), {0: {
        "rows": {"header": 2, "data": 3}, "columns": {"touchpoint": ["Accueil", "Caisse", "SAV"]},
        "headers": ["Point de contact", "Satisfaction (/5) 2024", "Satisfaction (/5) 2025", "Satisfaction (/5) 2026", "Réclamations 2025", "Réclamations 2026"],
    }}  # fmt: skip


@case("carte_dessinee.xlsx")
def _():
    rows = [
        ["Parcours de Léa, 34 ans – Salon de coiffure"], [],
        [None, "AVANT", None, "PENDANT", None, "APRÈS"],
        ["Étapes", "Chercher", "Réserver", "Arriver", "Se faire coiffer", "Payer"],
        ["Actions", "tape « coiffeur » sur Google", "appelle", "attend", "discute", "règle en carte"],
        ["Pensées", "lequel choisir ?", "ça ne répond pas", "c'est joli", "je suis bien", "c'est cher"],
        ["Émotions", "😐", "😡", "🙂", "😍", "🙁"],
        ["Points de contact", "Google", "Téléphone", "Accueil", "Fauteuil", "Caisse"],
        ["Irritants", None, "standard occupé", "attente", None, "prix non affichés"],
        ["Opportunités", "avis à jour", "réservation en ligne", "boisson", None, "afficher les prix"],
    ]  # fmt: skip
    return book({"Carte": rows}, _merging("A1:F1", "B3:C3", "D3:E3")), {0: {
        "kind": "journey_grid", "stages": ["Chercher", "Réserver", "Arriver", "Se faire coiffer", "Payer"],
        "lanes": ["action", "thought", "emotion", "touchpoint", "pain", "opportunity"],
    }}  # fmt: skip


@case("carte_avec_fleches.xlsx")
def _():
    rows = [
        ["Customer journey map"], ["", "Discover", "→", "Compare", "→", "Buy", "→", "Use"],
        ["Doing", "searches online", None, "reads reviews", None, "orders", None, "unpacks"], ["Thinking", "is it for me?", None, "too many!", None, "safe?", None, "nice"],
        ["Feeling", "🙂", None, "😕", None, "😟", None, "😀"], ["Pain points", "ads", None, "jargon", None, "fees", None, None], ["Opportunities", "guide", None, "filter", None, "show total", None, "video"],
    ]  # fmt: skip
    return book({"Map": rows}), {0: {
        "kind": "journey_grid", "stages": ["Discover", "Compare", "Buy", "Use"], "lanes": ["step", "thought", "emotion", "pain", "opportunity"],
    }}  # fmt: skip


@case("carte_etapes_fusionnees.xlsx")
def _():
    rows = [
        ["Phases", "Découverte", None, "Achat", None, "Usage", None], ["Actions", "voit une pub", "demande à un ami", "visite", "commande", "installe", "appelle le SAV"],
        ["Points de contact", "Affiche", "Bouche-à-oreille", "Magasin", "Site", "Notice", "Téléphone"], ["Ressentis", "curieux", "confiant", "perdu", "inquiet", "agacé", "soulagé"],
        ["Freins", None, None, "pas de vendeur", "frais cachés", "notice illisible", "attente"],
    ]  # fmt: skip
    return book({"Parcours": rows}, _merging("B1:C1", "D1:E1", "F1:G1")), {0: {
        "kind": "journey_grid", "lanes": ["action", "touchpoint", "emotion", "pain"], "stages": ["Découverte", "Achat", "Usage"],
    }}  # fmt: skip


@case("deux_personas.xlsx")
def _():
    one = [["Étapes", "S'informer", "Acheter", "Utiliser"], ["Actions", "lit", "paie", "essaie"], ["Émotions", "😀", "😐", "😀"], ["Irritants", "rien", "file", "bruit"]]
    two = [["Étapes", "S'informer", "Acheter", "Utiliser"], ["Actions", "demande", "hésite", "jette"], ["Émotions", "😐", "😡", "🙁"], ["Irritants", "trop petit", "cher", "lourd"]]
    return book({"Cartes": [["Persona : Léa"], *one, [], ["Persona : Paul"], *two]}), {
        "tables": 2, 0: {"kind": "journey_grid", "stages": ["S'informer", "Acheter", "Utiliser"], "lanes": ["action", "emotion", "pain"]},
        1: {"kind": "journey_grid", "lanes": ["action", "emotion", "pain"]},
    }  # fmt: skip


@case("une_feuille_par_persona.xlsx")
def _():
    def of(feeling: str) -> list[list[Any]]:
        return [["Étapes", "Avant", "Pendant", "Après"], ["Actions", "a", "b", "c"], ["Émotions", feeling, "😐", "😀"], ["Irritants", "x1", "x2", "x3"]]

    return book({"Léa": of("😀"), "Paul": of("😡"), "Légende": [["😀 content"], ["😡 en colère"]]}), {
        "tables": 3, 0: {"kind": "journey_grid"}, 1: {"kind": "journey_grid"}, 2: {"kind": "unknown"},
    }  # fmt: skip


@case("transposee.xlsx")
def _():
    rows = [
        ["Point de contact", "Vitrine", "Caisse", "SAV", "Site"], ["Étape", "Découverte", "Achat", "Usage", "Découverte"], ["Impact (1-10)", 7, 8, 5, 6],
        ["Effort (1-10)", 2, 5, 3, 9], ["Coût (€)", 100, 200, 300, 4000], ["Responsable", "Anne", "Bob", "Chloé", "Anne"],
    ]  # fmt: skip
    return book({"Feuil1": rows}), {0: {"transposed": True, "turned": {"touchpoint": ["Vitrine", "Caisse", "SAV", "Site"], "impact": [7, 8, 5, 6], "cost": [100, 200, 300, 4000]}}}  # fmt: skip


@case("cote_a_cote.xlsx")
def _():
    rows = [
        ["Étape", "Point de contact", "Impact (1-10)", None, None, "Action", "Responsable", "Échéance", "Statut"],
        ["Avant", "Site", 6, None, None, "Refaire le site", "Léa", dt.date(2026, 5, 1), "en cours"], ["Pendant", "Accueil", 9, None, None, "Former", "Max", dt.date(2026, 6, 1), "à faire"],
        ["Pendant", "Caisse", 7, None, None, None, None, None, None], ["Après", "Avis", 4, None, None, None, None, None, None],
    ]  # fmt: skip
    return book({"Tout": rows}), {
        "tables": 2, 0: {"kind": "touchpoints", "rows": {"data": 4}, "columns": {"touchpoint": ["Site", "Accueil", "Caisse", "Avis"]}},
        1: {"kind": "actions", "rows": {"data": 2}, "columns": {"action": ["Refaire le site", "Former"], "due_date": ["2026-05-01", "2026-06-01"]}},
    }  # fmt: skip


@case("feuilles_de_meme_forme.xlsx")
def _():
    head = ["Étape", "Point de contact", "Satisfaction (1-5)"]
    return book({"Lyon": [head, ["Achat", "Caisse", 4], ["Achat", "Conseil", 5]], "Paris": [head, ["Achat", "Caisse", 2], ["Achat", "Conseil", 3]], "Vide": []}), {
        "tables": 2, 0: {"kind": "touchpoints", "columns": {"satisfaction": [4, 5]}}, 1: {"kind": "touchpoints", "columns": {"satisfaction": [2, 3]}},
    }  # fmt: skip


@case("page_web.xls")
def _():
    return (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'></head><body><table border=1>"
        "<tr><td colspan=3>Enquête mars</td></tr><tr><th>Date</th><th>Note&nbsp;(0-10)</th><th>Commentaire</th></tr>"
        "<tr><td>01/03/2026</td><td>9</td><td>très<br>bien</td></tr><tr><td>14/03/2026</td><td>3</td><td>l&#39;attente</td></tr></table></body></html>"
    ).encode("cp1252"), {0: {"rows": {"data": 2, "note": 1}, "columns": {"date": ["2026-03-01", "2026-03-14"]}}}  # fmt: skip


@case("lignes_colonnes_feuilles_masquees.xlsx")
def _():
    def dress(made: Any) -> None:
        made["Visible"].row_dimensions[3].hidden = True
        made["Visible"].column_dimensions["C"].hidden = True
        made["Brouillon"].sheet_state = "hidden"

    rows = [["Étape", "Point de contact", "Effort (1-5)", "Impact (1-5)"], ["Achat", "Caisse", 2, 4], ["Achat", "Site", 3, 5], ["Usage", "SAV", 1, 3]]
    return book({"Visible": rows, "Brouillon": rows}, dress), {
        "tables": 2, 0: {"hidden": False, "rows": {"data": 3}, "columns": {"effort": [2, 3, 1], "impact": [4, 5, 3]}}, 1: {"hidden": True},
    }  # fmt: skip


@case("formules_sans_valeur.xlsx")
def _():
    rows = [["Point de contact", "Impact (1-10)", "Effort (1-10)", "Score"], ["Caisse", 8, 2, "=B2/C2"], ["SAV", 6, 3, "=B3/C3"], ["Site", 4, 4, "=B4/C4"]]
    return book({"Calcul": rows}), {0: {"rows": {"data": 3}, "columns": {"impact": [8, 6, 4], "effort": [2, 3, 4]}, "problems": ["uncomputed"]}}


@case("nombres_en_texte.xlsx")
def _():
    rows = [
        ["Point de contact", "Étape", "Clients concernés", "Coût (€)", "Satisfaction (1 à 5)"],
        ["Caisse", "Achat", "1\u00a0250", "2\u202f400,50", "4"], ["SAV", "Usage", "87", "(150,00)", "2,5"], ["Site", "Achat", "12\u00a0400", "0,00", "3"],
    ]  # fmt: skip
    return book({"Texte": rows}), {0: {"kind": "touchpoints", "columns": {"cost": [2400.5, -150, 0], "satisfaction": [4, 2.5, 3]}, "mapping": {"Clients concernés": "reach"}}}


@case("pourcentages_et_monnaies_formates.xlsx")
def _():
    def dress(made: Any) -> None:
        sheet = made.worksheets[0]
        for row in range(2, 5):
            sheet.cell(row, 3).number_format = "0 %"
            sheet.cell(row, 4).number_format = '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-'
            sheet.cell(row, 5).number_format = "dd/mm/yyyy"
            sheet.cell(row, 6).number_format = "00000"

    rows = [["Étape", "Point de contact", "Part des clients", "Coût", "Date de mise en place", "Code"], ["Achat", "Caisse", 0.8, 1200.5, dt.date(2024, 3, 3), 1000], ["Usage", "SAV", 0.125, 90, dt.date(2025, 4, 12), 75011], ["Usage", "Site", 1, 15000, dt.date(2025, 1, 2), 69003]]
    return book({"F": rows}, dress), {0: {"kind": "touchpoints", "columns": {"reach": [80, 12.5, 100], "cost": [1200.5, 90, 15000]}, "currency": {"cost": "EUR"}}}


@case("en_tetes_sur_plusieurs_lignes.xlsx")
def _():
    rows = [["Étape\ndu parcours", "Point de\ncontact", "Impact\n(1 à 10)", "Fréquence\nd'usage"], ["Avant", "Site", 7, "souvent"], ["Pendant", "Accueil", 9, "toujours"], ["Après", "Avis", 4, "rarement"]]
    return book({"Feuil1": rows}), {0: {"kind": "touchpoints", "columns": {"stage": ["Avant", "Pendant", "Après"], "touchpoint": ["Site", "Accueil", "Avis"], "impact": [7, 9, 4]}}}


@case("tableau_decale.xlsx")
def _():
    rows = [[], [], [], [None, None, "Parcours", None], [], [None, None, "Étape", "Point de contact", "Coût"], [None, None, "Achat", "Caisse", 120], [None, None, "Usage", "SAV", 40], [None, None, None, "TOTAL", 160]]
    return book({"Feuil1": rows}), {0: {"kind": "touchpoints", "rows": {"data": 2, "total": 1}, "columns": {"cost": [120, 40]}, "cells": {("touchpoint", 1): "D8"}}}


@case("etapes_en_bandeaux.xlsx")
def _():
    rows = [
        ["Point de contact", "Canal", "Impact (1-10)", "Effort (1-10)"], ["1. Découverte"], ["Vitrine", "Magasin", 7, 2], ["Site", "Web", 6, 5],
        ["2. Achat"], ["Caisse", "Magasin", 9, 3], ["Paiement", "Magasin", 5, 4], ["3. Après-vente"], ["SAV", "Téléphone", 8, 8],
    ]  # fmt: skip
    return book({"Inventaire": rows}, _merging("A2:D2", "A5:D5", "A8:D8")), {0: {
        "kind": "touchpoints", "columns": {"stage": ["1. Découverte", "1. Découverte", "2. Achat", "2. Achat", "3. Après-vente"], "touchpoint": ["Vitrine", "Site", "Caisse", "Paiement", "SAV"], "impact": [7, 6, 9, 5, 8]},
    }}  # fmt: skip


@case("personas.xlsx")
def _():
    rows = [["Nom du persona", "Âge", "Objectifs", "Besoins", "Frustrations", "Canal préféré"], ["Léa la pressée", 34, "gagner du temps", "rapidité", "l'attente", "Appli"], ["Paul le fidèle", 70, "être reconnu", "conseil", "les machines", "Magasin"]]
    return book({"Personas": rows}), {0: {"kind": "personas", "columns": {"persona": ["Léa la pressée", "Paul le fidèle"], "pain": ["l'attente", "les machines"]}}}


@case("plan_d_action.xlsx")
def _():
    rows = [
        ["PLAN D'ACTION 2026"], [], ["N°", "Action", "Point de contact", "Priorité", "Porteur", "Date limite", "Avancement", "Budget"],
        [1, "Refaire la signalétique", "Entrée", "Haute", "Léa", dt.date(2026, 5, 1), 0.5, 1200], [2, "Former à l'accueil", "Accueil", "Moyenne", "Max", dt.date(2026, 6, 15), 0, 800], [3, "Simplifier le devis", "Devis", "Basse", "Léa", None, 1, None],
    ]  # fmt: skip

    def dress(made: Any) -> None:
        for row in range(4, 7):
            made.worksheets[0].cell(row, 7).number_format = "0%"

    return book({"Plan": rows}, dress), {0: {
        "kind": "actions", "columns": {"action": ["Refaire la signalétique", "Former à l'accueil", "Simplifier le devis"], "due_date": ["2026-05-01", "2026-06-15", None], "progress": [50, 0, 100]},
    }}  # fmt: skip


@case("strict_sans_styles.xlsx")
def _():
    data = book({"F": [["Étape", "Point de contact", "Impact (1-10)"], ["Achat", "Caisse", 7], ["Usage", "SAV", 3]]})
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xml"):
                content = re.sub(rb"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main", content)
            new.writestr(name, content)
    return stream.getvalue(), {0: {"kind": "touchpoints", "columns": {"impact": [7, 3]}}}
