"""The samples: complete, credible to the product's own methods, and made the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import analysis
from analysis import Project, Store, samples
from analysis.project.intake import read_copy
from analysis.project.priorities import priorities

FOLDER = Path(samples.FOLDER)
BY_HAND = {"fr": "Découverte", "en": "Awareness"}
DIVIDED = {"fr": "Retours et service", "en": "Everyday service"}
FEW = {"fr": "Fidélité", "en": "Renewal"}


@pytest.fixture(scope="module", params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def sample(language: str) -> Project:
    return samples.open_sample(language)


def test_a_sample_has_what_a_newcomer_should_see(sample: Project, language: str) -> None:
    touchpoints, evidence = sample.touchpoints, sample.evidence
    assert sample.language == language
    assert 25 <= len(touchpoints) <= 40
    assert len(sample.stages) == 6
    assert sample.stages["goal"].str.len().min() > 10
    assert evidence["respondent"].nunique() >= 200
    assert evidence["segment"].nunique() == 3
    assert (evidence["date"].max() - evidence["date"].min()).days > 150
    assert set(evidence["measure"]) == {"satisfaction", "importance", "nps", "comment"}
    assert evidence.loc[evidence["measure"] == "satisfaction", "touchpoint"].notna().all()
    assert set(sample.cards["lane"]) == {"pain_point", "delight", "thought", "action", "opportunity"}
    assert touchpoints[["impact", "effort", "importance", "reach", "fit"]].notna().all().all()
    assert touchpoints["family"].isin(["marketing", "sales", "customer_service", "post_purchase", "indirect"]).all()
    assert set(sample.actions["status"]) == {"to_do", "in_progress", "done"}
    assert (sample.actions["pain_points"] > 0).all()
    assert (touchpoints["moment_of_truth"] == "accepted").sum() == 3
    assert len(sample.personas) == 2


def test_one_stage_is_set_by_hand_one_divided_one_has_few_answers(sample: Project, language: str) -> None:
    emotions = sample.emotions().set_index("stage")
    assert emotions.index[emotions["layer"] == "hand"].tolist() == [BY_HAND[language]]
    assert emotions.index[emotions["divided"]].tolist() == [DIVIDED[language]]
    assert emotions.index[emotions["few"]].tolist() == [FEW[language]]
    assert emotions.loc[emotions["layer"] != "hand", "provenance"].eq("measured").all()


def test_a_sample_says_something_worth_seeing_on_each_page(sample: Project) -> None:
    frame = priorities(sample)
    assert set(frame["quadrant"].dropna()) == {"quick_win", "big_bet", "fill_in", "money_pit"}
    complaints = analysis.pareto(sample.touchpoints.dropna(subset=["complaints"]), "touchpoint", "complaints")
    assert not complaints.attrs["flat"]
    roles = analysis.touchpoint_matrix(sample.touchpoints)["quadrant"].dropna()
    assert len(roles) >= 20
    assert set(roles) == {"pillar", "hidden_gem", "fix", "question"}
    gaps = analysis.perception_gap(sample.evidence)
    assert gaps["gap"].notna().sum() >= 10
    heat = analysis.importance_heatmap(sample.evidence, list(sample.stages["stage"]))
    assert (heat.groupby("touchpoint")["mean"].count() == 2).any(), "one touchpoint matters in two stages, differently"


def test_a_sample_opens_much_faster_than_its_workbook_is_read(language: str) -> None:
    samples.open_sample(language)
    start = time.process_time()
    samples.open_sample(language)
    opened, start = time.process_time() - start, time.process_time()
    Project.new("Anew").plan_import(analysis.read(FOLDER / f"{samples.NAMES[language]}.xlsx").tables)
    assert opened < 0.5 * (time.process_time() - start)


def test_a_sample_can_be_kept_saved_and_opened_again(sample: Project, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'parcours.sqlite'}")
    id = store.create(sample, author="anne")
    assert store.load(store.open_copy(store.save_copy(id))).entities == sample.entities
    store.engine.dispose()


def test_another_language_gets_the_english_sample() -> None:
    assert samples.open_sample("de").name == samples.open_sample("en").name


def test_importing_the_workbook_of_a_sample_again_changes_nothing(sample: Project, language: str) -> None:
    book = analysis.read(FOLDER / f"{samples.NAMES[language]}.xlsx")
    assert not (book.problems["severity"] != "info").any()
    summary = sample.plan_import(book.tables).summary.set_index("kind")
    assert summary[["new", "changed", "removed", "unassigned"]].to_numpy().sum() == 0


def test_the_messy_workbook_is_read_for_what_it_is() -> None:
    book = analysis.read(FOLDER / "atelier_lumen_brouillon.xlsx")
    project = Project.new("Brouillon")
    project = project.apply(project.plan_import(book.tables).commands)
    frame = project.touchpoints
    assert (len(frame), len(project.stages)) == (33, 6)
    assert frame["complaints"].sum() == 401
    assert frame["reach"].between(1, 100).all()
    assert frame["running_cost"].max() == 38000
    assert project.evidence["respondent"].nunique() == 140


@pytest.mark.slow
def test_the_samples_are_made_the_same_every_time(tmp_path: Path) -> None:
    """Byte for byte from run to run; and what is shipped is what `python sample_data/make.py` makes today."""
    made = [made_in(tmp_path / seed, seed) for seed in ("1", "2")]
    assert made[0] == made[1]
    for path in sorted((tmp_path / "1").glob("*.xlsx")):
        assert cells_of(path) == cells_of(FOLDER / path.name)
    for name in samples.NAMES.values():
        fresh, shipped = (read_copy((folder / f"{name}.parcours").read_bytes()).project for folder in (tmp_path / "1", FOLDER))
        for frame in ("touchpoints", "actions", "evidence", "cards", "scores", "stages"):
            pd.testing.assert_frame_equal(getattr(fresh, frame), getattr(shipped, frame))


def made_in(folder: Path, seed: str) -> dict[str, bytes]:
    """The project files made in a process of its own, whose sets are in another order."""
    folder.mkdir()
    script = f"import sys; sys.path.insert(0, {str(FOLDER)!r}); import make; from pathlib import Path; make.make(Path({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=FOLDER.parent, env=os.environ | {"PYTHONHASHSEED": seed})
    return {path.name: path.read_bytes() for path in folder.glob("*.parcours")}


def cells_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}
