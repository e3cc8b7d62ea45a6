"""Tickets, event logs, personas, lists under a title, phases down the page: what tells each of them."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis
from analysis.reading.table import Table


def table(text: str, name: str = "fichier.csv") -> Table:
    return analysis.read(text.encode(), name).tables[0]


def test_a_ticket_list_may_have_a_subject_and_two_dates_only():
    read = table("Sujet;Ouvert le;Fermé le\nPanne;13/02/2025;15/02/2025\nFuite d'eau;17/02/2025;\nBadge perdu;20/02/2025;22/02/2025\n")
    assert read.kind == "comments"
    assert read.mapping == {"Sujet": "description", "Ouvert le": "date", "Fermé le": "end_date"}


@pytest.mark.parametrize(("header", "field"), [
    ("Reçue le", "date"), ("Date d'ouverture", "date"), ("opened_at", "date"), ("Created time", "date"), ("Date de signalement", "date"),
    ("Résolu le", "end_date"), ("Closed time", "end_date"), ("Date de clôture du ticket", "end_date"), ("Issue key", "id"),
    ("N° réclamation", "id"), ("Citation client", "comment"), ("CA 2024", "revenue"), ("Ce qu'il ressent", "emotion"),
])  # fmt: skip
def test_headers_are_told_by_how_they_are_made(header, field):
    days = "13/02/2025", "17/02/2025", "28/02/2025"
    values = days if field in ("date", "end_date") else ("1200", "300", "50") if field == "revenue" else ("un", "deux", "trois")
    read = table(f"Étape;{header}\n" + "".join(f"m{n};{value}\n" for n, value in enumerate(values)))
    assert read.mapping[header] == field


def test_of_one_figure_in_several_years_the_last_counts():
    read = table("Point de contact;Étape;Coût 2023;Coût 2024\nSite;Avant;100;120\nSalon;Avant;50;60\n")
    assert read.frame["cost"].tolist() == [120, 60]


def test_satisfaction_with_a_ticket_makes_no_survey_of_it():
    read = table(
        "Id,Requester email,Subject,Status,Priority,Created at,Satisfaction Score\n1,ann@x.com,Cannot log in,Closed,High,2025-03-01 10:00,Good\n"
        "2,tom@x.com,Late parcel,Open,Normal,2025-03-02 11:00,Bad\n3,al@x.com,Refund,Solved,Low,2025-03-03 15:30,Offered\n"
    )
    assert read.kind == "comments"


def test_what_is_done_at_an_hour_by_who_comes_back_is_an_event():
    read = table("case_id,activity,timestamp\n1,Register,2010-12-30T11:02:00\n1,Decide,2011-01-06T11:18:00\n2,Register,2010-12-30T11:32:00\n")
    assert (read.kind, read.mapping["activity"]) == ("events", "event")
    assert read.frame["date"].iloc[0] == pd.Timestamp("2010-12-30 11:02")


def test_an_export_of_process_mining_is_an_event_log():
    read = table(
        "case:concept:name;concept:name;time:timestamp\nA1;Submit;2024-01-01 10:00:00+01:00\nA1;Approve;2024-01-02 10:00:00+01:00\n"
        "A2;Submit;2024-01-03 09:00:00+01:00\n"
    )
    assert read.kind == "events"
    assert list(read.mapping.values()) == ["customer_id", "event", "date"]


def test_an_action_list_with_a_date_stays_one():
    read = table("Action;Date;Responsable;Statut\nRefaire le site;13/02/2025;Léa;En cours\nFormer;14/02/2025;Tom;Fait\nFormer;15/02/2025;Tom;Fait\n")
    assert read.kind == "actions"


def test_dates_with_the_month_between_slashes():
    read = table("Issue key,Summary,Status,Created\nSUP-1,Access,Open,05/Mar/25 9:14 AM\nSUP-2,Error,Done,06/Mar/25 10:02 PM\n")
    assert read.frame["date"].tolist() == [pd.Timestamp("2025-03-05 09:14"), pd.Timestamp("2025-03-06 22:02")]


def test_beside_a_current_value_a_baseline_is_where_it_comes_from():
    read = table("Metric,Baseline,Current,Target\nNPS,21,34,50\nChurn,8.5%,7.2%,5%\n")
    assert list(read.mapping.values()) == ["kpi", "kpi_baseline", "kpi_value", "kpi_target"]


def test_personas_across_with_a_blank_corner_are_offered_for_turning():
    read = table(";Sophie;Marcel;Inès\nÂge;34;67;22\nMétier;Cadre;Retraité;Étudiante\nObjectifs;Temps;Conseil;Prix\nFrustrations;Étapes;Numérique;Flou\n")
    assert read.transposed
    turned = read.turned()
    assert (turned.kind, turned.frame["persona"].tolist()) == ("personas", ["Sophie", "Marcel", "Inès"])


def test_a_title_says_what_the_names_under_it_are():
    book = analysis.read(
        "Points de contact\nNom;Étape;Satisfaction (/10)\nSite;Avant;6\nBoutique;Pendant;8\n\nPlan d'actions\nAction;Pilote;Date limite\n"
        "Vitrine;Jo;15/05/2025\nFormer;Al;30/06/2025\n".encode(), "deux.csv",
    )  # fmt: skip
    assert [one.kind for one in book.tables] == ["touchpoints", "actions"]
    assert book.tables[0].frame["touchpoint"].tolist() == ["Site", "Boutique"]


def test_phases_down_the_page_are_a_journey_map():
    book = analysis.read(
        "Phase;Actions;Points de contact;Émotions;Irritants\nDécouverte;Cherche;Google, Affiche;Curieux;Prix absent\n"
        "Achat;Paie;Site;Inquiet;Refus\nUsage;Utilise;;Ravi;\n".encode(), "carte.csv",
    )  # fmt: skip
    assert book.tables[0].kind == "journey_grid"
    assert "phases_down" in set(book.problems["code"])
    project = analysis.Project.new("Carte", language="fr")
    project = project.apply(project.plan_import(book.tables).commands)
    assert project.stages["stage"].tolist() == ["Découverte", "Achat", "Usage"]
    assert project.touchpoints["touchpoint"].tolist() == ["Google", "Affiche", "Site"]
    score = next(score for score in project.table("score").values() if project.table("stage")[score.target].name == "Achat")
    assert score.source.endswith("!D3")


def test_who_is_accountable_consulted_and_informed_comes_with_an_action():
    book = analysis.read(b"Initiative,Responsible,Accountable,Consulted,Informed,Deadline\nChat,Digital,CMO,Support,Sales,30/09/2025\n", "a.csv")
    project = analysis.Project.new("Plan", language="en")
    action = project.apply(project.plan_import(book.tables).commands).actions.iloc[0]
    assert [action[name] for name in ("owner", "accountable", "consulted", "informed")] == ["Digital", "CMO", "Support", "Sales"]


def test_crosses_under_names_of_channels_are_the_channels_of_a_touchpoint():
    read = table("Étape;Point de contact;Web;Tél;Boutique\nAvant;Recherche;x;;\nAchat;Conseil;;x;X\nAprès;Relance;;;\n")
    assert read.frame["channel"].tolist()[:2] == ["Web", "Tél, Boutique"]
    assert pd.isna(read.frame["channel"].iloc[2])
    assert not read.personal


def test_the_letters_of_a_raci_matrix_say_who_does_what():
    read = table("Tâche;Chef de projet;Marketing;DSI\nCadrer;R;C;A\nDévelopper;A/R;I;R\n")
    assert read.kind == "actions"
    assert read.frame["owner"].tolist() == ["Chef de projet", "Chef de projet, DSI"]
    assert read.frame["accountable"].tolist() == ["DSI", "Chef de projet"]
    assert [None if pd.isna(one) else one for one in read.frame["informed"]] == [None, "Marketing"]


def cards(text: str) -> list[str]:
    book = analysis.read(text.encode(), "indicateurs.csv")
    assert book.tables[0].kind == "kpis"
    project = analysis.Project.new("KPI", language="en")
    project = project.apply(project.plan_import(book.tables).commands)
    return [card.text for card in project.table("card").values()]


def test_indicators_keep_the_unit_that_stands_in_their_cells():
    assert cards("Metric,Baseline,Current,Target\nChurn,8.5%,7.2%,5%\nHandling time,6m30,5m45,5 min\nSales,12 €,15 €,18 €\n") == [
        "Churn: 7.2% (from 8.5%, target 5%)", "Handling time: 5.75\u00a0min (from 6.5\u00a0min, target 5\u00a0min)",
        "Sales: 15\u00a0€ (from 12\u00a0€, target 18\u00a0€)",
    ]  # fmt: skip


def test_months_may_go_down_the_page_or_stand_over_a_blank_corner():
    down = cards("Mois;Visiteurs;Taux de conversion;NPS\njanv-25;12 400;2,1 %;22\nfévr-25;11 900;2,3 %;24\n")
    assert down == ["Visiteurs: 11,900", "Taux de conversion: 2.3%", "NPS: 24"]
    assert cards(";Janvier;Février;Cible\nTaux de décroché;82 %;85 %;92 %\nNPS;12;15;25\n") == ["Taux de décroché: 85% (target 92%)", "NPS: 15 (target 25)"]


def test_years_of_business_are_periods():
    read = table("Perspective,KPI,Unit,FY23,FY24,FY25 target\nCustomer,CSAT,%,78,81,85\nProcess,Resolution,%,64,69,75\n")
    assert (read.kind, read.mapping["FY24"], read.mapping["FY25 target"], read.mapping["Unit"]) == ("kpis", "kpi_value", "kpi_target", "unit")


def test_a_card_of_a_board_is_an_action():
    read = table("Card ID,Card Name,List Name,Members,Due Date\n5f1,Fix search,To Do,anna,2025-07-01\n5f2,Add FAQ,Doing,bob,2025-07-13\n")
    assert (read.kind, read.frame["action"].tolist()) == ("actions", ["Fix search", "Add FAQ"])


def test_what_is_due_and_has_a_name_is_an_action_whatever_its_project():
    read = table("Name,Section/Column,Assignee,Due Date,Projects\nRewrite e-mails,In progress,Zoe,2025-04-15,CX\nShorten form,Done,Max,2025-03-20,CX\n")
    assert (read.kind, read.frame["action"].tolist()) == ("actions", ["Rewrite e-mails", "Shorten form"])


def test_ideas_with_their_effort_are_actions_to_choose_from():
    read = table("Idée;Étape concernée;Gain client;Effort\nRDV en ligne;Avant;+++;++\nBorne;Arrivée;++;+++\nSMS;Avant;++;+\n")
    assert (read.kind, read.frame["action"].tolist()) == ("actions", ["RDV en ligne", "Borne", "SMS"])


def test_before_during_and_after_are_stages_whatever_the_header():
    read = table("Contact point,When,Effort to fix,Importance\nLanding page,Before,Low,High\nInvoice,During,Low,Low\nHelpdesk,After,High,Med\n")
    assert read.frame["stage"].tolist() == ["Before", "During", "After"]


def test_of_a_complaint_the_day_it_came_is_its_date_and_that_of_the_answer_its_end():
    read = table("Date réception;Objet de la plainte;Date de réponse;Satisfaction client\n03/03/2025;Retard;10/03/2025;Oui\n14/03/2025;Erreur;15/03/2025;Non\n")
    assert (read.kind, read.mapping["Date réception"], read.mapping["Date de réponse"]) == ("comments", "date", "end_date")


def test_what_somebody_proposes_by_a_day_and_at_a_price_is_an_action():
    read = table("Priorité;Irritant;Solution proposée;Porteur;Délai;Coût\n1;File;Caisse;Paul;T3 2025;8 000 €\n2;Étiquettes;Nouvelles;Inès;15/09/2025;450 €\n")
    assert (read.kind, read.mapping["Solution proposée"], read.mapping["Délai"]) == ("actions", "action", "due_date")


def test_a_progress_in_words_is_a_status_and_yes_means_done():
    text = b"Task Name,Progress,Due date\nMap,Completed,15/02/2025\nFix,In progress,30/06/2025\nAsk,no,\n"
    project = analysis.Project.new("Plan", language="en")
    actions = project.apply(project.plan_import(analysis.read(text, "plan.csv").tables).commands).actions.set_index("action")
    assert actions["status"].to_dict() == {"Map": "done", "Fix": "in_progress", "Ask": "to_do"}


def test_rows_that_head_sections_of_indicators_are_their_stages():
    read = table("KPI;2023;2024;Cible\nACQUISITION;;;\nVisites;120;135;150\nLeads;34;39;45\nFIDÉLITÉ;;;\nChurn;8 %;7 %;5 %\nRéachat;31 %;34 %;40 %\n")
    assert read.frame["kpi"].tolist() == ["Visites", "Leads", "Churn", "Réachat"]
    assert read.frame["stage"].tolist() == ["ACQUISITION", "ACQUISITION", "FIDÉLITÉ", "FIDÉLITÉ"]
    assert read.frame["kpi_value"].tolist() == [135, 39, 7, 34]


def test_one_persona_may_stand_as_labels_beside_values():
    turned = table("Persona;Julie\nÂge;38 ans\nProfession;Infirmière\nObjectifs;Temps\nFrustrations;Attendre\n").turned()
    assert (turned.kind, turned.frame["persona"].tolist()) == ("personas", ["Julie"])


def test_tables_beside_each_other_with_a_title_each_are_two():
    book = analysis.read(
        "Points de contact;;;;Personas;;\nNom;Étape;Note /5;;Nom;Besoins;Freins\nSite;Avant;3;;Ana;Vite;Prix\nCaisse;Pendant;2;;Luc;Conseil;Distance\n".encode(),
        "synthese.csv",
    )
    assert [one.kind for one in book.tables] == ["touchpoints", "personas"]


def test_a_cost_by_the_month_is_brought_to_the_year():
    read = table("Point de contact;Étape;Coût récurrent / mois\nSite;Avant;350 €\nConseiller;Pendant;9 800 €\n")
    assert read.frame["running_cost"].tolist() == [4200, 117600]


def test_clauses_about_somebody_say_what_is_wanted_and_what_annoys():
    read = table("Prénom,Âge,Ce qu'il cherche,Ce qui le freine\nLucie,29,Un cadeau,Les frais de port\nGérard,71,Du conseil,Le paiement\n", "Nos personas.csv")
    assert (read.kind, list(read.mapping.values())[2:]) == ("personas", ["need", "pain"])
    assert read.frame["persona"].tolist() == ["Lucie", "Gérard"]


def test_a_difficulty_beside_an_impact_is_an_effort():
    read = table("Action;Impact;Difficulté;Qui;Quand\nHoraires;Fort;Facile;Léa;13/06/2025\nSite;Fort;Difficile;Tom;14/07/2025\n")
    assert read.frame["effort"].tolist() == [2, 4]


def test_a_log_may_tell_the_beginning_and_the_end_of_each_stage():
    read = table("dossier_id;etape;debut;fin;agent\nA-1;Réception;2025-01-02 08:00;2025-01-02 08:20;u1\nA-1;Contrôle;2025-01-02 09:00;2025-01-02 10:30;u2\n"
                 "A-2;Réception;2025-01-03 08:10;2025-01-03 08:25;u1\n")  # fmt: skip
    assert (read.kind, read.mapping["etape"], read.mapping["debut"]) == ("events", "event", "date")
