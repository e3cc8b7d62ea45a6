"""The slides of a project as values: what each says, what is left out, and that nothing of one language is in the other."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest

from analysis import Project, read
from analysis.presentation import KINDS, Slide, slides
from analysis.project import edits

OPTIQUE = Path(__file__).parent / "reading" / "optique_lambert.xlsx"
DAY = dt.date(2026, 10, 1)


@cache
def optique() -> Project:
    import analysis

    project = Project.new("Optique Lambert", language="fr", client="Lambert & fils")
    return project.apply(project.plan_import(analysis.read(OPTIQUE).tables).commands)


def told(project: Project, language: str = "en") -> dict[str, Slide]:
    """kind (or the part of the id before ``:``) → the first slide of it."""
    found: dict[str, Slide] = {}
    for slide in slides(project, language, today=DAY):
        found.setdefault(slide.id.partition(":")[0], slide)
    return found


def stage(project: Project, name: str, language: str = "en") -> Slide:
    return next(slide for slide in slides(project, language, today=DAY) if slide.kind == "stage" and f"{name}" in slide.title)


def test_an_empty_project_says_what_to_do_and_nothing_else() -> None:
    (slide,) = slides(Project.new("Shop"), "fr")
    assert slide.kind == "empty"
    assert slide.title == "Rien à présenter pour l’instant"
    assert [way["page"] for way in slide.data["ways"]] == ["data", "journey"]


def test_the_story_goes_from_the_whole_to_the_stages_then_to_what_to_do() -> None:
    kinds = [slide.id.partition(":")[0] for slide in slides(optique(), "en", today=DAY)]
    assert kinds == [
        "cover", "journey", "stage", "stage", "stage", "stage", "inside", "stage", "stage",
        "curve", "matrix", "pareto", "firmness", "sources", "rules",
    ]  # fmt: skip


def test_titles_are_findings_with_their_figures() -> None:
    found = told(optique())
    assert found["journey"].title == "Pain points gather at “Considération”: 4 of 15"
    assert found["inside"].title == "Inside “Achat”, “Prise de rendez-vous en ligne” weighs most: −0.6"
    assert found["curve"].title == "From “Sensibilisation” (+0.7) down to “Achat” (−0.6)"
    assert found["pareto"].title == "7 of 19 touchpoints carry 82% of the complaints"
    assert found["firmness"].title == "4 of the first 5 are solid"
    assert found["sources"].title == "This rests on the answers of 214 people"


def test_french_slides_are_french_with_its_spaces_and_commas() -> None:
    found = told(optique(), "fr")
    assert found["pareto"].title == "7 points de contact sur 19 portent 82\u00a0% des réclamations"
    assert found["inside"].title.startswith("Dans «\u00a0Achat\u00a0»")
    assert stage(optique(), "Achat", "fr").title == "«\u00a0Achat\u00a0» est le point bas\u00a0: −0,6"


def test_a_measured_stage_shows_n_and_spread_and_how_the_answers_lie() -> None:
    dip = stage(optique(), "“Achat” is")
    assert dip.title == "“Achat” is the low point: −0.6"
    assert dip.data["dip"] is True
    assert dip.data["felt"]["remarks"] == ["185 answers · spread 1.0", "95% interval: −0.8 to −0.5"]
    assert sum(level["n"] for level in dip.data["answers"]) == 185
    assert [level["step"] for level in dip.data["answers"]] == [4, 3, 2, 1, 0]


def test_an_assumed_stage_says_so_and_shows_no_interval() -> None:
    slide = stage(optique(), "Considération”")
    assert slide.data["felt"]["basis"] == "assumed"
    assert slide.data["felt"]["remarks"] == ["Assumed by the team: not measured yet"]
    assert slide.data["felt"]["low"] is None
    assert slide.data["answers"] == []


def test_a_divided_stage_warns() -> None:
    slide = stage(optique(), "Fidélisation")
    assert slide.title == "“Fidélisation” divides customers: −0.3 on average"
    assert "Divided: some are delighted, others frustrated" in slide.data["felt"]["remarks"]


def test_the_zoom_comes_right_after_the_lowest_stage() -> None:
    ids = [slide.id for slide in slides(optique(), "en", today=DAY)]
    place = next(i for i, id in enumerate(ids) if id.startswith("inside:"))
    assert ids[place - 1] == ids[place].replace("inside:", "stage:")


def test_stages_about_which_nothing_is_known_are_left_out() -> None:
    project = Project.new("Shop", language="en")
    first = project.stages_of(project.first_journey)[0][0]
    project = project.apply(edits.add_cards(project, project.first_journey, "pain_point", first, ["Nobody answers"]))
    found = slides(project, "en", today=DAY)
    assert [slide.kind for slide in found] == ["cover", "journey", "stage", "facts"]
    assert found[2].title == "“Awareness”: how it feels is still unknown"
    assert found[2].data["pains"] == [{"text": "Nobody answers", "times": ""}]


def test_a_quote_of_the_map_is_shown_as_what_a_customer_said() -> None:
    project = optique()
    id = project.stages_of(project.first_journey)[3][0]
    project = project.apply(edits.add_cards(project, project.first_journey, "quote", id, ["J’ai attendu\ndouze jours 😡"]))
    assert stage(project, "“Achat” is").data["quote"] == {"text": "J’ai attendu douze jours 😡", "source": ""}


def test_what_customers_wrote_about_no_stage_is_heard_among_the_sources() -> None:
    lines = ["Note;Commentaire", "2;Personne ne répond au téléphone", "3;Personne ne répond au téléphone", "9;Un accueil très chaleureux"]
    table = read("\n".join(lines).encode(), "nps.csv").tables[0].recast({"Note": "nps", "Commentaire": "comment"})
    project = Project.new("Magasin", language="fr")
    project = project.apply(project.plan_import([table], file="nps.csv").commands)
    slide = next(slide for slide in slides(project, "fr", today=DAY) if slide.id == "sources")
    assert ("Entendu", "«\u00a0Personne ne répond au téléphone\u00a0» entendu 2 fois") in slide.rows


def test_the_matrix_names_the_quick_wins_first() -> None:
    slide = told(optique())["matrix"]
    assert slide.title == "12 improvements are strong and easy"
    assert slide.lead == "First by relevance: Avis Google, Accueil en boutique and Prise de rendez-vous en ligne"
    named = [item for item in slide.data["items"] if item["named"]]
    assert len(slide.data["items"]) == 19
    assert {item["quadrant"] for item in named[:12]} == {"quick_win"}


def test_late_actions_are_the_finding_of_the_plan() -> None:
    project = optique()
    for n in range(8):
        project = project.apply(edits.add_action(f"Action {n}", due_date=dt.date(2026, 9 if n < 2 else 12, 15), status="to_do", cost=100.0))
    parts = [slide for slide in slides(project, "en", today=DAY) if slide.kind == "plan"]
    assert [len(part.data["rows"]) for part in parts] == [4, 4]
    assert parts[0].title == "2 actions of 8 are late"
    assert parts[1].lead == "€800 in all · part 2 of 2"
    assert sum(row["late"] for part in parts for row in part.data["rows"]) == 2


def test_a_dropped_action_is_not_presented() -> None:
    project = optique().apply(edits.add_action("Given up", status="dropped"))
    assert not [slide for slide in slides(project, "en", today=DAY) if slide.kind == "plan"]


def test_long_texts_are_cut_at_a_word_and_stay_whole_in_the_notes() -> None:
    project, long = optique(), "Attendre " + "longtemps " * 30 + "la fin"
    id = project.stages_of(project.first_journey)[0][0]
    project = project.apply(edits.add_cards(project, project.first_journey, "pain_point", id, [long]))
    slide = stage(project, "Sensibilisation")
    shown = next(item["text"] for item in slide.data["pains"] if item["text"].startswith("Attendre"))
    assert len(shown) <= 110
    assert shown.endswith("longtemps…")
    assert any("la fin" in note for note in slide.notes)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_slide_is_ready_for_json_and_says_something(language: str) -> None:
    for slide in slides(optique(), language, today=DAY):
        assert slide.kind in KINDS
        assert slide.title.strip()
        assert slide.notes
        assert json.loads(json.dumps(slide.plain(), allow_nan=False))["title"] == slide.title
        assert all(isinstance(cell, str) for row in slide.rows for cell in row)


def test_an_audience_never_gets_the_notes() -> None:
    for slide in slides(optique(), "en", today=DAY):
        assert "notes" not in slide.plain(notes=False)
        assert all(note not in json.dumps(slide.plain(notes=False)) for note in slide.notes if note.startswith("Lowest touchpoint"))


def test_ids_stay_the_same_when_something_is_edited() -> None:
    project = optique()
    before = [slide.id for slide in slides(project, "en", today=DAY)]
    card = next(iter(project.table("card")))
    after = [slide.id for slide in slides(project.apply(edits.change("card", card, text="Autre chose")), "fr", today=DAY)]
    assert after == before
    assert len(set(after)) == len(after)
