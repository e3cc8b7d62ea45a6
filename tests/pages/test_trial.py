"""What is tried on the priorities, without a page: what counts as tried, what is said of it, and what is left when it is over."""

from __future__ import annotations

import pytest
import streamlit as st

from analysis import Filter, Project, Store
from analysis.project import edits
from analysis.project.rankings import PRESETS
from pages.decide import trial, weights
from tests.pages.boutique import CALL, FAIR, QUOTE, SITE, boutique


class Desk:
    """Somebody who weighs the priorities of the boutique, with nothing but what the visit remembers."""

    def __init__(self, store: Store, id: str) -> None:
        self.store, self.id, self.told = store, id, list[str]()

    @property
    def kept(self) -> Project:
        return self.store.load(self.id)

    def tried(self) -> dict[tuple[str, str], float]:
        return {at: trial.value_of(edit) for at, edit in trial.scores(self.kept).items()}


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(store, store.create(boutique("en"), author="anne"))
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr("pages.shell.workspace.store", lambda: store)
    monkeypatch.setattr("pages.shell.workspace.project_id", lambda: desk.id)
    monkeypatch.setattr("pages.shell.workspace.tell", lambda error: desk.told.append(error.message("en")))
    monkeypatch.setattr("pages.shell.session.author", lambda: "anne")
    monkeypatch.setattr("pages.shell.session.language", lambda: "en")
    return desk


def test_without_a_trial_the_project_is_the_one_that_is_kept(desk: Desk) -> None:
    assert trial.of(desk.kept) is desk.kept
    assert trial.line(desk.kept) == ""


def test_what_is_drawn_of_a_trial_is_never_taken_for_what_is_kept_nor_for_another_trial(desk: Desk) -> None:
    kept = desk.kept
    trial.try_score(SITE, "impact", "5")
    one = trial.of(kept)
    trial.try_score(SITE, "impact", "6")
    two = trial.of(kept)
    assert len({kept.revision, one.revision, two.revision}) == 3
    assert [project.figures[SITE, "impact"].value for project in (kept, one, two)] == [9, 5, 6]
    assert trial.of(kept) is two  # worked out once


def test_somebody_elses_edit_is_part_of_what_is_tried_from_then_on(desk: Desk) -> None:
    trial.try_score(SITE, "impact", "5")
    assert trial.of(desk.kept).figures[QUOTE, "effort"].value == 7
    desk.store.apply(desk.id, edits.set_score(QUOTE, "effort", 2, author="bob"), author="bob")
    assert trial.of(desk.kept).figures[QUOTE, "effort"].value == 2
    filtered = desk.kept.filtered(Filter(stages=(desk.kept.stages["id"].iloc[0],)))
    assert trial.of(filtered).table("touchpoint").keys() == {SITE, "t_letter"}  # of the same revision of a trial, another project


def test_a_score_of_a_touchpoint_that_is_gone_is_tried_no_more(desk: Desk) -> None:
    trial.try_score(FAIR, "impact", "9")
    trial.try_score(CALL, "impact", "7")
    desk.store.apply(desk.id, edits.remove("touchpoint", FAIR), author="bob")
    assert desk.tried() == {(CALL, "impact"): 7}
    assert trial.of(desk.kept).figures[CALL, "impact"].value == 7


def test_the_figure_that_holds_and_an_empty_field_are_no_trial(desk: Desk) -> None:
    trial.try_score(SITE, "impact", "5")
    trial.try_score(SITE, "impact", "9")
    assert desk.tried() == {}
    trial.try_score(SITE, "impact", "5")
    trial.try_score(SITE, "impact", "")
    assert desk.tried() == {}
    trial.try_score(SITE, "impact", "5")
    trial.try_score(SITE, "impact", "lots")
    assert desk.told == ["“lots” is not a number."]
    assert desk.tried() == {(SITE, "impact"): 5}


def test_the_touchpoint_that_was_moved_last_comes_back_first(desk: Desk) -> None:
    for id, text in ((SITE, "5"), (QUOTE, "6"), (SITE, "4")):
        trial.try_score(id, "impact", text)
    assert trial.take_back()
    assert desk.tried() == {(QUOTE, "impact"): 6}
    assert trial.take_back()
    assert desk.tried() == {}
    assert not trial.take_back()  # now an undo is one of the project
    st.session_state["_trying"] = True
    assert trial.take_back()  # whoever only tries does not undo what is kept


def test_of_points_that_are_moved_to_and_fro_the_last_move_counts(desk: Desk) -> None:
    for id, value in ((SITE, 5.0), (QUOTE, 6.0), (SITE, 4.0)):
        trial.take(edits.set_score(id, "impact", value, author="anne"))  # as the matrix does
    assert desk.tried() == {(SITE, "impact"): 4, (QUOTE, "impact"): 6}
    trial.take_back()
    assert desk.tried() == {(QUOTE, "impact"): 6}


def test_a_score_that_is_set_for_good_leaves_the_other_ones_tried(desk: Desk) -> None:
    trial.try_score(SITE, "impact", "5")
    trial.try_score(SITE, "effort", "4")
    trial.try_score(QUOTE, "impact", "6")
    trial.forget(SITE)
    assert desk.tried() == {(QUOTE, "impact"): 6}


def test_each_change_is_said_once_and_what_stays_is_not(desk: Desk) -> None:
    trial.of(desk.kept)
    st.session_state["weight_impact"] = 5.0
    trial.try_score(QUOTE, "effort", "4")
    trial.try_budget("1.3 k")
    assert trial.line(desk.kept) == (
        "What if (not kept): Influence on conversion: weight 3 → 5 · Devis, Effort 7 → 4 · budget €1,300 · Devis becomes “Quick win”"
    )
    trial.try_budget("")
    assert "budget" not in trial.line(desk.kept)
    trial.try_budget("a lot")
    assert desk.told == ["“a lot” is not a number."]


def test_of_many_changes_the_first_are_said_and_the_others_counted(desk: Desk) -> None:
    for id in (SITE, QUOTE, CALL, FAIR):
        trial.try_score(id, "fit", "1")
        trial.try_score(id, "reach", "1")
    assert " · and 2 more" in trial.line(desk.kept)
    assert trial.line(desk.kept).count("→") == trial.MOST


def test_leaving_a_trial_leaves_nothing_of_it(desk: Desk) -> None:
    trial.of(desk.kept)
    st.session_state["weight_impact"] = 5.0
    trial.try_score(QUOTE, "effort", "4")
    trial.try_budget("1.3 k")
    trial.leave()
    assert trial.of(desk.kept) is desk.kept
    assert not trial.trying(desk.kept)


def test_what_cannot_be_kept_stays_tried(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    trial.try_score(QUOTE, "effort", "4")
    kept: list[str] = []
    monkeypatch.setattr("pages.shell.workspace.edit", lambda commands, text, **_: kept.append(text))
    trial._keep()
    assert desk.tried() == {(QUOTE, "effort"): 4}
    monkeypatch.setattr("pages.shell.workspace.edit", lambda commands, text, **_: kept.append(text) or True)
    trial._keep()
    assert desk.tried() == {}
    assert kept == ["Accept what was tried", "Accept what was tried"]


# --- weights ----------------------------------------------------------------------------------------------------


def test_a_weight_of_zero_is_no_weight_and_a_preset_ranks_by_relevance_again(desk: Desk) -> None:
    kept = desk.kept
    assert "cost" in weights.standing(kept)[0]
    st.session_state["weight_cost"] = 0.0
    assert "cost" not in weights.standing(kept)[0]
    st.session_state[weights._METHOD] = "rice"
    st.session_state["weights_preset"] = next(iter(PRESETS))
    weights._preset()
    assert weights.standing(kept) == ({n: w for n, w in PRESETS[st.session_state["weights_preset"]][1].items() if w}, "relevance")


def test_the_controls_follow_what_somebody_else_keeps_and_a_ranking_that_is_unknown_is_the_kept_one(desk: Desk) -> None:
    weights.standing(desk.kept)
    st.session_state["weight_impact"] = 9.0
    desk.store.apply(desk.id, edits.set_weights({"impact": 1.0}), author="bob")
    assert weights.standing(desk.kept)[0]["impact"] == 1.0
    st.session_state[weights._METHOD] = None
    assert weights.standing(desk.kept)[1] == "relevance"
