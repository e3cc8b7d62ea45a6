"""Duplicates merged with their evidence, labels given their place, and what a second import must not undo."""

from __future__ import annotations

import pytest

import analysis
from analysis.errors import InvalidCommand
from analysis.project import edits
from analysis.project.merging import assign_labels, create_from_labels, look_alikes, merge_touchpoints, open_labels

INVENTORY = """Étape;Point de contact;Impact (1-10);Effort (1-10);Irritants;Canal
Avant;E-mail;6;2;Trop long;
Avant;Mail;3;;Indésirables;Web
Après;Appel;4;4;;Téléphone
"""
SURVEY = "Date;Point de contact;Note (1-5);Commentaire\n" + "".join(
    f"{day:02d}/09/2026;{name};{day % 5 + 1};avis {day}\n"
    for day, name in enumerate(["Mail"] * 10 + ["Courrier"] * 6 + ["Guichet"] * 4, start=1)
)


def imported(project, text, name, **how):
    return project.apply(project.plan_import(analysis.read(text.encode(), name).tables, file=name, author="Anne", **how).commands)


@pytest.fixture(scope="module")
def project():
    return imported(imported(analysis.Project.new("Essai"), INVENTORY, "points.csv"), SURVEY, "avis.csv")


def ids(project):
    return project.touchpoints.set_index("touchpoint")["id"]


def test_merging_brings_answers_cards_figures_and_facts_together(project):
    known = ids(project)
    after = project.apply(merge_touchpoints(project, known["E-mail"], [known["Mail"]]))
    assert list(after.touchpoints["touchpoint"]) == ["E-mail", "Appel"]
    row = after.touchpoints.set_index("touchpoint").loc["E-mail"]
    assert (row["impact"], row["effort"], row["channel"], row["pain_points"]) == (6, 2, "Web", 2)
    assert (after.evidence["touchpoint"] == "E-mail").sum() == (project.evidence["touchpoint"] == "Mail").sum() == 20
    assert sorted(after.cards["text"]) == ["Indésirables", "Trop long"]


def test_a_merged_touchpoint_does_not_come_back_with_the_same_sheet(project):
    known = ids(project)
    merged = project.apply(merge_touchpoints(project, known["E-mail"], [known["Mail"]]))
    plan = merged.plan_import(analysis.read(INVENTORY.encode(), "points.csv").tables, file="points.csv")
    assert plan.summary["new"].sum() == plan.summary["changed"].sum() == 0
    assert len(merged.apply(plan.commands).touchpoints) == 2


def test_the_same_name_in_two_stages_can_be_merged_and_stays_so():
    text = "Étape;Point de contact;Impact\nAvant;E-mail;6\nAprès;E-mail;3\nAprès;Appel;2\n"
    project = imported(analysis.Project.new("Essai"), text, "a.csv")
    assert len(look_alikes(project)) == 1
    keep, other = look_alikes(project)[0]
    after = project.apply(merge_touchpoints(project, keep, [other]))
    again = imported(after, text, "a.csv")
    assert list(again.touchpoints["touchpoint"]) == ["E-mail", "Appel"]
    assert again.touchpoints["impact"].tolist() == [6, 2]


def test_an_unassigned_touchpoint_takes_the_place_of_the_one_it_is_merged_with(project):
    added = project.apply(create_from_labels(project, "touchpoint", ["Guichet"]))
    known = ids(added)
    after = added.apply(merge_touchpoints(added, known["Guichet"], [known["Appel"]]))
    assert after.touchpoints.set_index("touchpoint").loc["Guichet", "stage"] == "Après"


def test_merging_with_nothing_or_with_what_is_gone_is_refused(project):
    known = ids(project)
    with pytest.raises(InvalidCommand):
        merge_touchpoints(project, known["E-mail"], [known["E-mail"]])
    with pytest.raises(InvalidCommand):
        merge_touchpoints(project, known["E-mail"], ["t_none"])


def test_labels_that_are_nobodys_are_listed_with_their_answers(project):
    assert [(one.kind, one.label, one.answers) for one in open_labels(project)] == [("touchpoint", "Courrier", 6), ("touchpoint", "Guichet", 4)]


def test_several_labels_are_assigned_at_once(project):
    after = project.apply(assign_labels(project, "touchpoint", ["Courrier", "Guichet"], ids(project)["Appel"]))
    assert open_labels(after) == []
    assert (after.evidence["touchpoint"] == "Appel").sum() == 20


def test_a_touchpoint_is_made_of_two_labels_in_a_stage(project):
    stage = project.stages["id"].iloc[1]
    after = project.apply(create_from_labels(project, "touchpoint", ["Courrier", "Guichet"], name="Agence", stage=stage))
    assert after.touchpoints.set_index("touchpoint").loc["Agence", "stage"] == "Après"
    assert (after.evidence["touchpoint"] == "Agence").sum() == 20


def test_a_stage_is_made_of_a_label():
    text = "Étape;Date;Recommanderiez-vous ? (0-10)\n" + "".join(f"Livraison;{day:02d}/09/2026;{day % 11}\n" for day in range(1, 13))
    start = analysis.Project.new("Essai")
    start = start.apply(edits.add_touchpoints(start, start.first_journey, start.stages["id"].iloc[0], ["Site"]))
    project = imported(start, text, "a.csv")
    assert [(one.kind, one.label) for one in open_labels(project)] == [("stage", "Livraison")]
    after = project.apply(create_from_labels(project, "stage", ["Livraison"]))
    assert list(after.stages["stage"])[-1] == "Livraison"
    assert open_labels(after) == []


def test_the_name_of_a_merged_touchpoint_in_another_stage_of_a_new_sheet_is_kept_apart(project):
    known = ids(project)
    merged = project.apply(merge_touchpoints(project, known["E-mail"], [known["Mail"]]))
    other = "Phase;Point de contact;Importance (1-10)\nAprès;Mail;5\n"
    after = imported(merged, other, "ailleurs.csv")
    assert sorted(after.touchpoints["touchpoint"]) == ["Appel", "E-mail", "Mail"]
    assert after.touchpoints.set_index("touchpoint")["stage"]["Mail"] == "Après"
    same_stage = imported(merged, other.replace("Après", "Avant"), "ailleurs.csv")
    assert sorted(same_stage.touchpoints["touchpoint"]) == ["Appel", "E-mail"]
