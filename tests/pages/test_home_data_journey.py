"""Home, Data and Journey as Streamlit's AppTest sees them: from a dropped workbook to a drawn map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis import Project, Store, read
from analysis.project import edits
from pages.components import journey_events as events
from pages.components.journey_commands import commands_for
from pages.review.rows import line

OPTIQUE = Path(__file__).parent.parent / "reading" / "optique_lambert.xlsx"


def texts(app: Any) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def button(app: Any, label: str) -> Any:
    return next(found for found in app.button if found.label == label)


@pytest.fixture
def project(home: Path) -> str:
    return Store().create(Project.new("Boutique", language="fr"), author="Anne")


def test_a_newcomer_sees_a_drop_zone_an_example_and_an_empty_start(app):
    assert not app.exception
    assert "Essayer l’exemple" in [found.label for found in app.button]
    assert "Partir de zéro" in [found.label for found in app.button]
    assert len(app.file_uploader) >= 1


def test_start_empty_opens_a_map_with_the_six_default_stages(app, home):
    button(app, "Partir de zéro").click().run()
    assert not app.exception
    assert "6 étapes · 0 point de contact" in texts(app)
    assert list(Store().load(Store().projects()["id"].iloc[0]).stages["stage"])[:2] == ["Sensibilisation", "Considération"]


def test_the_example_opens_a_map_that_is_full(app):
    button(app, "Essayer l’exemple").click().run()
    assert not app.exception
    project = Store().load(Store().projects()["id"].iloc[0])
    assert 25 <= len(project.touchpoints) <= 40
    assert project.evidence["respondent"].nunique() >= 200


def test_a_dropped_workbook_is_reviewed_before_anything_is_written(app):
    app.file_uploader(key="drop_0").upload("optique_lambert.xlsx", OPTIQUE.read_bytes()).run()
    assert not app.exception
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown == {"Étapes": "6", "Points de contact": "19", "Scores": "133", "Cartes": "15", "Répondants": "214"}
    assert "33 lignes = 19 de données + 7 de totaux + 3 de notes + 3 vides + 1 d’en-tête" in texts(app)
    assert Store().projects().empty


def test_rows_set_aside_carry_the_numbers_that_excel_shows():
    table = read(OPTIQUE).tables[0]
    first = (table.rows == "total").to_numpy().argmax()
    assert (table.grid.sheet_row(int(first)), line(table, int(first))) == (9, "Sous-total Sensibilisation | 12")  # the list of doubts says B9


def test_one_click_later_the_map_is_drawn(app):
    app.file_uploader(key="drop_0").upload("optique_lambert.xlsx", OPTIQUE.read_bytes()).run()
    app.button(key="import").click().run()
    assert not app.exception
    assert "6 étapes · 19 points de contact · 15 irritants · 214 répondants" in texts(app)


def test_a_file_that_cannot_be_read_gets_a_sentence(app):
    app.file_uploader(key="drop_0").upload("vide.xlsx", b"").run()
    assert not app.exception
    assert "Ce fichier est vide" in texts(app)


def test_the_same_pages_speak_english(app):
    app.query_params["lang"] = "en"
    app.run()
    assert "Start empty" in [found.label for found in app.button]
    app.file_uploader(key="drop_0").upload("optique_lambert.xlsx", OPTIQUE.read_bytes()).run()
    assert "33 rows = 19 of data + 7 totals + 3 notes + 3 blank + 1 header" in texts(app)


def test_an_opened_project_without_files_says_so(app, project):
    app.switch_page("data.py").run()
    assert "Aucun fichier n’a encore été importé" in texts(app)


def test_home_renames_archives_and_duplicates(app, project):
    app.run()
    app.text_input(key=f"name_{project}").set_value("Boutique de Lyon").run()
    app.button(key=f"copy_{project}").click().run()
    app.button(key=f"archive_{project}").click().run()
    kept = Store().projects().set_index("name")["archived"]
    assert dict(kept) == {"Boutique de Lyon": True, "Boutique de Lyon (copie)": False}


class TestWhatAHandDoes:
    """Each event of the map becomes one edit."""

    @pytest.fixture
    def shop(self) -> Project:
        project = Project.new("Boutique")
        stage = project.stages["id"][0]
        project = project.apply(edits.add_touchpoints(project, project.first_journey, stage, ["Site", "Vitrine"]))
        return project.apply(edits.add_cards(project, project.first_journey, "pain_point", stage, ["Prix", "Attente"]))

    def done(self, project: Project, event: events.Event) -> Project:
        commands, label, _ = commands_for(event, project, project.first_journey, "Anne")
        assert label
        return project.apply(commands)

    def test_dragging_an_emotion_sets_it_by_hand(self, shop):
        stage = shop.stages["id"][2]
        after = self.done(shop, events.EmotionSet("emotion", "1", stage, -1.5))
        row = after.emotions().set_index("stage_id").loc[stage]
        assert (row["value"], row["provenance"]) == (-1.5, "assumed")
        assert self.done(after, events.EmotionReset("emotion_reset", "2", stage)).emotions()["value"].isna().all()

    def test_dragging_a_card_to_another_stage_and_place(self, shop):
        first, second = shop.cards["id"]
        target = shop.stages["id"][1]
        lane = next(id for id, lane in shop.table("lane").items() if lane.type == "pain_point")
        after = self.done(shop, events.CardMoved("move_card", "1", first, target, lane, None, None))
        after = self.done(after, events.CardMoved("move_card", "2", second, target, lane, first, None))
        assert list(after.cards.query("stage_id == @target")["text"]) == ["Attente", "Prix"]

    def test_deleting_a_stage_keeps_what_stood_in_it(self, shop):
        after = self.done(shop, events.Removed("delete_stage", "1", "stage", shop.stages["id"][0]))
        assert len(after.stages) == 5
        assert list(after.touchpoints["touchpoint"]) == ["Site", "Vitrine"]
        assert after.touchpoints["stage"].isna().all()
        assert len(after.cards) == 2

    def test_reordering_stages(self, shop):
        ids = list(shop.stages["id"])
        after = self.done(shop, events.StageMoved("move_stage", "1", ids[3], ids[0]))
        assert list(after.stages["id"]) == [ids[3], ids[0], ids[1], ids[2], ids[4], ids[5]]

    def test_adding_renaming_and_deleting(self, shop):
        stage = shop.stages["id"][0]
        after = self.done(shop, events.TouchpointsAdded("add_touchpoint", "1", stage, ("Appel", "E-mail")))
        placement = after.touchpoints.set_index("touchpoint").loc["Appel", "placement_id"]
        after = self.done(after, events.NameChanged("rename_touchpoint", "2", "touchpoint", placement, "Appel entrant"))
        assert list(after.touchpoints["touchpoint"]) == ["Site", "Vitrine", "Appel entrant", "E-mail"]
        after = self.done(after, events.Removed("delete_touchpoint", "3", "touchpoint", placement))
        assert list(after.touchpoints["touchpoint"]) == ["Site", "Vitrine", "E-mail"]
        after = self.done(after, events.StageAdded("add_stage", "4", "Retour", stage))
        assert next(iter(after.stages["stage"])) == "Retour"


def test_starting_from_a_ready_journey_opens_its_map(app):
    app.button(key="template_hotel").click().run()
    assert not app.exception
    assert "7 étapes · 20 points de contact" in texts(app)
    assert Store().projects()["name"].tolist() == ["Hôtel"]
