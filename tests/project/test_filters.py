"""A filter over a project: what it keeps, what it leaves out, and that everything downstream follows."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Filter, Project, export, perception_gap
from analysis.methods import importance_heatmap
from analysis.presentation import slides
from analysis.project import Put, edits
from analysis.project.answers import answers_of
from analysis.project.before_after import before_after
from analysis.project.evidence import pack
from analysis.project.filter_choices import Choices, choices
from analysis.project.filter_words import filter_line, filter_notes, filter_parts, period_words
from analysis.project.filters import filtered
from analysis.project.journeys import copy_journey
from analysis.project.measures import vital_few
from analysis.project.priorities import firm_ranking, priorities
from analysis.project.views import journey_view
from analysis.reports.privacy import Privacy, discreet

BUY, USE = "s_buy", "s_use"
SHOP, SITE, APP = "t_shop", "t_site", "t_app"
#: touchpoint, stage of its own, measure, value, who, day, side, what is known of them
ANSWERS = [
    ("Shop", None, "satisfaction", 5, "r1", "2024-01-10", "customer", "new"),
    ("Shop", None, "satisfaction", 4, "r2", "2024-02-10", "customer", "loyal"),
    ("Shop", None, "satisfaction", 1, "r3", "2024-03-10", "customer", "new"),
    ("Site", None, "satisfaction", 2, "r1", "2024-01-31", "customer", "new"),
    ("Site", None, "satisfaction", 3, "r4", None, "customer", "loyal"),
    ("App", None, "satisfaction", 4, "r5", "2024-02-29", "customer", "loyal"),
    ("App", "Use", "importance", 5, "r5", "2024-02-29", "customer", "loyal"),
    ("App", None, "satisfaction", 5, "s1", None, "staff", None),
    (None, None, "nps", 9, "r6", "2024-02-15", "customer", "new"),
]


def shop() -> Project:
    """Buy holds Shop and Site, Use holds App; nine answers; the persona is whoever is new; each stage has a card and an action."""
    project = Project.new("Shop", language="en", stages=[])
    journey = project.first_journey
    commands: list[Any] = [
        Put("stage", BUY, {"journey": journey, "name": "Buy", "order": 0.0}),
        Put("stage", USE, {"journey": journey, "name": "Use", "order": 1.0}),
        Put("persona", "pe_new", {"name": "Newcomer", "rule": {"column": "Since", "comparison": "=", "value": "new"}}),
    ]
    for order, (id, name, stage) in enumerate([(SHOP, "Shop", BUY), (SITE, "Site", BUY), (APP, "App", USE)]):
        commands.append(Put("touchpoint", id, {"name": name}))
        commands.append(Put("placement", f"p_{id}", {"journey": journey, "touchpoint": id, "stage": stage, "order": float(order)}))
        commands += edits.set_score(id, "impact", 5 + order, author="anne") + edits.set_score(id, "effort", 3, author="anne")
        card = {"journey": journey, "kind": "pain_point", "text": f"{name} is slow", "touchpoint": id, "stage": stage}
        commands.append(Put("card", f"c_{id}", card | ({"persona": "pe_new"} if id == SITE else {})))
        needs = ["a_t_shop"] if id == APP else []
        commands.append(Put("action", f"a_{id}", {"title": f"Mend {name}", "touchpoint": id, "cards": [f"c_{id}"], "depends_on": needs}))
    names = ["touchpoint_label", "stage_label", "measure", "value", "respondent", "date", "side", "attr:Since"]
    frame = pd.DataFrame(ANSWERS, columns=names)
    frame = frame.assign(low=frame["measure"].map({"nps": 0}).fillna(1), high=frame["measure"].map({"nps": 10}).fillna(5))
    key, data = pack(frame)
    links = {"touchpoints": {"Shop": SHOP, "Site": SITE, "App": APP}, "stages": {"Use": USE}}
    return project.apply([*commands, Put("evidence", "e_1", {"blob": key, "rows": 9, "title": "Survey", "source": "Survey"} | links, {key: data})])


def emotions(project: Project) -> dict[str, tuple[float | None, int | None]]:
    """Stage → its emotion and n."""
    frame = project.emotions()
    return {
        row["stage"]: (None if pd.isna(row["value"]) else row["value"], None if pd.isna(row["n"]) else row["n"])
        for row in frame.to_dict("records")
    }


# --- what it keeps ----------------------------------------------------------------------------------------------


def test_without_a_filter_buying_is_what_four_customers_said_and_using_what_one_did() -> None:
    # Buy, one mean a respondent: r1 (2 − 1) / 2 = 0.5, r2 1, r3 −2, r4 0 → −0.125; Use: r5 1
    assert emotions(shop()) == {"Buy": (-0.125, 4), "Use": (1.0, 1)}


def test_a_period_holds_both_its_days_and_leaves_out_what_has_no_date() -> None:
    january = filtered(shop(), Filter(start=dt.date(2024, 1, 10), end=dt.date(2024, 1, 31)))
    assert emotions(january) == {"Buy": (0.5, 1), "Use": (None, None)}  # a gap, not a zero
    found = january.filtering
    assert found is not None
    assert (found.answers, found.total, found.people, found.undated) == (2, 9, 1, 2)


def test_a_persona_is_those_its_rule_takes_and_staff_has_none() -> None:
    newcomers = filtered(shop(), Filter(persona="pe_new"))
    assert emotions(newcomers) == {"Buy": (-0.75, 2), "Use": (None, None)}  # r1 0.5, r3 −2
    assert set(newcomers.evidence["respondent"]) == {"r1", "r3", "r6", "s1"}
    assert set(newcomers.table("card")) == {"c_t_shop", "c_t_site", "c_t_app"}


def test_a_card_of_another_persona_is_left_out() -> None:
    project = shop().apply(Put("persona", "pe_old", {"name": "Regular"}))
    assert set(project.filtered(Filter(persona="pe_old")).table("card")) == {"c_t_shop", "c_t_app"}


def test_a_segment_is_any_column_of_the_respondents() -> None:
    loyal = filtered(shop(), Filter(segment=("attr:Since", ("loyal",))))
    assert emotions(loyal) == {"Buy": (0.5, 2), "Use": (1.0, 1)}  # r2 1, r4 0; r5 1


def test_a_stage_brings_its_touchpoints_cards_actions_scores_and_answers() -> None:
    using = filtered(shop(), Filter(stages=(USE,)))
    assert using.stages["stage"].tolist() == ["Use"]
    assert using.touchpoints["touchpoint"].tolist() == ["App"]
    assert (set(using.table("card")), set(using.table("action"))) == ({"c_t_app"}, {"a_t_app"})
    assert set(using.scores["target"]) == {APP, USE}
    assert set(using.evidence["respondent"]) == {"r5", "s1"}
    assert using.filtering is not None
    assert using.filtering.unplaced == 1  # the NPS belongs to no stage
    assert using.table("action")["a_t_app"].depends_on == []  # what it depends on is not shown


def test_tomorrows_map_is_filtered_by_the_stages_it_was_copied_from() -> None:
    project = shop()
    commands, copy = copy_journey(project, project.first_journey, "Tomorrow", author="anne")
    view = project.apply(commands).filtered(Filter(stages=(USE,)))
    assert [stage.name for _, stage in view.stages_of(copy)] == ["Use"]


def test_what_is_set_by_hand_is_not_filtered_by_a_period_and_the_caption_says_so() -> None:
    project = shop().apply(edits.set_score(USE, "emotion", -1, author="anne"))
    later = filtered(project, Filter(start=dt.date(2025, 1, 1)))
    assert emotions(later) == {"Buy": (None, None), "Use": (-1.0, None)}
    said = filter_notes(later, "en")
    assert "No answer fits: what is left is assumed or voted." in said
    assert said[-1].startswith("Values set by hand, read from a file or voted belong to no persona")


def test_several_parts_hold_together() -> None:
    found = filtered(shop(), Filter(stages=(BUY,), persona="pe_new", start=dt.date(2024, 2, 1))).filtering
    assert found is not None
    assert (found.answers, found.people) == (1, 1)  # r3 only


def test_parts_that_the_project_no_longer_has_are_passed_over() -> None:
    project = shop()
    assert filtered(project, Filter(stages=("s_gone",), persona="pe_gone", segment=("attr:Gone", ("x",)))) is project
    assert filtered(project, Filter()) is project


# --- everything downstream --------------------------------------------------------------------------------------


def test_every_figure_of_a_filtered_project_is_made_from_what_is_left() -> None:
    weighed = shop().apply(edits.set_weights({"impact": 2, "effort": 1, "satisfaction": 1, "reach": 0, "fit": 0, "cost": 0}))
    view = weighed.filtered(Filter(stages=(BUY,), end=dt.date(2024, 2, 28)))
    assert [stage["name"] for stage in journey_view(view, language="en")["stages"]] == ["Buy"]
    assert set(priorities(view)["touchpoint"]) == set(firm_ranking(view)["touchpoint"]) == {"Shop", "Site"}
    assert vital_few(view, "unhappy")["label"].tolist() == ["Site"]  # r3's 1 was in March
    assert importance_heatmap(view.evidence, ["Buy"]).empty
    assert perception_gap(view.evidence)["gap"].isna().all()
    assert slides(view, "en")[0].kind == "cover"


@pytest.mark.parametrize("kind", ["xlsx", "pptx", "pdf", "csv", "ipynb", "ics"])
def test_every_file_can_be_made_under_a_filter(kind: str) -> None:
    project = shop().apply(edits.change("action", "a_t_shop", due_date=dt.date(2026, 12, 1)))
    assert len(export(project.filtered(Filter(stages=(BUY,), start=dt.date(2024, 2, 1))), kind, "en")) > 100


def test_what_must_not_be_shown_is_left_out_of_a_filtered_project_too() -> None:
    view = discreet(shop().filtered(Filter(start=dt.date(2024, 2, 1))), Privacy(verbatims=False), "en")
    assert len(view.evidence) == 5
    assert view.filtering is not None


def test_the_filtered_project_follows_an_edit_and_keeps_what_still_holds() -> None:
    project, chosen = shop(), Filter(start=dt.date(2024, 2, 1))
    before = project.filtered(chosen)
    assert project.filtered(chosen) is before
    assert before.measured
    after = project.apply(edits.set_score(SHOP, "impact", 9, author="anne")).filtered(chosen)
    assert after.figures[SHOP, "impact"].value == 9
    assert after.measured is before.measured
    assert after.whole.filtering is None


def test_two_filters_never_share_a_revision() -> None:
    project = shop()
    views = [project.filtered(Filter(start=dt.date(2024, month, 1))) for month in (1, 2, 3)]
    assert len({project.revision, *(view.revision for view in views)}) == 4


PARTS = {
    "stages": st.sampled_from([(), (BUY,), (USE,), (BUY, USE)]),
    "persona": st.sampled_from([None, "pe_new"]),
    "segment": st.sampled_from([None, ("attr:Since", ("new",)), ("attr:Since", ("new", "loyal")), ("source", ("Survey",))]),
    "start": st.none() | st.dates(dt.date(2023, 12, 1), dt.date(2024, 4, 1)),
    "end": st.none() | st.dates(dt.date(2023, 12, 1), dt.date(2024, 4, 1)),
}
SAME = shop()


@settings(max_examples=60, deadline=None)
@given(st.builds(Filter, **PARTS))
def test_a_filter_keeps_a_part_of_the_answers_and_nothing_points_to_what_is_gone(chosen: Filter) -> None:
    view = filtered(SAME, chosen)
    rows, whole = view.evidence, SAME.evidence
    assert set(rows["row"].dropna()) <= set(whole["row"].dropna())
    assert len(rows) == sum(meta.rows for meta in view.table("evidence").values())
    assert set(rows["stage_id"].dropna()) <= set(view.table("stage"))
    assert set(rows["touchpoint_id"].dropna()) <= set(view.table("touchpoint"))
    assert {card.touchpoint for card in view.table("card").values()} - {None} <= set(view.table("touchpoint"))
    assert {one for action in view.table("action").values() for one in action.depends_on} <= set(view.table("action"))
    assert len(journey_view(view, language="en")["stages"]) >= len(view.stages)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([Filter(), Filter(stages=("gone",)), Filter(segment=("attr:Since", ()))]))
def test_a_filter_by_nothing_gives_the_same_figures(nothing: Filter) -> None:
    view = filtered(SAME, nothing)
    pd.testing.assert_frame_equal(view.scores, SAME.scores)
    pd.testing.assert_frame_equal(priorities(view), priorities(SAME))


def test_a_filter_that_everything_fits_gives_the_same_figures() -> None:
    view = filtered(SAME, Filter(stages=(BUY, USE), segment=("source", ("Survey",))))
    pd.testing.assert_frame_equal(view.touchpoints, SAME.touchpoints)
    pd.testing.assert_frame_equal(view.emotions(), SAME.emotions())


# --- in words ---------------------------------------------------------------------------------------------------


def test_a_filter_is_said_in_one_line() -> None:
    project = shop()
    view = project.filtered(Filter(stages=(BUY,), start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31)))
    assert filter_line(view, "en").replace("\u00a0", " ") == "Filtered: Buy · 2024 · n = 3"
    assert filter_line(view, "fr").replace("\u00a0", " ") == "Filtré : Buy · 2024 · n = 3"
    assert filter_line(project, "fr") == ""
    assert filter_parts(project, Filter(segment=("attr:Since", ("new", "loyal"))), "en") == ["Since: new, loyal"]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((2024, 1, 1), (2024, 12, 31), "2024"),
        ((2024, 2, 1), (2024, 2, 29), "février 2024"),
        ((2024, 2, 1), (2024, 3, 31), "du 1er févr. 2024 au 31 mars 2024"),
        ((2024, 2, 1), None, "depuis le 1er févr. 2024"),
        (None, (2024, 2, 1), "jusqu’au 1er févr. 2024"),
    ],
)
def test_a_period_is_said_as_one_says_it(start: Any, end: Any, said: str) -> None:
    assert period_words(dt.date(*start) if start else None, dt.date(*end) if end else None, "fr") == said


def test_what_can_be_chosen_is_what_parts_the_answers() -> None:
    found = choices(shop())
    assert found.segments == {"attr:Since": ["loyal", "new"]}  # one source is no choice
    assert found.span == (dt.date(2024, 1, 10), dt.date(2024, 3, 10))
    assert found.years == []
    assert found.personas == {"pe_new": "Newcomer"}
    assert found.quarters == []


def test_the_last_four_quarters_of_the_answers_can_be_chosen() -> None:
    span = (dt.date(2025, 3, 31), dt.date(2026, 7, 1))
    assert Choices({}, {}, {}, span).quarters == [(2025, 4), (2026, 1), (2026, 2), (2026, 3)]
    assert Choices({}, {}, {}, (dt.date(2025, 12, 31), dt.date(2026, 1, 1))).quarters == [(2025, 4), (2026, 1)]
    assert Choices({}, {}, {}, (dt.date(2026, 1, 1), dt.date(2026, 3, 31))).quarters == []


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(stages=(BUY,)),
        Filter(stages=(USE,)),
        Filter(persona="pe_new"),
        Filter(segment=("attr:Since", ("loyal",))),
        Filter(start=dt.date(2024, 2, 1)),
        Filter(stages=(BUY,), segment=("attr:Since", ("new",)), end=dt.date(2024, 2, 29)),
    ],
)
def test_filtered_figures_are_those_of_a_project_that_was_only_ever_told_these_answers(wanted: Filter) -> None:
    view = shop().filtered(wanted)
    alone = Project(view.entities, blobs={meta.blob: view.blob(meta.blob) for _, meta in view.evidence_in_order()})
    assert len(alone.evidence) > 0
    pd.testing.assert_frame_equal(view.evidence, alone.evidence)
    assert view.figures == alone.figures
    pd.testing.assert_frame_equal(perception_gap(view.evidence), perception_gap(alone.evidence))
    pd.testing.assert_frame_equal(before_after(view), before_after(alone))


def test_a_filter_takes_numbers_from_its_project_and_never_reads_texts_again() -> None:
    project = shop()
    (_, whole), (_, left) = project.evidence_in_order()[0], project.filtered(Filter(stages=(BUY,))).evidence_in_order()[0]
    cut, block = answers_of(project.filtered(Filter(stages=(BUY,))), left.blob), answers_of(project, whole.blob)
    assert len(cut.frame) == 5
    assert cut.touchpoint.labels is block.touchpoint.labels
    assert cut.respondent.labels is block.respondent.labels
    assert cut.feeling.tolist() == [2, 1, -2, -1, 0]


@pytest.mark.parametrize("module", ["filters", "filter_words", "filter_choices", "before_after"])
def test_the_examples_of_the_docstrings_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"analysis.project.{module}")).failed == 0
