"""Indicators, customers and event logs: where each of them goes in a project."""

from __future__ import annotations

import datetime as dt

import pytest

import analysis
from analysis.project import Change
from analysis.project.filters import Filter, filtered
from analysis.project.indicators import indicator_series

MAP = "Étape;Point de contact;Impact (1-10)\nAchat;Site web;7\nAchat;Boutique;5\nService;E-mail;4\n"


def read(text, name="a.csv"):
    return analysis.read(text.encode(), name).tables


@pytest.fixture
def start():
    project = analysis.Project.new("Essai", language="fr")
    return project.apply(project.plan_import(read(MAP, "points.csv"), file="points.csv").commands)


def imported(project, text, name):
    return project.apply(project.plan_import(read(text, name), file=name).commands)


def plain(texts):
    return [text.replace("\u00a0", " ").replace("\u202f", " ") for text in texts]


# --- indicators -------------------------------------------------------------------------------------------------

KPIS = "Indicateur;Unité;Valeur;Cible;Point de contact;Étape\nTaux de conversion;%;2,5;3;Site web;\nNPS;points;32;40;;Service\n"


def test_indicators_are_cards_of_their_lane_at_their_touchpoint_or_stage(start):
    after = imported(start, KPIS, "kpi.csv")
    cards = after.cards[after.cards["lane"] == "kpi"].set_index("text").sort_index(ascending=False)
    assert plain(cards.index) == ["Taux de conversion : 2,5 % (cible 3 %)", "NPS : 32 points (cible 40 points)"]
    assert list(cards["touchpoint"].fillna("")) == ["Site web", ""]
    assert list(cards["stage"]) == ["Achat", "Service"]
    assert "kpi" in {lane.type for lane in after.table("lane").values()}


def test_a_conversion_rate_is_a_figure_of_its_touchpoint(start):
    after = imported(start, KPIS, "kpi.csv")
    (score,) = [one for one in after.table("score").values() if one.criterion == "conversion"]
    assert (score.value, score.source) == (2.5, "kpi.csv · kpi!C2")


def test_an_action_learns_the_baseline_and_the_target_of_its_indicator(start):
    plan = "Action;Responsable;Échéance;Statut;Indicateur\nRefaire le site;Anne;01/12/2026;à faire;Taux de conversion\n"
    after = imported(imported(start, plan, "plan.csv"), KPIS, "kpi.csv")
    (action,) = after.table("action").values()
    assert (action.kpi_baseline, action.kpi_target) == (2.5, 3)


def test_next_months_figure_changes_the_card_and_makes_no_second_one(start):
    once = imported(start, KPIS, "kpi.csv")
    plan = once.plan_import(read(KPIS.replace("2,5", "2,9"), "kpi.csv"), file="kpi.csv")
    twice = once.apply(plan.commands)
    cards = twice.cards[twice.cards["lane"] == "kpi"]
    assert sorted(plain(cards["text"])) == ["NPS : 32 points (cible 40 points)", "Taux de conversion : 2,9 % (cible 3 %)"]
    assert plan.summary.set_index("kind").loc["card", ["new", "changed", "unchanged"]].tolist() == [0, 1, 1]


def test_of_a_series_the_last_date_counts(start):
    series = "Indicateur;Date;Valeur;Cible;Étape\nNPS;01/09/2026;30;40;Achat\nNPS;01/11/2026;35;40;Achat\nNPS;01/10/2026;33;40;Achat\n"
    after = imported(start, series, "kpi.csv")
    assert plain(after.cards.loc[after.cards["lane"] == "kpi", "text"]) == ["NPS : 35 (cible 40)"]


def test_months_written_as_periods_count_in_their_order_and_all_of_them_are_kept(start):
    lines = [("03/2026", 35), ("01/2026", 30), ("02/2026", 33)]
    after = imported(start, "Mois;Indicateur;Valeur;Cible;Étape\n" + "".join(f"{m};NPS;{v};40;Achat\n" for m, v in lines), "kpi.csv")
    assert plain(after.cards.loc[after.cards["lane"] == "kpi", "text"]) == ["NPS : 35 (cible 40)"]
    series = indicator_series(after)
    assert series["value"].tolist() == [30, 33, 35]
    assert [str(day.date()) for day in series["date"]] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    only = filtered(after, Filter(start=dt.date(2026, 2, 1), end=dt.date(2026, 2, 28)))
    assert indicator_series(only)["value"].tolist() == [33]


def test_a_column_a_month_is_a_series_and_next_months_file_goes_on_with_it(start):
    head, rows = "Indicateur;Unité;Cible;janv. 26;févr. 26", ["Taux de retour;%;3;4,2;3,9", "Panier moyen;€;45;38;39,5"]
    once = imported(start, "\n".join([head, *rows]) + "\n", "bord.csv")
    more = "\n".join([head + ";mars 26", *(row + extra for row, extra in zip(rows, (";3,5", ";41"), strict=True))]) + "\n"
    twice = imported(once, more, "bord.csv")
    series = indicator_series(twice)
    assert series.loc[series["indicator"] == "Taux de retour", "value"].tolist() == [4.2, 3.9, 3.5]
    assert series.loc[series["indicator"] == "Panier moyen", "unit"].unique().tolist() == ["€"]


# --- customers --------------------------------------------------------------------------------------------------

SURVEY = "Identifiant client;Date;Recommanderiez-vous ? (0 à 10);Pourquoi cette note ?\n" + "".join(
    f"C{n:03};{n % 28 + 1:02}/09/2026;{n % 11};avis {n}\n" for n in range(40)
)
CUSTOMERS = "Identifiant client;Segment;Âge;Ville\n" + "".join(
    f"C{n:03};{('Pro', 'Particulier', 'Particulier', 'Particulier')[n % 4]};{20 + n};{('Lyon', 'Lille')[n % 2]}\n" for n in range(60)
)


def test_what_the_customer_table_says_reaches_the_answers_of_the_same_people(start):
    after = imported(imported(start, SURVEY, "nps.csv"), CUSTOMERS, "clients.csv")
    answers = after.evidence
    assert (answers.loc[answers["measure"] == "nps", "attr:Ville"].value_counts().to_dict()) == {"Lyon": 20, "Lille": 20}
    oldest = answers[(answers["measure"] == "nps") & (answers["attr:Âge"] == "59")]
    assert oldest["value"].tolist() == [39 % 11]


def test_segments_are_personas_with_their_share_and_their_answers(start):
    after = imported(imported(start, SURVEY, "nps.csv"), CUSTOMERS, "clients.csv")
    assert {persona.name: persona.share for persona in after.table("persona").values()} == {"Particulier": 75.0, "Pro": 25.0}
    assert after.evidence.query("measure == 'nps'")["persona"].value_counts().to_dict() == {"Particulier": 30, "Pro": 10}


def test_customers_and_answers_of_one_workbook_meet_whatever_the_order_of_the_sheets(start):
    tables = [*read(CUSTOMERS, "clients.csv"), *read(SURVEY, "nps.csv")]
    after = start.apply(start.plan_import(tables, file="tout.xlsx").commands)
    assert after.evidence["attr:Ville"].notna().all()


def test_a_customer_table_a_second_time_changes_nothing(start):
    once = imported(imported(start, SURVEY, "nps.csv"), CUSTOMERS, "clients.csv")
    assert once.plan_import(read(CUSTOMERS, "clients.csv"), file="clients.csv").commands == []


def test_customers_of_whom_nothing_is_known_are_said(start):
    plan = start.plan_import(read(CUSTOMERS.replace("Segment", "Fichier"), "clients.csv"), file="clients.csv")
    assert set(plan.left_out["reason"]) == {"no_customer"}
    assert len(plan.left_out) == 60


# --- event logs -------------------------------------------------------------------------------------------------

LOG = "Date;Identifiant client;Événement;Point de contact\n" + "".join(
    f"{day:02}/09/2026;C{who:03};Visite;{where}\n"
    for day, who, where in [(1, 1, "Site web"), (2, 1, "Site web"), (3, 1, "Boutique"), (4, 2, "Site web"), (5, 3, "Boutique"), (6, 4, "Kiosque")]
)


def test_a_log_measures_reach_and_number_of_contacts_with_their_n(start):
    after = imported(start, LOG, "journal.csv")
    ids = after.touchpoints.set_index("touchpoint")["id"]
    reach, times = after.figures[ids["Site web"], "reach"], after.figures[ids["Site web"], "frequency"]
    assert (reach.value, reach.provenance, reach.n) == (50, "measured", 4)
    assert reach.low == pytest.approx(15.0, abs=0.1)
    assert reach.high == pytest.approx(85.0, abs=0.1)
    assert (times.value, times.n) == (3, 2)


def test_a_name_of_the_log_without_a_place_waits_in_the_tray(start):
    from analysis.project.merging import open_labels

    plan = start.plan_import(read(LOG, "journal.csv"), file="journal.csv")
    assert plan.unassigned["label"].tolist() == ["Kiosque"]
    assert [label.label for label in open_labels(start.apply(plan.commands))] == ["Kiosque"]


def test_contacts_say_nothing_of_how_anybody_felt(start):
    after = imported(start, LOG, "journal.csv")
    assert after.evidence["emotion"].isna().all()
    assert after.touchpoints["emotion"].isna().all()
    assert analysis.perception_gap(after.evidence).empty


def test_a_log_imported_again_with_one_more_day_counts_once(start):
    once = imported(start, LOG, "journal.csv")
    longer = LOG + "07/09/2026;C001;Visite;Boutique\n"
    after = imported(once, longer, "journal.csv")
    ids = after.touchpoints.set_index("touchpoint")["id"]
    assert after.figures[ids["Boutique"], "frequency"].value == 3
    assert after.figures[ids["Boutique"], "reach"].value == 50
    assert after.plan_import(read(longer, "journal.csv"), file="journal.csv").commands == []


def bought(text):
    return text + "07/09/2026;C001;Achat;Boutique\n08/09/2026;C003;Achat;Boutique\n"


def test_a_log_measures_how_many_of_those_who_met_a_touchpoint_reached_the_goal_then_or_later(start):
    plan = start.plan_import(read(bought(LOG), "journal.csv"), file="journal.csv")
    assert plan.goals == ["Achat"]
    after = start.apply(plan.commands)
    ids = after.touchpoints.set_index("touchpoint")["id"]
    site, shop = after.figures[ids["Site web"], "conversion"], after.figures[ids["Boutique"], "conversion"]
    assert (site.value, site.n, site.provenance) == (50, 2, "measured")  # of C001 and C002 the first bought
    assert (shop.value, shop.n) == (100, 2)
    assert after.plan_import(read(bought(LOG), "journal.csv"), file="journal.csv").commands == []


def test_a_touchpoint_met_only_after_the_goal_converted_nobody(start):
    log = "Date;Client;Événement\n01/09/2026;C1;Site web\n02/09/2026;C1;Commande\n03/09/2026;C1;Boutique\n04/09/2026;C2;Boutique\n"
    after = imported(start, log, "journal.csv")
    ids = after.touchpoints.set_index("touchpoint")["id"]
    assert after.figures[ids["Site web"], "conversion"].value == 100
    assert after.figures[ids["Boutique"], "conversion"].value == 0


def test_a_log_without_a_goal_counts_no_conversion(start):
    plan = start.plan_import(read(LOG, "journal.csv"), file="journal.csv")
    assert plan.goals == []
    assert not [key for key in start.apply(plan.commands).figures if key[1] == "conversion"]


def test_lines_of_a_log_are_no_ratings_to_be_compared(start):
    assert analysis.before_after(imported(start, bought(LOG), "journal.csv")).attrs["n_before"] == 0


def test_people_of_a_log_are_no_respondents(start):
    from analysis.project.views import journey_facts

    plan = start.plan_import(read(LOG, "journal.csv"), file="journal.csv")
    assert plan.summary.set_index("kind")["new"].to_dict() == {"contact": 4, "touchpoint": 0}
    assert journey_facts(start.apply(plan.commands))["respondents"] == 0


def test_a_person_who_answers_about_several_touchpoints_in_lines_of_a_long_form_is_one_and_stays_unnamed() -> None:
    lines = ["Répondant;Qui répond;Étape;Point de contact;Importance (1-10)"]
    lines += [
        f"Anne Morel {n};{'Équipe' if n < 3 else 'Cliente'};Achat;{name};{8 - n % 3}"
        for n in range(8)
        for name in ("Paiement", "Livraison", "Accueil")
    ]
    book = analysis.read("\n".join(lines).encode(), "deux_cotes.csv")
    project = analysis.Project.new("Magasin", language="fr")
    project = project.apply(project.plan_import(book.tables, file="deux_cotes.csv").commands)
    assert book.tables[0].kind == "survey"
    assert (project.evidence["respondent"].nunique(), len(project.evidence)) == (8, 24)
    assert not project.evidence.astype("string").apply(lambda column: column.str.contains("Morel")).any(axis=None)
    again = [*lines[:1], lines[1].replace(";8", ";2"), *lines[2:]]
    plan = project.plan_import(analysis.read("\n".join(again).encode(), "deux_cotes.csv").tables, file="deux_cotes.csv")
    assert plan.summary.set_index("kind").loc["answer", ["new", "changed", "unchanged"]].tolist() == [0, 1, 7]


def test_a_column_that_says_staff_or_customer_gives_the_side_whatever_it_is_called() -> None:
    lines = ["Who;Role;Touchpoint;Stage;Importance;Satisfaction"]
    lines += [f"P{n};{'Team' if n < 6 else 'Customer'};{name};Buy;{9 - n % 3};{6 + n % 3}" for n in range(12) for name in ("Till", "Website")]
    book = analysis.read("\n".join(lines).encode(), "both.csv")
    project = analysis.Project.new("Shop", language="en", stages=["Buy"])
    project = project.apply(project.plan_import(book.tables, file="both.csv").commands)
    assert book.tables[0].kind == "survey"
    gaps = analysis.perception_gap(project.evidence)
    assert set(gaps["touchpoint"]) == {"Till", "Website"}
    assert gaps["gap"].notna().all()


def test_an_action_that_would_cost_less_than_nothing_keeps_its_row_and_its_cost_is_listed(start):
    text = "Action;Responsable;Statut;Coût;Avancement\nRefaire le site;Anne;à faire;-500;40\nFormer;Bob;à faire;900;250\n"
    plan = start.plan_import(read(text, "plan.csv"), file="plan.csv")
    assert plan.unread[["item", "field", "content", "cell"]].values.tolist() == [
        ["Refaire le site", "cost", "-500", "D2"], ["Former", "progress", "250", "E3"],
    ]  # fmt: skip
    after = start.apply(plan.commands).actions.set_index("action")
    assert after["cost"].isna().to_dict() == {"Refaire le site": True, "Former": False}
    assert analysis.export(start.apply(plan.commands), "csv", "fr")


ACTIONS = "Action;Responsable;Statut;Prestataire;Salle\nÉclairer la vitrine;Anne;À faire;Enseignes 44;B12\nFormer;Paul;En cours;;C3\n"
PEOPLE = "Persona;Objectifs;Freins;Animal totem\nClaire, pressée;gagner du temps;prix;guépard\nPaul, fidèle;payer moins;distance;\n"


def notes(project):
    return {action.title: action.notes for action in project.table("action").values()}


def test_columns_without_a_field_are_kept_in_the_notes_of_an_action_and_the_description_of_a_persona(start):
    project = imported(imported(start, ACTIONS, "actions.csv"), PEOPLE, "personas.csv")
    assert notes(project) == {"Éclairer la vitrine": "Prestataire\u00a0: Enseignes 44\nSalle\u00a0: B12", "Former": "Salle\u00a0: C3"}
    assert {one.name: one.description for one in project.table("persona").values()} == {
        "Claire, pressée": "Animal totem\u00a0: guépard",
        "Paul, fidèle": "",
    }


def test_the_same_columns_again_change_nothing_and_what_the_app_has_noted_since_stays(start):
    project = imported(imported(start, ACTIONS, "actions.csv"), PEOPLE, "personas.csv")
    for text, name in ((ACTIONS, "actions.csv"), (PEOPLE, "personas.csv")):
        assert project.plan_import(read(text, name), file=name).summary[["new", "changed"]].to_numpy().sum() == 0
    id = next(id for id, action in project.table("action").items() if action.title == "Former")
    project = project.apply(Change("action", id, {"notes": "Voir avec le syndicat\nSalle\u00a0: C3"}))
    again = imported(project, ACTIONS.replace("C3", "D4"), "actions.csv")
    assert notes(again)["Former"] == "Voir avec le syndicat\nSalle\u00a0: D4"


def test_a_comment_and_other_columns_stand_in_the_notes_together(start):
    text = "Action;Statut;Commentaire;Salle\nFormer;À faire;rappeler Zoé au +33 6 45 67 89 01;C3\n"
    project = imported(start, text, "actions.csv")
    assert notes(project) == {"Former": "rappeler Zoé au [☎]\nSalle\u00a0: C3"}
    assert project.plan_import(read(text, "actions.csv"), file="actions.csv").summary[["new", "changed"]].to_numpy().sum() == 0
