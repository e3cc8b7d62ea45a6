"""Touchpoints typed and pasted into a table: what an edit does, and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import Project
from analysis.project import edits
from analysis.project.grid import COLUMNS, apply_edits, delete, grid_frame, lines, move, pasted
from analysis.project.journeys import copy_journey


@pytest.fixture
def shop() -> Project:
    project = Project.new("Boutique", language="fr", stages=["Découverte", "Achat", "Retour"])
    stages = list(project.stages["id"])
    project = project.apply(edits.add_touchpoints(project, project.first_journey, stages[0], ["Vitrine", "Site"], family="marketing"))
    return project.apply(edits.add_touchpoints(project, project.first_journey, None, ["Caisse"]))


def done(project: Project, **what: object) -> Project:
    ids, _ = grid_frame(project, project.first_journey)
    applied = apply_edits(project, ids, what, journey=project.first_journey, language="fr", author="Anne")
    assert applied.refused == []
    return project.apply(applied.commands)


def shown(project: Project) -> pd.DataFrame:
    return grid_frame(project, project.first_journey)[1].set_index("touchpoint")


def test_the_table_shows_the_map_in_its_order_with_words_of_the_language(shop):
    ids, frame = grid_frame(shop, shop.first_journey, "fr")
    assert list(frame["touchpoint"]) == ["Vitrine", "Site", "Caisse"]
    assert list(frame["stage"])[:2] == ["Découverte", "Découverte"]
    assert list(frame["family"])[:2] == ["Marketing", "Marketing"]
    assert (list(frame.columns), list(frame.index), len(ids)) == (list(COLUMNS), [0, 1, 2], 3)
    assert frame[["stage", "impact"]].iloc[2].isna().all()


def test_typing_changes_names_channels_stages_and_lists(shop):
    after = done(
        shop,
        edited_rows={
            0: {"touchpoint": "Vitrine d’angle", "channel": "Rue", "online": "Hors ligne"},
            2: {"stage": "Achat", "family": "Vente"},
        },
    )
    frame = shown(after)
    assert frame.loc["Vitrine d’angle", ["channel", "online"]].tolist() == ["Rue", "Hors ligne"]
    assert frame.loc["Caisse", ["stage", "family"]].tolist() == ["Achat", "Vente"]
    assert after.touchpoints.set_index("touchpoint").loc["Vitrine d’angle", "online"] == False  # noqa: E712


def test_scores_are_read_the_way_french_writes_them(shop):
    after = done(shop, edited_rows={0: {"impact": "7,5", "effort": "3"}, 1: {"impact": "10"}})
    assert after.touchpoints.set_index("touchpoint")[["impact", "effort"]].values.tolist()[0] == [7.5, 3.0]
    assert shown(after).loc["Vitrine", "impact"] == "7,5"
    emptied = done(after, edited_rows={0: {"impact": None}})
    assert pd.isna(emptied.touchpoints["impact"][0])


def test_what_cannot_be_kept_does_not_stop_the_rest(shop):
    ids, _ = grid_frame(shop, shop.first_journey)
    typed = {"edited_rows": {0: {"impact": "12", "effort": "beaucoup", "channel": "Rue"}, 1: {"touchpoint": "  "}}}
    applied = apply_edits(shop, ids, typed, journey=shop.first_journey, author="Anne")
    assert [error.code for error in applied.refused] == ["outside", "not_a_number", "empty_name"]
    after = shop.apply(applied.commands)
    assert after.touchpoints["channel"][0] == "Rue"
    assert list(after.touchpoints["touchpoint"]) == ["Vitrine", "Site", "Caisse"]


def test_rows_are_added_with_their_cells_and_deleted(shop):
    after = done(
        shop,
        added_rows=[{"touchpoint": "E-mail", "stage": "Retour", "impact": "6", "family": "Service client"}, {"channel": "?"}],
        deleted_rows=[1],
    )
    assert list(after.touchpoints["touchpoint"]) == ["Vitrine", "E-mail", "Caisse"]
    row = after.touchpoints.set_index("touchpoint").loc["E-mail"]
    assert (row["stage"], row["impact"], row["family"]) == ("Retour", 6.0, "customer_service")


def test_several_move_together_and_keep_their_order(shop):
    ids, _ = grid_frame(shop, shop.first_journey)
    after = shop.apply(move(shop, ids, shop.stages["id"][2]))
    assert list(after.touchpoints["touchpoint"]) == ["Vitrine", "Site", "Caisse"]
    assert set(after.touchpoints["stage"]) == {"Retour"}
    assert after.apply(move(after, ids[:1], None)).touchpoints["stage"].isna().sum() == 1


def test_deleting_keeps_what_another_journey_still_has(shop):
    commands, _ = copy_journey(shop, shop.first_journey, "Cible", author="Anne")
    both = shop.apply(commands)
    ids, _ = grid_frame(both, both.first_journey)
    after = both.apply(delete(both, ids[:2]))
    assert len(after.placements_of(after.first_journey)) == 1
    assert len(after.touchpoints) == 3
    assert len(shop.apply(delete(shop, grid_frame(shop, shop.first_journey)[0][:2])).touchpoints) == 1


def test_stages_that_share_a_name_are_told_apart(shop):
    twice = shop.apply(edits.add_stage(shop, shop.first_journey, "Achat"))
    after = done(twice, edited_rows={2: {"stage": "Achat (4)"}})
    assert after.touchpoints.set_index("touchpoint").loc["Caisse", "stage_id"] == twice.stages["id"][3]


def test_rows_pasted_from_excel_keep_their_decimals(shop):
    text = "Point de contact\tÉtape\tImpact\tEffort\nVitrine\tDécouverte\t7,5\t3\nBorne\tAchat\t1,5\t2\n"
    after = shop.apply(shop.plan_import(pasted(text, "fr").tables).commands)
    frame = after.touchpoints.set_index("touchpoint")
    assert frame.loc["Vitrine", ["impact", "effort"]].tolist() == [7.5, 3.0]
    assert frame.loc["Borne", ["stage", "impact"]].tolist() == ["Achat", 1.5]
    assert len(frame) == 4


def test_rows_pasted_without_a_header_are_taken_in_the_order_of_the_table(shop):
    text = "Borne\tAchat\tVente\tMagasin\t6\t2\nCaisse\tAchat\tVente\tMagasin\t8\t4\nSAV\tRetour\tService client\tTéléphone\t9\t5\n"
    frame = shop.apply(shop.plan_import(pasted(text, "fr").tables).commands).touchpoints.set_index("touchpoint")
    assert frame.loc["SAV", ["stage", "channel", "impact", "effort"]].tolist() == ["Retour", "Téléphone", 9.0, 5.0]
    assert frame.loc["Borne", "impact"] == 6.0


def test_a_pasted_list_loses_its_bullets_but_not_its_numbers():
    assert lines("• Attente\n1. Prix\n\n- 24 h sans réponse\n  Bruit ") == ["Attente", "Prix", "24 h sans réponse", "Bruit"]
