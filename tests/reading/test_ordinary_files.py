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
    assert found.kind == "comments" and list(found.mapping) == ["Verbatims clients"]
    assert list(imported(found).evidence.text)[::2] == ["Super boutique, personnel adorable", "Moyen, site lent, 4,5 sur 10"]
    assert list(table("Name, Note\nAna, 4\nBob, 5\n").mapping) == ["Name", "Note"]
