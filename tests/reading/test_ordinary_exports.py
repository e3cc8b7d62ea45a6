"""Exports and office sheets as they come: grand totals on top, totals of means, legends under the table, counts of people, plans."""

from __future__ import annotations

import pytest

import analysis
from analysis import Project


def table(text, name="export.csv"):
    return analysis.read(text.encode(), name).tables[0]


def imported(found, language="fr"):
    project = Project.new("Boutique", language=language)
    return project.apply(project.plan_import([found]).commands)


def test_a_grand_total_on_top_without_a_name_is_a_total_though_people_come_twice():
    found = table("# Pages\n# 20260101-20260131\n\nChemin,Vues,Utilisateurs actifs,Durée moyenne,Événements clés\n,15230,4210,62.5,310\n"
                  "/,6100,3900,30.2,12\n/produits,5230,2100,45.9,120\n/panier,2100,800,80.1,100\n/contact,1800,700,20.0,78\n")  # fmt: skip
    assert found.rows.value_counts()[["data", "total"]].to_dict() == {"data": 4, "total": 1}


def test_the_last_row_called_total_is_one_though_its_means_are_weighed():
    found = table("Agence;Nb répondants;Note moyenne /10;NPS;% satisfaits\nLille;120;7,8;12;81%\nLyon;95;8,2;25;88%\nBrest;40;6,9;-5;70%\nTotal;255;7,8;14;82%\n")
    assert found.rows.value_counts()["total"] == 1
    assert len(found) == 3
    assert found.kind != "customers"
    assert found.mapping["Nb répondants"] is None


def test_a_last_product_called_total_something_stays():
    assert len(table("Point de contact;Impact;Effort\nSite;4;3\nAccueil;5;2\nTotal confort;9;9\n")) == 3


@pytest.mark.parametrize("header", ["Engaged sessions", "Utilisateurs actifs", "Nombre de clients", "Clients actifs"])
def test_a_number_of_people_or_visits_identifies_nobody(header):
    assert table(f"Channel;Sessions;{header}\nDirect;6345;4000\nSearch;3000;1500\nSocial;2000;900\n").mapping[header] != "customer_id"


def test_a_legend_under_an_inventory_is_no_touchpoint():
    found = table("Point de contact;Phase;Canal;Note /10;Priorité\nVitrine;Découverte;Magasin;7;B\nFacebook;Découverte;Web;5;A\nCaisse;Achat;Magasin;8;C\n\n"
                  "Légende\nA;Priorité haute\nB;Priorité moyenne\nC;Priorité basse\n")  # fmt: skip
    assert list(imported(found).touchpoints["touchpoint"]) == ["Vitrine", "Facebook", "Caisse"]
    assert found.rows.value_counts()["note"] == 4


def test_improvements_that_somebody_leads_until_a_day_are_actions_on_their_touchpoint():
    found = table("Ref,Improvement,Touchpoint,Benefit (H/M/L),Effort (H/M/L),Lead,Target date\nA1,Add live chat,Website,H,M,Jo,30 Jun 2026\n"
                  "A2,Repaint entrance,Store,L,L,Sam,15/05/2026\nA3,Train staff,Returns desk,H,L,Kim,Q3 2026\n")  # fmt: skip
    assert found.kind == "actions"
    actions = imported(found, "en").actions.set_index("action")
    assert actions.loc["Train staff", ["touchpoint", "owner"]].tolist() == ["Returns desk", "Kim"]


def test_the_name_of_a_persona_is_the_persona():
    found = table("Nom du persona;Tranche d'âge;Besoins;Craintes;Phrase clé\nEmma;18-25;Gratuité;Frais cachés;Je veux tout faire\nRoger;65+;Un conseiller;Arnaques;J'aime voir\n")
    assert found.kind == "personas"
    assert found.frame["pain"].tolist() == ["Frais cachés", "Arnaques"]
    assert list(imported(found).personas["persona"]) == ["Emma", "Roger"]


def test_marks_of_one_battery_are_on_one_scale():
    rows = "".join(f"{n + 10}/01/2026;{9 - n % 3};{(10, 7.5, 5)[n % 3]};{(7.5, 10, 5)[n % 3]};{(5, 2.5)[n % 2]}\n" for n in range(6)).replace(".", ",")
    found = table("Review date;Review score;Staff;Cleanliness;Comfort\n" + rows)
    assert found.kind == "survey"
    assert found.mapping["Review score"] == "rating"
    assert {found.scales[name] for name in ("Staff", "Cleanliness", "Comfort")} == {(1, 10)}
    assert {q.high for q in found.questions.values()} == {10}


def test_a_deal_is_no_ticket():
    found = table("Deal - Title;Deal - Value;Deal - Stage;Deal - Status;Person - Email;Organization - Name;Deal - Deal created\n"
                  "Acme;12000;Proposal;Open;ann@acme.com;Acme;2026-01-05\nBolt;3500;Contact;Won;bob@bolt.com;Bolt;2026-01-07\n")  # fmt: skip
    assert found.kind == "customers"
    assert found.mapping["Deal - Value"] == "revenue"


def test_boards_of_tasks_are_actions_whatever_they_call_them():
    notion = table("Name,Status,Assign,Due,Tags,Effort,Impact\nPage contact,In progress,Lou,\"April 30, 2026\",Site,M,High\nFAQ,Done,Max,,SAV,L,Low\n")
    assert list(imported(notion).actions["action"]) == ["FAQ", "Page contact"]
    asana = table("Task ID,Name,Section/Column,Assignee,Start Date,Due Date,Projects,Parent task\n12,Shorten the form,Doing,Ann,,2026-03-15,CX,\n"
                  "13,Call back,Done,Bob,,2026-02-10,CX,\n")  # fmt: skip
    assert list(imported(asana).actions["action"]) == ["Call back", "Shorten the form"]


@pytest.mark.parametrize("head", ["Canaux et points de contact", "Points de contact / canaux", "Touchpoints & channels"])
def test_a_lane_of_channels_and_touchpoints_names_the_touchpoints(head):
    found = table(f"Étapes du parcours;Déclaration;Expertise\nActions du client;Appelle;Reçoit l'expert\n{head};Appli mobile;Expert\nIrritants;;Délai\nÉmotion;😀;😟\n")
    assert found.kind == "journey_grid"
    assert list(imported(found).touchpoints["touchpoint"]) == ["Appli mobile", "Expert"]


def test_marks_of_touchpoints_beside_their_stage_and_who_gave_them_are_answers():
    places = [("Browse", "Website"), ("Buy", "Checkout"), ("Receive", "Courier")]
    rows = "".join(f"2026-02-{n + 1:02},C{n},{places[n % 3][0]},{places[n % 3][1]},{1 + n % 7},{'slow' if n % 2 else ''}\n" for n in range(12))
    found = table("response_date,customer,journey_stage,touchpoint,ease_of_use_1_7,comment\n" + rows)
    assert found.kind == "survey"
    project = imported(found, "en")
    assert list(project.stages["stage"]) == ["Browse", "Buy", "Receive"]
    marks = project.evidence[project.evidence["measure"] == "ces"]
    assert marks.groupby("touchpoint")["value"].mean().to_dict() == {"Checkout": (2 + 5 + 1 + 4) / 4, "Courier": 16 / 4, "Website": 15 / 4}
    assert marks["high"].eq(7).all()


def test_touchpoints_that_come_back_with_marks_and_words_are_answers_though_nobody_is_named():
    rows = "".join(f"Achat;{('Caisse', 'Conseil')[n % 2]};{1 + n % 5};{'bien' if n % 2 else 'long'}\n" for n in range(8))
    assert table("Étape;Point de contact;Note;Commentaire\n" + rows).kind == "survey"
    once = "".join(f"Achat;Point {n};{1 + n % 5};long\n" for n in range(8))
    assert table("Étape;Point de contact;Note;Commentaire\n" + once).kind == "touchpoints"


def test_american_complaints_have_two_days_and_what_was_done_is_not_what_they_said():
    found = table("Complaint #,Date Received,Customer Name,Store,Complaint Details,Severity,Resolution,Date Resolved,Satisfied? (Y/N)\n"
                  "1,01/15/2026,Ann Ray,Austin,Cashier was rude,High,Apology and voucher,01/18/2026,Y\n"
                  "2,01/22/2026,Bob Lee,Dallas,Wrong item shipped,Medium,Replacement,01/30/2026,N\n")  # fmt: skip
    assert found.kind == "comments"
    assert [str(day)[:10] for day in found.frame["end_date"]] == ["2026-01-18", "2026-01-30"]
    assert set(imported(found, "en").evidence["text"].dropna()) == {"Cashier was rude", "Wrong item shipped"}


def test_quotations_are_nobodys_words():
    found = table("N° devis;Date;Client;Objet;Montant HT;Statut\nDV01;06/01/2026;Roy;Salle de bain;8200;Accepté\nDV02;19/01/2026;Bel;Chaudière;3900;Refusé\n")
    assert found.kind == "customers"


def test_one_persona_on_a_sheet_can_be_turned():
    found = table("FICHE PERSONA;\nNom;Sophie\nÂge;38 ans\nMétier;Infirmière\nObjectifs;Gagner du temps\nFrustrations;Horaires trop courts\n")
    assert found.transposed
    assert found.turned().kind == "personas"


def test_weeks_that_are_counted_one_after_the_other_give_the_last():
    found = table("Indicateur;S1;S2;S3;S4;Cible\nAppels reçus;320;298;340;310;\nTaux de décroché (%);81;84;79;86;90\n")
    assert found.frame["kpi_value"].tolist() == [310, 86]
    assert table("Indicateur;S1;S2\nNPS;30;34\nCSAT;4,1;4,2\n").frame["kpi_value"].tolist() == [34, 4.2]


def test_faces_that_people_press_are_marks():
    faces = ["😡", "😕", "😐", "🙂", "😍"]
    found = table("date;borne;vote\n" + "".join(f"{13 + n}/02/2026;Accueil;{faces[n % 5]}\n" for n in range(10)))
    assert found.kind == "survey"
    assert found.frame["satisfaction"].mean() == 3


def test_the_body_of_a_mail_is_what_somebody_wrote():
    found = table("Objet;Corps;De : (adresse);Reçu\nColis;Bonjour, je n'ai rien reçu.;a@free.fr;13/02/2026 09:12\nFacture;Merci de la corriger.;l@free.fr;14/02/2026 10:02\n")
    assert found.kind == "comments"
    assert found.mapping["Corps"] == "comment"


def test_pain_or_gain_says_how_a_remark_sounds():
    found = table("Date;Participant;Stage;What they said;Pain or gain\n12/01/2026;P1;Search;No prices anywhere;Pain\n14/01/2026;P2;Stay;Lovely staff;Gain\n", "a.csv")
    assert found.mapping["Pain or gain"] == "sentiment_label"
    assert set(imported(found, "en").evidence["text"].dropna()) == {"No prices anywhere", "Lovely staff"}


def test_a_criterion_is_what_each_mark_of_a_visit_is_about():
    found = table("Agence;Critère;Note /20;Commentaire\nLille;Accueil;14;Sourire\nLille;Délai;9;12 min\nLyon;Accueil;17;\nLyon;Délai;13;\n")
    assert found.kind == "survey"
    assert imported(found).evidence.groupby("touchpoint")["value"].mean().dropna().to_dict() == {"Accueil": 15.5, "Délai": 11.0}


def test_a_line_of_dashes_is_no_crash_and_a_remark_that_ends_with_a_comma_stays_whole():
    assert analysis.read(b"-;-\n", "a.csv").tables[0].raw.to_numpy().tolist() == [["-", "-"]]
    assert analysis.read(b'"Oui,"\n"Non,"\n', "a.csv", separator=",").tables[0].raw.to_numpy().tolist() == [["Oui,"], ["Non,"]]


def test_recommended_or_not_is_a_share_of_all_and_no_touchpoint():
    found = table("Date;Auteur;Recommande ?;Avis\n" + "".join(f"{13 + n}/01/2026;A{n};{'Oui' if n % 3 else 'Non'};Texte différent numéro {n}\n" for n in range(6)))
    assert found.scales == {"satisfaction": (0, 1)}
    project = imported(found)
    assert not len(project.touchpoints)
    assert project.evidence["value"].mean() == pytest.approx(4 / 6)


def test_letters_go_from_where_to_where_their_header_says():
    found = table("Date;Cuisine (A à D);Service (A à D)\n" + "".join(f"{13 + n}/02/2026;{'ABCD'[n % 4]};{'DCBA'[n % 4]}\n" for n in range(8)))
    assert found.frame["Cuisine (A à D)"].tolist()[:4] == [5, pytest.approx(3.6667), pytest.approx(2.3333), 1]
    assert [q.touchpoint for q in found.questions.values()] == ["Cuisine", "Service"]


def test_an_effort_in_weeks_is_no_degree():
    found = table("Initiative,Impact (0.25-3),Effort (person-weeks)\nGuest checkout,3,4\nGift wrap,0.5,1\n")
    assert found.kind == "actions"
    assert found.mapping["Effort (person-weeks)"] is None
    assert found.scales["impact"] == (0.25, 3)


def test_a_monday_board_is_a_list_of_actions():
    found = table("Name,Subitems,Person,Status,Date,Timeline - Start,Timeline - End\nFix returns,,Ann,Stuck,2026-03-10,2026-03-01,2026-03-15\n"
                  "New invoice,,Bob,Done,2026-02-20,2026-02-01,2026-02-20\n")  # fmt: skip
    actions = imported(found, "en").actions.set_index("action")
    assert actions["owner"].to_dict() == {"Fix returns": "Ann", "New invoice": "Bob"}


def test_an_emotion_in_figures_beside_a_message_is_what_people_felt():
    found = table("Date Submitted,Source URL,Emotion (1-5),Message\n" + "".join(f"2026-02-{n + 1:02},https://x.fr/,{1 + n % 5},Message {n}\n" for n in range(10)))
    felt = imported(found, "en").evidence
    assert felt.loc[felt["measure"] == "emotion", "value"].mean() == 3


def test_totals_of_groups_of_one_row_are_totals():
    found = table("Point de contact;Étape;Coût annuel;Contacts / mois\nSite;Avant;5000;1200\nSalon;Avant;12000;80\nSous-total Avant;;17000;1280\n\n"
                  "Magasin;Pendant;30000;900\nSous-total Pendant;;30000;900\n\nTOTAL;;47000;2180\n")  # fmt: skip
    assert found.frame["touchpoint"].tolist() == ["Site", "Salon", "Magasin"]
    assert found.rows.value_counts()["total"] == 3


def test_a_touchpoint_called_total_with_a_stage_stays():
    found = table("Point de contact;Étape;Impact\nTotal Access Lyon;Avant;5\nSite;Avant;4\nCaisse;Pendant;2\n")
    assert found.frame["touchpoint"].tolist() == ["Total Access Lyon", "Site", "Caisse"]


def test_stars_in_words_are_marks():
    found = table("Location,Reviewer,Star rating,Review\nLyon,Ana,FIVE,Super accueil\nLyon,Tim,TWO,Trop cher\nNice,Eva,FOUR,\n")
    assert found.frame["rating"].tolist() == [5, 2, 4]


def test_what_stands_after_colon_and_dash_is_what_is_judged():
    rows = "".join(f"2026-02-{n + 1:02},{1 + n % 5},{5 - n % 5}\n" for n in range(9))
    found = table("Date,How satisfied are you with: - Delivery,How satisfied are you with: - Packaging\n" + rows)
    assert [q.touchpoint for q in found.questions.values()] == ["Delivery", "Packaging"]


def test_a_service_out_of_five_beside_a_quality_is_a_thing_of_its_own():
    found = table("Date;Qualité /5;Service /5\n" + "".join(f"{13 + n}/02/2026;{1 + n % 5};{5 - n % 5}\n" for n in range(8)))
    assert [q.touchpoint for q in found.questions.values()] == ["Qualité", "Service"]


def test_projects_with_a_price_and_a_priority_are_actions_on_their_touchpoint():
    found = table("Projet;Point de contact;Investissement;Priorité\nBorne;Accueil;15 000 €;1\nRefonte;Site web;22 k€;2\n")
    assert found.kind == "actions"
    assert imported(found).actions.set_index("action").loc["Refonte", ["touchpoint", "cost"]].tolist() == ["Site web", 22000]


def test_crosses_are_no_number_of_purchases_and_columns_one_to_four_no_stars():
    assert "conversions" not in table("Canal;Découverte;Achat;SAV\nBoutique;x;x;x\nSite;x;x;\nTéléphone;;;x\n").mapping.values()
    assert table("one,two,three,four\n1,2,3,4\n2,2,3,4\n3,2,3,4\n").kind == "unknown"
