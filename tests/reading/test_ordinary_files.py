"""What small businesses keep: remarks under one title, a paper questionnaire, a list of complaints, a plan under “What, Who, By when”."""

from __future__ import annotations

import analysis
from analysis import Project


def table(text, name="suivi.csv"):
    return analysis.read(text.encode(), name).tables[0]


def imported(found):
    project = Project.new("Boutique", language="fr")
    return project.apply(project.plan_import([found]).commands)


def test_a_list_of_remarks_under_one_title_is_not_cut_at_its_commas():
    found = table("Verbatims clients\nSuper boutique, personnel adorable\nParfait\nMoyen, site lent, 4,5 sur 10\nAu top\n")
    assert found.kind == "comments"
    assert list(found.mapping) == ["Verbatims clients"]
    assert list(imported(found).evidence.text)[::2] == ["Super boutique, personnel adorable", "Moyen, site lent, 4,5 sur 10"]
    assert list(table("Name, Note\nAna, 4\nBob, 5\n").mapping) == ["Name", "Note"]


def test_what_people_liked_and_did_not_is_kept_word_for_word():
    rows = [
        f"{n};{note};{plu};{moins}" for n, (note, plu, moins) in enumerate([(9, "La vue", ""), (8, "", "Le bruit"), (4, "Calme", "WiFi")])
    ]
    found = table("\n".join(["Chambre;Note sur 10;Ce qui a plu;Ce qui a déplu", *rows]))
    assert found.mapping["Ce qui a plu"] == "delight"
    assert found.mapping["Ce qui a déplu"] == "pain"
    assert found.kind == "comments"
    evidence = imported(found).evidence
    assert set(evidence.text.dropna()) == {"La vue", "Le bruit", "Calme", "WiFi"}
    assert sorted(evidence.value.dropna()) == [4, 8, 9]


def test_the_days_of_a_stay_are_not_the_names_of_touchpoints():
    rows = [f"{n} au {n + 2} avril;{n};La vue;Le bruit" for n in range(3, 9)]
    found = table("\n".join(["Séjour;Note sur 10;Ce qui a plu;Ce qui a déplu", *rows]))
    assert found.mapping["Séjour"] is None
    assert found.kind == "comments"


def test_a_gain_in_figures_is_an_impact_and_how_much_is_a_cost():
    found = table("Point de contact;Gain;Effort;Combien\nVitrine;2;5;80\nCaisse;5;1;6000\nAccueil;3;3;0\n")
    assert found.mapping == {"Point de contact": "touchpoint", "Gain": "impact", "Effort": "effort", "Combien": "cost"}
    assert table("Étape;Point de contact;Gain\nAchat;Vitrine;Un conseil\nAchat;Caisse;Du temps\n").mapping["Gain"] == "delight"


def test_difficulty_in_words_is_an_effort_and_difficulties_in_sentences_are_pain_points():
    assert table("Moment;Interaction;Difficulté\navant;Page web;facile\naprès;Coupe;difficile\n").mapping["Difficulté"] == "effort"
    assert table("Étape;Point de contact;Difficultés\nAchat;Caisse;Attente\nAchat;Site;Lenteur\n").mapping["Difficultés"] == "pain"


def test_actions_beside_thoughts_and_emotions_are_what_customers_do():
    found = table(
        "Étape;Actions;Points de contact;Pensées;Émotion\nBesoin;Il cherche;Google;Au secours;énervé\nContact;Il appelle;Standard;Enfin;content\n"
    )
    assert found.mapping["Actions"] == "step"


def test_what_who_by_when_is_a_list_of_actions():
    found = table("#,What,Who,By when,Priority\n1,Rewrite welcome email,Anna,2026-05-01,High\n2,Add live chat,Ben,2026-06-15,Low\n")
    assert found.kind == "actions"
    assert found.mapping["What"] == "action"
    assert set(imported(found).actions.action) == {"Rewrite welcome email", "Add live chat"}


def test_marks_in_french_initials_are_answers():
    rows = [
        f"{n};{a};{b};merci"
        for n, (a, b) in enumerate(zip(["TB", "B", "M", "TB", "B", "B"], ["I", "TB", "M", "B", "B", "TB"], strict=True))
    ]
    found = table("\n".join(["n° questionnaire;Accueil;Propreté;Remarque", *rows]))
    assert found.kind == "survey"
    assert {"Accueil", "Propreté"} <= set(imported(found).evidence.touchpoint.dropna())


def test_the_age_of_respondents_is_no_stage():
    ages = ["18-24 ans", "25-34 ans", "35-44 ans"]
    rows = [f"{3 + n % 3},{4 - n % 2},{ages[n % 3]}" for n in range(12)]
    found = table("\n".join(["Êtes-vous satisfait ?,Reviendrez-vous chez nous ?,Votre âge", *rows]))
    assert "stage" not in found.mapping.values()


def test_a_list_of_complaints_with_how_grave_and_where_is_read_as_what_customers_said():
    rows = [f"0{n}/03/2026;Meuble rayé n° {n};Livraison;forte;avoir;1{n}/03/2026;10" for n in range(1, 8)]
    found = table("\n".join(["Reçue le;Objet de la réclamation;Étape concernée;Gravité;Réponse apportée;Traitée le;Délai (jours)", *rows]))
    assert found.kind == "comments"
    evidence = imported(found).evidence
    assert len(evidence) == 7
    assert set(evidence.stage) == {"Livraison"}


def test_tickets_that_name_a_touchpoint_again_and_again_are_no_list_of_touchpoints():
    rows = [f"#{n},{n:02}/03/2026,solved,chat,parcel lost,{('Delivery', 'Returns')[n % 2]},{n}" for n in range(10, 22)]
    found = table("\n".join(["ref,opened,status,channel,issue,touchpoint,minutes", *rows]))
    assert found.kind == "comments"
    assert found.mapping["issue"] == "comment"
    assert found.mapping["minutes"] == "duration"
    assert set(imported(found).evidence.touchpoint) == {"Delivery", "Returns"}


def test_of_a_ticket_the_reason_that_comes_back_is_its_family_and_the_description_its_words():
    rows = [f"T-{n};{n:02}/03/2026;Facture;Clos;P2;Le client {n} signale un problème" for n in range(10, 22)]
    found = table("\n".join(["N° ticket;Date ouverture;Motif;Statut;Priorité;Description", *rows]))
    assert found.kind == "comments"
    assert (found.mapping["Motif"], found.mapping["Description"]) == ("family", "comment")


def test_an_effort_in_days_is_no_degree():
    found = table("Point de contact;Impact;Effort interne (j/h);Effort (jours)\nVitrine;4;12,5;12,5\nSalon;6;3;3\nAccueil;2;1;1\n")
    assert found.mapping["Effort interne (j/h)"] is None or found.mapping["Effort interne (j/h)"] == "effort_days"
    assert "effort" not in found.mapping.values()


def test_contact_beside_grades_and_stages_is_the_touchpoint():
    found = table(
        "Étape;Contact;Canal;Note client;Gain attendu;Charge\nAvant;Appel accueil;tél;4/5;++;+\nAvant;Visite agence;agence;3/5;+;++\nAprès;Relance;mail;2/5;+++;+\n"
    )
    assert found.mapping["Contact"] == "touchpoint"
    assert found.kind == "touchpoints"


def test_a_level_of_difficulty_in_words_is_an_effort():
    found = table(
        "Points de contact;Intérêt client;Niveau de difficulté\nSite;élevé;faible\nDevis;moyen;élevé\nChantier;très élevé;moyen\n"
    )
    assert found.mapping == {"Points de contact": "touchpoint", "Intérêt client": "impact", "Niveau de difficulté": "effort"}


def test_the_total_amount_of_a_customer_is_a_revenue():
    rows = [f"Nom{n};x{n}@free.fr;{100 + n},5;Pro" for n in range(8)]
    assert table("\n".join(["Client;Adresse mail;Montant total;Type de client", *rows])).mapping["Montant total"] == "revenue"
    assert table("Point de contact;Étape;Impact;Montant total\nSite;Achat;3;500\nCaisse;Achat;4;200\n").mapping["Montant total"] == "cost"
