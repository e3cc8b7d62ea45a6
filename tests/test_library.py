"""What holds for the library as a whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

import analysis
from tests.conftest import ROOT

PUBLIC = [
    "BadScale",
    "CannotExport",
    "CannotOpenCopy",
    "CannotOpenStore",
    "Filter",
    "InvalidCommand",
    "Limits",
    "MissingColumns",
    "NegativeValues",
    "NotFound",
    "NothingToUndo",
    "ParcoursError",
    "Project",
    "ReadError",
    "Store",
    "UndoConflict",
    "action_return",
    "before_after",
    "best_under_budget",
    "ces",
    "charts",
    "csat",
    "emotion_curve",
    "emotion_words",
    "export",
    "ice",
    "impact_effort",
    "importance_heatmap",
    "moment_of_truth",
    "nps",
    "opportunity",
    "pareto",
    "pareto_stability",
    "perception_gap",
    "plan_order",
    "propose_actions",
    "rank_stability",
    "ranks_on",
    "read",
    "relevance",
    "relevance_details",
    "remedies",
    "rice",
    "to_emotion",
    "touchpoint_matrix",
    "touchpoint_value",
    "word_emotion",
    "words_to_emotion",
]

IMPORT_ALL = """
import importlib, pkgutil, sys
import analysis
for module in pkgutil.walk_packages(analysis.__path__, "analysis."):
    if ".migrations" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"streamlit", "starlette", "uvicorn"}))
"""


def in_a_fresh_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_no_module_of_the_library_imports_the_web() -> None:
    assert in_a_fresh_python(IMPORT_ALL) == ""


def test_importing_the_library_imports_nothing_heavy() -> None:
    code = "import sys, analysis; print(*sorted({'pandas', 'altair', 'sqlalchemy', 'openpyxl'} & set(sys.modules)))"
    assert in_a_fresh_python(code) == ""


def test_the_public_names_are_these_and_no_others() -> None:
    assert sorted(analysis.__all__) == PUBLIC
    assert dir(analysis) == analysis.__all__


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_can_be_had_and_says_what_it_is(name: str) -> None:
    assert (getattr(analysis, name).__doc__ or "").strip()


def test_a_name_that_does_not_exist_is_refused_as_in_any_module() -> None:
    with pytest.raises(AttributeError, match="no attribute 'paretto'"):
        _ = analysis.paretto
