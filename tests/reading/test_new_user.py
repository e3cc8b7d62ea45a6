"""Sheets as people who have never seen Parcours keep them: what they mean is understood, or asked."""

from __future__ import annotations

import io

import openpyxl
import pytest

import analysis
from analysis import Project
from analysis.reading.headers import guesses
from analysis.reading.questions import subject_of


def table(text, name="suivi.csv"):
    return analysis.read(text.encode(), name).tables[0]


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return analysis.read(data.getvalue(), "classeur.xlsx")


def imported(*tables, language="fr"):
    project = Project.new("Essai", language=language)
    return project.apply(project.plan_import(tables, file="a").commands)


def codes(read):
    return [problem["code"] for problem in read.noted.listed()]


@pytest.mark.parametrize(
    ("header", "words", "wanted"),
    [
        ("Impact", ["High", "Medium", "Low", "Very high"], [4, 3, 2, 5]),
        ("Importance", ["forte", "moyenne", "faible", "très forte"], [4, 3, 2, 5]),
        ("Effort", ["h", "m", "l", "l"], [4, 3, 2, 2]),
        ("Effort", ["XS", "M", "XL", "S"], [1, 3, 5, 2]),
        ("Effort", ["facile", "difficile", "moyen", "très facile"], [2, 4, 3, 1]),
        ("Impact", ["élevé", "nul", "critique", "modéré"], [4, 1, 5, 3]),
    ],
)
def test_words_and_letters_say_how_much(header, words, wanted):
    read = table(f"Touchpoint,{header}\n" + "".join(f"T{n},{word}\n" for n, word in enumerate(words)))
    assert read.frame[header.lower()].tolist() == wanted
    assert read.scales[header.lower()] == (1, 5)


def test_a_high_customer_effort_is_a_bad_score():
    read = table("Touchpoint,CES\nA,low\nB,high\nC,medium\n")
    assert read.frame["ces"].tolist() == [4, 2, 3]


def test_letters_of_no_row_are_no_levels():
    read = table("Touchpoint,Impact\nA,x\nB,m\nC,q\n")
    assert read.frame["impact"].tolist() == ["x", "m", "q"]


def test_a_column_of_scores_that_gives_none_says_so():
    read = table("Touchpoint,Impact\nA,voir Julie\nB,à discuter\nC,idem\n")
    assert "no_scores" in codes(read)


def test_a_table_over_another_is_not_taken_for_its_notes():
    book = workbook([
        ["GRAND HOTEL — Guest Journey Audit"], [],
        ["Phase", "Touchpoint", "Channel", "Guest rating (out of 5)", "# guests / month", "Pain point", "Quick fix"],
        ["Booking", "Website", "Web", "3.8", "1,200", "Calendar is slow", "Cache"],
        ["Arrival", "Check-in desk", "In person", "2.9", "1,900", "Queue at 3pm", "Kiosk"],
        ["Stay", "Wi-Fi", "App", "2.1", "1,850", "Drops", "Access points"], [], [],
        ["Action", "Owner", "Due", "Cost", "Status"],
        ["Kiosk", "Anna", "30/09/2024", "£18k", "In progress"], ["Access points", "Tom", "15 Oct 2024", "£4,500", "Not started"],
    ])  # fmt: skip
    assert [(t.kind, len(t)) for t in book.tables] == [("touchpoints", 3), ("actions", 2)]
    assert book.tables[0].frame["reach"].tolist() == [1200, 1900, 1850]


def test_where_nothing_is_called_touchpoint_the_column_of_names_is_taken_and_said():
    read = table("Étape;Ce que vit le client;Satisfaction;Irritant\nAvant;Prend RDV;8/10;-\nAvant;Appelle;3/10;Attente\nAprès;SAV;5/10;N/A\n")
    assert read.kind == "touchpoints"
    assert "taken_for_touchpoints" in codes(read)
    project = imported(read)
    assert project.touchpoints["touchpoint"].tolist() == ["Prend RDV", "Appelle", "SAV"]
    assert [card.text for card in project.table("card").values()] == ["Attente"]  # “-” and “N/A” are nobody's pain


def test_a_list_that_judges_nothing_is_not_made_touchpoints_of():
    assert table("Produit,Prix\nCafé,2\nThé,3\nEau,1\n").kind == "unknown"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("ID réponse", "id"), ("Identifiant de la réponse", "id"), ("Visit ID", "id"), ("ID client", "customer_id"), ("Idées 💡", "opportunity"),
        ("Points de douleur 😖", "pain"), ("# guests / month", "reach"), ("Visites par mois", "reach"), ("What could we do better?", "comment"),
        ("Gain attendu", "impact"),
    ],
)  # fmt: skip
def test_what_a_header_means(header, field):
    assert guesses(header)[0].field == field


@pytest.mark.parametrize("header", ["Client depuis", "Customer since", "Ancienneté client"])
def test_how_long_somebody_has_been_a_customer_is_not_who_it_is(header):
    assert guesses(header) == ()


@pytest.mark.parametrize("word", ["satisfait(e)", "satisfait·e", "satisfait.e.s", "satisfait(e)(s)"])
def test_an_inclusive_question_names_its_touchpoint(word):
    assert subject_of(f"Êtes-vous {word} de l'accueil en boutique ?") == "accueil en boutique"


def test_a_grid_drawn_by_hand_with_arrows_and_faces():
    book = workbook([
        ["Parcours d'achat d'un vélo"], [], ["", "Je découvre →", "J'essaie →", "Je roule"],
        ["Ce que je fais", "Je vois la pub 📺", "Essai", "Révision"], ["Points de contact", "Instagram, site web", "Magasin", "Atelier"],
        ["Ce que je ressens", "🙂", "😍", "😡"], ["Points de douleur 😖", "Trop de modèles", "", "Attente"],
    ])  # fmt: skip
    assert [t.kind for t in book.tables] == ["journey_grid"]
    project = imported(*book.tables)
    assert project.stages["stage"].tolist() == ["Je découvre", "J'essaie", "Je roule"]
    assert project.touchpoints["touchpoint"].tolist() == ["Instagram", "site web", "Magasin", "Atelier"]
    assert sorted(s.value for s in project.table("score").values() if s.criterion == "emotion") == [-2, 1, 2]


def test_one_touchpoint_however_a_survey_spells_it():
    read = table("Date;Point de contact;Note (1-5)\n01/09/2026;Caisse;4\n02/09/2026;caisse;2\n03/09/2026;Borne A;5\n04/09/2026;Borne B;1\n")
    assert imported(read).touchpoints["touchpoint"].tolist() == ["Caisse", "Borne A", "Borne B"]


def test_a_touchpoint_that_only_an_action_or_an_indicator_names_waits_for_a_stage():
    plan = table("Action;Point de contact;Responsable;Échéance\nSMS;Restitution;Anne;01/12/2026\n")
    kpis = table("Indicateur;Valeur;Cible;Point de contact\nNPS;21;40;Livraison\nRetours;3;1;restitution\n", "kpi.csv")
    project = imported(plan, kpis)
    assert project.touchpoints["touchpoint"].tolist() == ["Restitution", "Livraison"]
    assert project.touchpoints["stage"].isna().all()
    touchpoints = set(project.table("touchpoint"))
    assert {action.touchpoint for action in project.table("action").values()} < touchpoints
    assert {card.touchpoint for card in project.table("card").values()} == touchpoints
    assert project.plan_import([plan, kpis], file="a").commands == []


def test_a_block_of_lines_a_touchpoint_becomes_a_row_with_its_own_addresses():
    lines = [["MAIRIE"], []]
    things = [("Site", "S'informer", "6/10", "Lent"), ("Guichet", "Déposer", "3/10", "RAS"), ("Courrier", "Suivre", "5/10", "")]
    for name, stage, score, pain in things:
        lines += [["Point de contact :", name], ["Étape :", stage], ["Satisfaction :", score], ["Problème :", pain], []]
    read = workbook(lines).tables[0]
    assert read.frame["touchpoint"].tolist() == ["Site", "Guichet", "Courrier"]
    assert read.frame["satisfaction"].tolist() == [6, 3, 5]
    assert read.cell(1, "satisfaction") == "B10"
    assert "records" in codes(read)
    project = imported(read)
    assert project.stages["stage"].tolist() == ["S'informer", "Déposer", "Suivre"]
    assert [card.text for card in project.table("card").values()] == ["Lent"]


def test_a_list_of_two_columns_is_no_blocks():
    read = workbook([["Étape", "Point de contact"], ["Achat", "Caisse"], ["Achat", "Site"], ["Après", "SAV"], ["Achat", "Tel"]]).tables[0]
    assert read.frame["touchpoint"].tolist() == ["Caisse", "Site", "SAV", "Tel"]


RATES = "Touchpoint,Conversion rate\nSite,0.09\nApp,0.04\nShop,0.12\n"


def test_whether_a_bare_figure_is_a_share_is_asked_and_can_be_said():
    from analysis.reading import corrections as correct
    from pages.review.columns import questions

    read = table(RATES)
    assert read.frame["conversion_rate"].tolist() == [9, 4, 12]
    assert questions(read) == ["Conversion rate"]
    after = correct.with_shares(read, "Conversion rate", shares=False)
    assert after.frame["conversion_rate"].tolist() == [0.09, 0.04, 0.12]
    assert questions(after) == []
    said = correct.with_shares(read, "Conversion rate", shares=True)
    assert said.frame["conversion_rate"].tolist() == [9, 4, 12]
    assert questions(said) == []


def test_what_was_said_of_shares_holds_for_the_next_file():
    from analysis.project.importing.memory import as_before
    from analysis.reading import corrections as correct

    first = correct.with_shares(table(RATES), "Conversion rate", shares=False)
    project = Project.new("Essai", language="en")
    project = project.apply(project.plan_import([first], file="a.csv").commands)
    assert as_before(project, table(RATES)).frame["conversion_rate"].tolist() == [0.09, 0.04, 0.12]


def test_a_scale_that_its_header_turns_is_asked_with_the_answer_chosen():
    from analysis.reading import corrections as correct
    from pages.review.columns import questions

    header = "Note (1 = très bien, 5 = très mauvais)"
    read = table(f"Point de contact;{header}\nCaisse;1\nSite;5\nTel;3\n")
    assert read.scales["rating"] == (5, 1)
    assert questions(read) == [header]
    other = correct.with_scale(read, header, 1, 5)
    assert other.scales["rating"] == (1, 5)
    assert questions(other) == []


def test_tickets_without_a_mark_keep_what_they_are_about():
    lines = "N° ticket;Créé le;Canal;Objet;Priorité;Statut;Satisfaction\n"
    lines += "T1;01/09/26;Mail;Facture introuvable;Haute;Clos;Bonne\nT2;15/09/26;Chat;Livraison en retard;Basse;Clos;Offerte\n"
    lines += "T3;16/09/26;Chat;Impossible de payer;Basse;Ouvert;\n"
    read = table(lines)
    project = Project.new("Essai", language="fr")
    plan = project.plan_import([read], file="tickets.csv")
    assert plan.left_out.empty
    evidence = project.apply(plan.commands).evidence
    assert sorted(evidence["text"].dropna()) == ["Facture introuvable", "Impossible de payer", "Livraison en retard"]


def test_a_cell_that_points_to_a_missing_text_is_an_error_and_the_others_are_read():
    from tests.reading.hostile import MAKERS

    book = analysis.read(MAKERS["string_out_of_range.xlsx"](), "a.xlsx")
    assert "#REF!" in book.tables[0].raw.to_numpy()
    assert "error_cell" in set(book.problems["code"])
    assert "5" in book.tables[0].raw.to_numpy()


def test_long_codes_under_a_number_sign_are_identifiers_and_figures_are_an_order():
    answers = "".join(f"{n * 7919:08x}c0ffee{n:02x},{n % 5 + 1}\n" for n in range(1, 9))
    assert table("#,How satisfied are you with the delivery?\n" + answers).mapping["#"] == "id"
    assert table("#,Étape,Point de contact,Impact\n1,Achat,Caisse,3\n2,Achat,Site,4\n").mapping["#"] == "order"


def test_of_months_in_columns_the_last_with_figures_is_the_value():
    read = table("KPI,Touchpoint,Jan,Feb,Mar,Apr,Target\nConversion rate,Site,1.9%,2.1%,2.4%,,3%\nReplies,App,12,10,9.5,,4\n")
    assert read.mapping["Mar"] == "kpi_value"
    assert "latest_period" in codes(read)
    cards = [card.text for card in imported(read, language="en").table("card").values()]
    assert cards == ["Conversion rate: 2.4% (target 3%)", "Replies: 9.5 (target 4)"]
