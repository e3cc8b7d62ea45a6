"""Lists and plans of small businesses: remarks without a header, pain points without touchpoints, key figures, roadmaps with crosses."""

from __future__ import annotations

import pytest

import analysis
from analysis import Project


def read(text: str, name: str = "a.csv", encoding: str = "utf-8"):
    return analysis.read(text.encode(encoding), name)


def imported(book, language: str = "fr") -> Project:
    empty = Project.new("Essai", language=language)
    return empty.apply(empty.plan_import(book.tables).commands)


def codes(book) -> set[str]:
    return set(book.problems["code"])


@pytest.mark.parametrize(
    "text",
    [
        "Super boutique, personnel adorable\nTrop d'attente à la caisse !\nJe reviendrai sans hésiter, c'est sûr\nMoyen, site lent\n",
        "Super boutique ; personnel adorable\nTrop d'attente à la caisse !\nJe reviendrai, sans hésiter ; c'est sûr\nMoyen ; site lent\n",
        "Verbatim\nSuper boutique, personnel adorable\nTrop d'attente à la caisse, et froid\nJe reviendrai, c'est sûr\nMoyen, et site lent\n",
    ],
)
def test_a_list_of_remarks_is_a_comment_a_line_with_or_without_a_header(text):
    book = read(text, "remarques.csv", "cp1252")
    said = [line for line in text.splitlines() if line != "Verbatim"]
    assert imported(book).evidence["text"].tolist() == said
    assert ("taken_for_remarks" in codes(book)) == (not text.startswith("Verbatim"))


def test_lines_of_a_real_table_are_still_parted_at_commas():
    assert read("Name, City, Grade\nAnn, Paris, 4\nBob, Rome, 3\nZoe, Oslo\n").tables[0].grid.width == 3
    assert read("Dupont, Marie\nDurand, Paul\nMartin, Zoé, Lyon\n").tables[0].grid.width == 3


def test_pain_points_that_name_no_touchpoint_are_cards_of_their_stage():
    book = read("Étape;Irritant;Gravité (1-5);Nb citations\nAvant;Site lent;3;4\nPendant;Attente en caisse;5;12\nPendant;Parking;2;\n")
    assert "loose_cards" in codes(book)
    project = imported(book)
    stages = project.table("stage")
    cards = {card.text: (stages[card.stage].name, card.count) for card in project.table("card").values()}
    assert cards == {"Site lent": ("Avant", 4), "Attente en caisse": ("Pendant", 12), "Parking": ("Pendant", None)}
    assert not project.plan_import(book.tables).commands  # the same list again brings nothing


def test_a_label_and_its_figure_on_each_line_are_indicators():
    book = read("Chiffres clés 2025\n\nNombre de clients :;1250\nPanier moyen :;45 €\nNPS :;32\nTaux de réachat :;28 %\n")
    assert book.tables[0].kind == "kpis"
    assert book.tables[0].frame["kpi_value"].tolist() == [1250, 45, 32, 28]
    assert read("Savon;3\nBougie;4\nParfum;5\n").tables[0].kind == "unknown"  # nobody knows what these count


def test_crosses_under_months_say_when_an_action_starts_and_is_due():
    book = read("Feuille de route 2026\nAction;Pilote;Jan;Fév;Mars;Avr\nFormer;Ana;x;x;;\nPeindre;Luc;;;x;x\nTrier;Luc;;;;\n")
    frame = book.tables[0].frame
    assert [f"{day:%d/%m/%y}" for day in frame["start_date"].dropna()] == ["01/01/26", "01/03/26"]
    assert [f"{day:%d/%m/%y}" for day in frame["due_date"].dropna()] == ["28/02/26", "30/04/26"]
    assert "crossed_periods" in codes(book)
    unsaid = read("Action;Pilote;Jan;Fév;Mars;Avr\nFormer;Ana;x;x;;\nPeindre;Luc;;;x;x\n")
    assert "due_date" not in unsaid.tables[0].frame
    assert "crossed_no_year" in codes(unsaid)


def test_a_column_of_dates_that_leaves_no_doubt_tells_the_order_of_the_others():
    book = read("Task,Owner,Start,Due\nA,Ann,03/04/2026,03/25/2026\nB,Bob,02/04/2026,04/05/2026\n")
    assert [f"{day:%d %B}" for day in book.tables[0].frame["start_date"]] == ["04 March", "04 February"]
    said = book.problems_in("fr").set_index("code").loc["month_order_told"]
    assert "Due" in said["message"]
    both = read("Task,Owner,Start,Due,Done on\nA,Ann,03/04/2026,03/25/2026,25/03/2026\nB,Bob,02/04/2026,04/05/2026,\n")
    assert "day_order" in codes(both)  # two columns that disagree tell nothing


def test_what_is_written_out_of_five_is_a_mark_of_what_its_header_names():
    book = read("Date;Livraison;Commentaire\n12/03/2026;4/5;Rapide\n13/03/2026;2/5;Trois jours de retard\n14/03/2026;5/5;\n15/03/2026;3/5;\n")
    answers = imported(book).evidence
    marks = answers[answers["measure"] == "satisfaction"]
    assert (set(marks["touchpoint"]), marks["value"].tolist(), set(marks["high"])) == ({"Livraison"}, [4, 2, 5, 3], {5})


def test_codes_under_a_number_are_identifiers_and_figures_an_order():
    rows = "Numéro;Étape;Point de contact;Satisfaction /5\n{0};Avant;Site;4\n{1};Pendant;Accueil;5\n"
    assert read(rows.format("R0", "R1")).tables[0].mapping["Numéro"] == "id"
    assert read(rows.format("1", "2")).tables[0].mapping["Numéro"] == "order"


def test_a_gain_in_money_is_no_moment_of_delight_and_no_degree_of_impact():
    head = "Étape;Point de contact;Irritant;Gain;Coût\n"
    assert read(head + "Avant;Site;Lent;1 200 €;300 €\nPendant;Accueil;Froid;300 €;100 €\n").tables[0].mapping["Gain"] is None
    assert read(head + "Avant;Site;Lent;On trouve vite;300 €\nPendant;Accueil;Froid;Le sourire;100 €\n").tables[0].mapping["Gain"] == "delight"


def test_encodings_are_called_as_people_know_them():
    book = read("Étape;Point de contact;Satisfaction\nÉté;Fenêtre à gauche;4\nPrivé;Déjà vu;3\n", "a.csv", "mac_roman")
    said = {language: book.problems_in(language).set_index("code").loc["encoding", "message"] for language in ("fr", "en")}
    assert "Ancien Mac" in said["fr"]
    assert "Old Mac" in said["en"]
    assert "roman" not in said["fr"] + said["en"]


def test_what_is_worked_out_under_a_mean_is_nobodys_answer():
    rows = "".join(f"C{n};{12 + n};{10 + n}\n" for n in range(6))
    book = read(f"Client;Accueil /20;Conseil /20\n{rows}Moyenne;14,5;12,5\nÉcart-type;1,9;1,9\nMédiane;14;12\n")
    assert len(book.tables[0].frame) == 6


def test_a_title_tells_the_scale_of_the_marks_under_it():
    rows = "".join(f"R{n};{1 + n % 6};{6 - n % 6 if n else 'SO'}\n" for n in range(8))
    table = read(f"Notez de 1 (mauvais) à 6 (excellent)\nRépondant;Caisse;Parking\n{rows}").tables[0]
    assert table.scales == {"Caisse": (1, 6), "Parking": (1, 6)}


def test_marks_of_a_team_are_no_team_and_a_monthly_cost_is_spent_every_month():
    table = read("Étape;Point de contact;Note client /10;Note équipe /10\nAvant;Site;6;8\nPendant;Accueil;8;9\n").tables[0]
    assert table.mapping["Note équipe /10"] is None
    costs = read("Point de contact;Étape;Coût mise en place;Coût mensuel\nChatbot;Avant;3 000 €;120 €\nHotline;Pendant;0 €;2 400 €\n").tables[0]
    assert (costs.frame["cost"].tolist(), costs.frame["running_cost"].tolist()) == ([3000, 0], [1440, 28800])


def test_a_small_map_of_two_lanes_is_a_map():
    book = read(";Choisir;Acheter;Recevoir\nPoints de contact;Instagram;Site;Colis\nÉmotions;😀;😐;😡\n")
    assert book.tables[0].kind == "journey_grid"
    assert imported(book).touchpoints["touchpoint"].tolist() == ["Instagram", "Site", "Colis"]


def test_a_header_printed_on_every_page_is_the_first_one():
    head = "N°;Date;Objet;Statut\n"
    text = f"Liste des réclamations;;;\n{head}1;03/02/2026;Retard de livraison;Clos\n2;15/02/2026;Produit cassé;Ouvert\n{head}"
    book = read(text + "3;21/02/2026;Erreur de facture;Clos\nPage 1/1;;;\nÉdité le 01/03/2026;;;\n")
    assert imported(book).evidence["text"].tolist() == ["Retard de livraison", "Produit cassé", "Erreur de facture"]


def test_remarks_beside_marks_are_about_the_same_thing_and_ras_is_none():
    head = "Accueil - note;Accueil - commentaire;Caisse - note;Caisse - commentaire\n"
    book = read(head + "4;Souriant et rapide;2;File trop longue\n5;RAS;3;\n3;;4;Néant\n2;Froid;5;\n4;;1;Bip bip\n")
    said = imported(book).evidence
    said = said[said["measure"] == "comment"]
    assert list(zip(said["touchpoint"], said["text"], strict=True)) == [
        ("Accueil", "Souriant et rapide"), ("Caisse", "File trop longue"), ("Accueil", "Froid"), ("Caisse", "Bip bip")]  # fmt: skip


def test_codes_over_the_words_of_questions_are_both_the_header():
    words = ["Très satisfait", "Satisfait", "Peu satisfait", "Insatisfait"]
    rows = "".join(f"{words[n % 4]};{words[3 - n % 4]};\n" for n in range(8))
    answers = imported(read(f"Q1;Q2;Q3\nAccueil du matin;Repas;Vos remarques\n{rows}")).evidence
    assert answers.groupby("touchpoint")["value"].mean().to_dict() == {"Accueil du matin": 3, "Repas": 3}  # 5, 4, 2 and 1


def test_figures_of_indicators_keep_their_figure_beside_a_unit_and_n_is_this_year():
    table = read("Indicateur;N-1;N\nNPS;30;35\nDélai de réponse;36 h;24 h\n").tables[0]
    assert (table.frame["kpi_value"].tolist(), table.frame["kpi_baseline"].tolist()) == ([35, 24], [30, 36])


def test_yes_and_no_under_a_general_question_are_of_the_whole():
    answers = imported(read("Date;Technicien;Client satisfait ?\n03/02/2026;Max;Oui\n15/02/2026;Léo;Non\n20/02/2026;Max;Oui\n")).evidence
    assert (answers["value"].tolist(), set(answers["high"]), answers["touchpoint"].isna().all()) == ([1, 0, 1], {1}, True)
