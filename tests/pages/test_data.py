"""The Data page: what a person corrects, compares, assigns and merges there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis import Project, Store, read
from pages.shell import intake
from tests.pages.conftest import Visit, again, texts

OPTIQUE = Path(__file__).parent.parent / "reading" / "optique_lambert.xlsx"
INVENTORY = "Étape;Point de contact;Impact (1-10)\nAchat;Caisse;7\nAchat;Parking;3\nAprès;Retour;4\n"
SURVEY = "Date;Point de contact;Note (1-5);Commentaire\n" + "".join(
    f"{day:02d}/09/2026;{name};{day % 5 + 1};avis {day}\n"
    for day, name in enumerate(["Caisse"] * 10 + ["Courrier"] * 6 + ["Guichet"] * 4, start=1)
)


def filled(*files: tuple[str, str]) -> Project:
    project = Project.new("Essai", language="fr")
    for name, text in files:
        project = project.apply(project.plan_import(read(text.encode(), name).tables, file=name, author="anne").commands)
    return project


def drop(app: Any, name: str, data: bytes | str) -> Any:
    uploader = next(found for found in app.file_uploader if found.key.startswith("drop_"))
    uploader.upload(name, data.encode() if isinstance(data, str) else data)
    app.run()
    assert not app.exception, [error.message for error in app.exception]
    return app


def widget(kind: Any, label: str) -> Any:
    return next(found for found in kind if label in found.label)


def opened(app: Any, *names: str) -> Any:
    """Open steps of the review by the start of their keys."""
    for expander in app.expander:
        if any(name in expander.label for name in names):
            app.session_state[expander.key] = True
    return app.run()


def test_a_clean_workbook_asks_nothing(app):
    drop(app, "optique_lambert.xlsx", OPTIQUE.read_bytes())
    assert "question" not in " ".join(expander.label for expander in app.expander)
    assert not app.button(key="import").disabled


def test_another_header_row_is_chosen_and_the_columns_are_named_anew(app):
    text = "Suivi;Nos étapes;Cotation\nPoint de contact;Étape;Impact (1-10)\nCaisse;Achat;7\nSite;Achat;3\n"
    drop(app, "suivi.csv", text)
    pending = intake_of(app)
    other = 0 if pending.tables[0].header_rows == [1] else 1
    opened(app, "Ligne d’en-tête")
    widget(app.selectbox, "Ligne d’en-tête").set_value(other).run()
    assert not app.exception
    assert intake_of(app).tables[0].header_rows == [other]


def test_a_header_of_two_rows_is_chosen_and_its_texts_are_joined(app):
    text = "Points;;Attente;\nÉtape;Point de contact;Matin;Soir\nAchat;Caisse;7;2\nAchat;Site;3;4\n"
    drop(app, "a.csv", text)
    opened(app, "Ligne d’en-tête")
    widget(app.selectbox, "Ligne d’en-tête").set_value(0).run()
    widget(app.selectbox, "Jusqu’à la ligne").set_value(1).run()
    assert not app.exception
    table = intake_of(app).tables[0]
    assert table.header_rows == [0, 1]
    assert {"Attente Matin", "Attente Soir"} <= set(table.mapping)


def test_a_header_far_down_can_be_seen_and_chosen(app):
    notes = "".join(f"Note {n};;\n" for n in range(40))
    drop(app, "a.csv", notes + "Nos étapes;Nos points;Cotation\nAchat;Caisse;7\nAchat;Site;3\n")
    opened(app, "Ligne d’en-tête")
    assert max(len(frame.value) for frame in app.dataframe) >= 42
    if intake_of(app).tables[0].header_rows != [40]:
        widget(app.selectbox, "Ligne d’en-tête").set_value(40).run()
    assert intake_of(app).tables[0].header_rows == [40]
    assert "Cotation" in intake_of(app).tables[0].mapping


def intake_of(app: Any) -> intake.Pending:
    return app.session_state["_waiting"].files[0]


def test_a_column_is_given_its_field_then_left_out(app):
    drop(app, "a.csv", "Étape;Point de contact;Poids\nAchat;Caisse;7\nAchat;Site;3\n")
    opened(app, "Colonnes")
    widget(app.selectbox, "Poids").set_value("importance").run()
    assert list(intake_of(app).tables[0].frame["importance"]) == [7, 3]
    widget(app.selectbox, "Poids").set_value("-").run()
    assert "importance" not in intake_of(app).tables[0].frame
    assert "laissée de côté" in texts(app)


def test_a_row_is_moved_from_the_totals_to_the_data(app):
    drop(app, "a.csv", "Étape;Point de contact;Impact;Coût\nAchat;Caisse;4;100\nAchat;Site;2;50\n;Total;6;150\n")
    assert "4 lignes = 2 de données + 1 de totaux + 1 d’en-tête" in texts(app)
    opened(app, "Lignes (")
    widget(app.multiselect, "Lignes à déplacer").set_value([3]).run()
    widget(app.selectbox, "Déplacer vers").set_value("data").run()
    widget(app.button, "Déplacer").click().run()
    assert not app.exception
    assert "4 lignes = 3 de données + 1 d’en-tête" in texts(app)


def test_another_separator_is_chosen_and_the_bytes_go_with_the_import(app):
    drop(app, "a.csv", "Étape;Point de contact;Impact\nAchat;Caisse, accueil;4\nAchat;Site, mobile;2\n")
    assert intake_of(app).data
    opened(app, "Fichier texte")
    widget(app.selectbox, "Séparateur").set_value(",").run()
    assert intake_of(app).book.separator == ","
    widget(app.selectbox, "Séparateur").set_value(";").run()
    app.button(key="import").click().run()
    assert not app.exception
    assert "_waiting" not in app.session_state
    assert list(Store().load(Store().projects()["id"].iloc[0]).touchpoints["touchpoint"]) == ["Caisse, accueil", "Site, mobile"]


def test_indicators_are_imported_as_cards_of_their_lane(app):
    drop(app, "kpi.csv", "Indicateur;Valeur;Cible;Étape\nNPS;32;40;Achat\nTaux de retour;4;3;Achat\n")
    app.button(key="import").click().run()
    assert not app.exception
    project = Store().load(Store().projects()["id"].iloc[0])
    assert project.cards["lane"].tolist() == ["kpi", "kpi"]


def test_personal_data_is_named_with_what_becomes_of_it(app):
    rows = "".join(f"client{n}@exemple.fr;{n % 11};Merci\n" for n in range(12))
    drop(app, "nps.csv", "E-mail;Recommanderiez-vous ? (0 à 10);Pourquoi cette note ?\n" + rows)
    opened(app, "Colonnes")
    assert "changées en pseudonymes" in texts(app)


def test_personal_data_is_said_without_opening_anything(app):
    rows = "".join(f"client{n}@exemple.fr;{n % 11};Merci\n" for n in range(12))
    drop(app, "nps.csv", "E-mail;Recommanderiez-vous ? (0 à 10);Pourquoi cette note ?\n" + rows)
    assert "Données personnelles dans **E-mail**" in texts(app)


NAMELESS = "Découverte;Site web;Web;5;2\nDécouverte;Instagram;Réseaux;4;2\nAchat;Caisse;Boutique;3;3\nAchat;Panier;Web;5;4\n"


def test_a_file_without_a_header_is_guessed_from_its_values_and_agreed_to_in_one_click(app):
    drop(app, "liste.csv", NAMELESS)
    fields = ["stage", "touchpoint", "channel", "impact", "effort"]
    assert list(intake_of(app).tables[0].mapping.values()) == fields
    assert "Aucune ligne ne nomme les colonnes" in texts(app)
    assert "deviné" in texts(app)
    widget(app.button, "C’est bien cela").click().run()
    assert "Aucune ligne ne nomme les colonnes" not in texts(app)
    app.button(key="import").click().run()
    project = Store().load(Store().projects()["id"].iloc[0])
    assert list(project.touchpoints["touchpoint"]) == ["Site web", "Instagram", "Caisse", "Panier"]
    assert [stage.name for _, stage in project.stages_of(project.first_journey)] == ["Découverte", "Achat"]


def test_a_guessed_column_can_be_said_to_be_another(app):
    drop(app, "liste.csv", NAMELESS)
    widget(app.selectbox, "Champ de «\u00a0D").set_value("importance").run()
    assert intake_of(app).tables[0].mapping["D"] == "importance"
    assert "Importance" in texts(app)


def test_a_table_of_which_nothing_is_understood_says_what_to_do_and_shows_its_rows(app):
    drop(app, "a.csv", "".join(f"{word};{word[::-1]};lorem {word}\n" for word in ("abc", "defg", "hij", "klm")))
    assert "De quoi parle ce tableau" in texts(app)
    assert any("abc" in str(frame.value) for frame in app.dataframe)


def test_the_goal_that_conversions_are_counted_from_is_said(app):
    log = "Date;Client;Événement\n" + "".join(f"0{n}/09/2026;C{n};{what}\n" for n in range(1, 8) for what in ("Site web", "Commande"))
    drop(app, "journal.csv", log)
    assert "atteint **Commande**" in texts(app)


def test_what_was_typed_and_chosen_is_there_after_a_look_at_another_page(app):
    drop(app, "a.csv", "Étape;Point de contact;Poids\nAchat;Caisse;7\nAchat;Site;3\n")
    app.text_input(key="new_name").set_value("Ma boutique").run()
    opened(app, "Colonnes")
    widget(app.selectbox, "Poids").set_value("importance").run()
    app.switch_page("home.py").run()
    app.switch_page("data.py").run()
    assert app.text_input(key="new_name").value == "Ma boutique"
    assert intake_of(app).tables[0].mapping["Poids"] == "importance"
    app.button(key="import").click().run()
    assert Store().projects()["name"].tolist() == ["Ma boutique"]
    app.switch_page("home.py").run()
    drop(app, "b.csv", "Étape;Point de contact\nAchat;Caisse\nAchat;Site\n")
    assert app.text_input(key="new_name").value == "b"


def test_a_second_import_shows_each_cell_and_removes_only_on_demand(visit, store):
    app = visit("data", filled(("points.csv", INVENTORY)))
    drop(app, "points.csv", INVENTORY.replace("Caisse;7", "Caisse;9").replace("Achat;Parking;3\n", ""))
    again(app)
    app.selectbox(key="target").set_value(app.project_id).run()
    lines = next(frame.value for frame in app.dataframe if "Avant" in frame.value)
    assert lines[["Statut", "Quoi", "Champ", "Avant", "Après", "Cellule"]].to_numpy().tolist() == [
        ["modifié", "Caisse", "Impact", "7", "9", "C2"],
        ["n’est plus dans le fichier", "Parking", "", "", "", ""],
    ]
    assert [(metric.label, metric.value) for metric in app.metric] == [("Points de contact", "="), ("Scores", "1")]
    app.toggle(key="remove_gone").set_value(True).run()
    app.button(key="import").click().run()
    assert not app.exception
    after = store.load(app.project_id)
    assert list(after.touchpoints["touchpoint"]) == ["Caisse", "Retour"]
    assert after.touchpoints["impact"].tolist() == [9, 4]
    back = store.undo(app.project_id, author=store.history(app.project_id)["author"].iloc[0])
    assert len(back.touchpoints) == 3


def test_what_was_corrected_the_first_time_is_applied_and_said(visit, store):
    from analysis.reading import corrections as correct

    text = "Étape;Point de contact;Poids\nAchat;Caisse;7\nAchat;Site;3\n"
    project = Project.new("Essai", language="fr")
    table = correct.with_field(read(text.encode(), "poids.csv").tables[0], "Poids", "importance")
    app = visit("data", project.apply(project.plan_import([table], file="poids.csv").commands))
    drop(app, "poids_octobre.csv", text.replace("Site;3", "Site;5"))
    app.selectbox(key="target").set_value(app.project_id).run()
    assert "Lu comme vous l’aviez corrigé pour « poids.csv »" in texts(app).replace("\u00a0", " ")
    assert "importance" in intake_of(app).tables[0].frame


def test_a_column_more_than_the_last_time_is_said(visit, store):
    from analysis.reading import corrections as correct

    text = "Étape;Point de contact;Poids;Remarque\nAchat;Caisse;7;x\nAchat;Site;3;y\n"
    project = Project.new("Essai", language="fr")
    table = correct.with_field(read(text.encode(), "poids.csv").tables[0], "Poids", "importance")
    app = visit("data", project.apply(project.plan_import([table], file="poids.csv").commands))
    drop(app, "poids_octobre.csv", text.replace("\n", ";Canal\n", 1).replace("x\n", "x;Web\n").replace("y\n", "y;Web\n"))
    app.selectbox(key="target").set_value(app.project_id).run()
    assert "Colonnes nouvelles : **Canal**" in texts(app).replace("\u00a0", " ")


def test_several_names_are_assigned_at_once(visit, store):
    project = filled(("points.csv", INVENTORY), ("avis.csv", SURVEY))
    app = visit("data", project)
    app.button_group(key="labels_touchpoint").set_value(["Courrier", "Guichet"]).run()
    app.selectbox(key="means_touchpoint").set_value(project.touchpoints.set_index("touchpoint")["id"]["Retour"]).run()
    app.button(key="assign_touchpoint").click().run()
    assert not app.exception
    assert (store.load(app.project_id).evidence["touchpoint"] == "Retour").sum() == 20


def test_a_touchpoint_is_made_of_a_name(visit, store):
    app = visit("data", filled(("points.csv", INVENTORY), ("avis.csv", SURVEY)))
    app.button_group(key="labels_touchpoint").set_value(["Guichet"]).run()
    app.selectbox(key="means_touchpoint").set_value("+").run()
    app.button(key="assign_touchpoint").click().run()
    assert not app.exception
    assert "Guichet" in set(store.load(app.project_id).touchpoints["touchpoint"])


def test_duplicates_are_merged(visit, store):
    project = filled(("points.csv", INVENTORY), ("avis.csv", SURVEY))
    known = project.touchpoints.set_index("touchpoint")["id"]
    app = visit("data", project)
    app.selectbox(key="keep_3").set_value(known["Caisse"]).run()
    app.multiselect(key=f"others_3_{known['Caisse']}").set_value([known["Parking"]]).run()
    app.button(key="merge").click().run()
    assert not app.exception
    assert list(store.load(app.project_id).touchpoints["touchpoint"]) == ["Caisse", "Retour"]


def test_templates_are_offered_in_the_language_of_the_page(visit):
    app = visit("data", language="en")
    found = [child for child in app.get("download_button") if "Support tickets" in child.proto.label]
    assert len(found) == 1


def test_answers_that_cannot_be_told_are_asked_and_wait(visit, store):
    head = "Accueil : quelle est votre satisfaction ? (1 à 5);Recommanderiez-vous ? (0 à 10)\n"
    rows = [f"{n % 3 + 1};{n % 4 + 5}\n" for n in range(24)]
    app = visit("data", filled(("avis.csv", head + "".join(rows))))
    drop(app, "avis.csv", head + "".join([*rows[:3], "5;8\n", *rows[4:]]))
    app.selectbox(key="target").set_value(app.project_id).run()
    asked = app.radio(key="same_people")
    assert "1 ligne du fichier pourrait être une réponse que le projet a déjà" in asked.label
    assert app.button(key="import").disabled
    app.radio(key="same_people").set_value(True).run()
    assert not app.button(key="import").disabled
    app.button(key="import").click().run()
    assert not app.exception
    assert store.load(app.project_id).evidence["respondent"].nunique() == 24


def test_answers_that_changed_are_shown_cell_by_cell(visit, store):
    app = visit("data", filled(("points.csv", INVENTORY), ("avis.csv", SURVEY)))
    drop(app, "avis.csv", SURVEY.replace("03/09/2026;Caisse;4", "03/09/2026;Caisse;1"))
    app.selectbox(key="target").set_value(app.project_id).run()
    lines = next(frame.value for frame in app.dataframe if "Avant" in frame.value)
    assert lines[["Statut", "Nature", "Quoi", "Champ", "Avant", "Après", "Cellule"]].to_numpy().tolist() == [
        ["modifié", "Réponse", "Caisse", "Note (1-5)", "4", "1", "C4"],
    ]


def test_a_new_project_is_the_one_that_was_planned_under_the_name_given(app):
    drop(app, "a.csv", INVENTORY)
    app.text_input(key="new_name").set_value("Boutique de Lyon").run()
    app.button(key="import").click().run()
    assert not app.exception
    assert Store().projects()["name"].tolist() == ["Boutique de Lyon"]


def test_a_comparison_that_was_stopped_can_be_taken_up_again(app, monkeypatch):
    from pages.shell import comparing

    monkeypatch.setattr(comparing, "PATIENCE", 0.0)
    drop(app, "a.csv", INVENTORY)
    known = app.session_state["_comparing"]
    known.cancel.set()
    known.wait(30)
    known.plans.clear()
    app.run()
    assert "La comparaison a été arrêtée" in texts(app)
    monkeypatch.setattr(comparing, "PATIENCE", 60.0)
    app.button(key="compare_again").click().run()
    assert not app.button(key="import").disabled


def test_what_was_read_is_freed_when_it_is_imported(app):
    import gc
    import sys
    import weakref

    data = INVENTORY.encode() + b";;;\n" * 1000
    before = sys.getrefcount(data)
    app.session_state["_drop_turn"] = 0
    drop(app, "a.csv", data)
    pending = intake_of(app)
    grid, book, held = weakref.ref(pending.tables[0].grid), weakref.ref(pending.book), sys.getrefcount(pending.data)
    assert held >= 2
    plans = weakref.ref(app.session_state["_comparing"].plans[0])
    del pending
    app.button(key="import").click().run()
    assert not app.exception
    assert not [key for key in ("_comparing", "_fresh_project") if key in app.session_state]
    gc.collect()
    assert (grid(), book(), plans()) == (None, None, None)
    assert sys.getrefcount(data) <= before + 1


def test_the_card_of_a_survey_says_its_nps_with_n_and_interval(visit: Visit) -> None:
    from tests.project.test_indices import nps_of

    app = visit("data", nps_of([10, 10, 9, 9, 10, 8, 7, 2, 0, 6]), "en")
    assert "NPS\u00a0+20 · n\u00a0=\u00a010 · 95% interval" in texts(app)
    assert "Promoters 50% · passives 20% · detractors 30%" in texts(app)


def test_the_top_of_the_map_says_the_nps_and_what_the_map_of_a_survey_lacks(visit: Visit) -> None:
    from tests.project.test_indices import nps_of

    app = visit("journey", nps_of([10, 10, 9, 9, 10, 8, 7, 2, 0, 6]), "en")
    assert "NPS\u00a0+20 · n\u00a0=\u00a010" in texts(app)
    assert "This map has no touchpoints yet" in texts(app)


def test_the_map_of_a_survey_without_stages_says_where_its_touchpoints_are(visit: Visit) -> None:
    unplaced = filled(("avis.csv", SURVEY))
    assert "3 points de contact n’ont pas encore d’étape" in texts(visit("journey", unplaced))
    placed = filled(("i.csv", INVENTORY + "Achat;Caisse 2;5\n"), ("avis.csv", SURVEY))
    assert "pas encore d’étape" not in texts(visit("journey", placed))


def test_whether_a_bare_figure_is_a_share_is_asked(app):
    drop(app, "a.csv", "Point de contact;Taux de conversion\nSite;0,09\nAppli;0,04\nCaisse;0,12\n")
    asked = widget(app.radio, "0,12 veut dire")
    assert asked.value is True
    asked.set_value(False).run()
    assert not app.exception
    assert intake_of(app).tables[0].frame["conversion_rate"].tolist() == [0.09, 0.04, 0.12]


def test_a_scale_that_its_header_turns_is_a_question_with_its_answer_chosen(app):
    drop(app, "a.csv", "Point de contact;Note (1 = très bien, 5 = très mauvais)\nCaisse;1\nSite;5\nTel;3\n")
    assert any("Est-ce juste" in info.value for info in app.info)
    widget(app.radio, "Quel est le bon bout").set_value(False).run()
    assert intake_of(app).tables[0].scales["rating"] == (1, 5)


STAGELESS = "Date;Point de contact;Note (1-5)\n" + "".join(
    f"{n + 1:02d}/09/2026;{['Caisse', 'Site web', 'Zorglub'][n % 3]};{n % 5 + 1}\n" for n in range(21)
)


def test_touchpoints_without_a_stage_are_placed_with_the_import_in_one_click(app):
    drop(app, "avis.csv", STAGELESS)
    assert "3 points de contact n’ont pas d’étape" in texts(app)
    assert "**Achat** — Caisse" in texts(app)
    app.toggle(key="accept_stages").set_value(True).run()
    app.button(key="import").click().run()
    assert not app.exception
    store = Store()
    id = store.projects()["id"].iloc[0]
    placed = store.load(id).touchpoints.set_index("touchpoint")["stage"].fillna("")
    assert placed.to_dict() == {"Caisse": "Achat", "Site web": "Considération", "Zorglub": ""}
    back = store.undo(id, author=store.history(id)["author"].iloc[0])
    assert back.touchpoints.empty


def test_touchpoints_without_a_stage_wait_in_the_tray_with_a_proposal(visit, store):
    app = visit("data", filled(("avis.csv", STAGELESS)))
    app.button(key="stages_accept").click().run()
    assert not app.exception
    again(app)
    assert store.load(app.project_id).touchpoints["stage"].fillna("").tolist() == ["Considération", "Achat", ""]
    lone = next(i for i, place in store.load(app.project_id).table("placement").items() if place.stage is None)
    app.button_group(key="stages_chosen").set_value([lone]).run()
    app.selectbox(key="stages_into").set_value(store.load(app.project_id).stages["id"].iloc[0]).run()
    app.button(key="stages_place").click().run()
    assert not app.exception
    assert "Points de contact sans étape" not in texts(again(app))


LOG = "Date;Client;Événement\n" + "".join(
    f"0{n}/09/2026;C{n};{what}\n" for n in range(1, 8) for what in ("Site web", "Brochure", *(["Visite du showroom"] if n < 4 else []))
)


def conversions(project: Project) -> dict[str, float]:
    rows = project.evidence[project.evidence["measure"] == "converted"]
    return rows.groupby("touchpoint")["value"].sum().to_dict()


def test_the_goal_of_a_log_is_chosen_and_remembered_for_the_next_file(app):
    drop(app, "journal.csv", LOG)
    assert "Aucune conversion n’est comptée" in texts(app)
    widget(app.multiselect, "le but du parcours").set_value(["Visite du showroom"]).run()
    assert "atteint **Visite du showroom**" in texts(app)
    app.button(key="import").click().run()
    assert not app.exception
    project = Store().load(Store().projects()["id"].iloc[0])
    assert conversions(project) == {"Site web": 3.0, "Brochure": 3.0}
    again = project.plan_import(read((LOG + "08/09/2026;C8;Site web\n").encode(), "journal.csv").tables, file="journal.csv")
    assert again.goals == ["Visite du showroom"]
    assert project.plan_import(read(LOG.encode(), "journal.csv").tables, file="journal.csv", goals=[]).goals == []


def test_the_list_of_problems_is_in_the_language_and_holds_no_formula():
    from analysis.language import translator
    from pages.review.rows import listed, problems_of

    book = read("Étape;Point de contact;Impact\nAchat;Caisse;=cmd()\nAchat;Site;3\n;Retour;4\nAchat;Tel;5\n".encode(), "a.csv")
    pending = intake.Pending("a.csv", book, list(book.tables))
    text = listed(problems_of(pending, "fr"), translator("fr")).decode("utf-8-sig")
    assert text.splitlines()[0] == "Gravité;Feuille;Cellule;Colonne;Valeur;Quoi;Ce qui a été fait"
    assert "à vérifier;a;C2;Impact;'=cmd()" in text
