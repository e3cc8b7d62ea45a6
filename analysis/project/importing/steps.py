"""Steps inside the stages: a column of an inventory, or a row of a journey grid, that divides each stage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from analysis.project.importing import words
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.names import folded

#: what people call a part of a stage; beside stages, “étape” and “step” mean one too
_CALLED = (
    "sous étape|sous-phase|étape détaillée|micro-étape|sub-step|substep|sub-stage|substage|sub-phase|step|étape|user goal step"
    "|étape du parcours|journey step|moment|séquence"
)
_NAMES = frozenset(folded(name) for name in _CALLED.split("|"))
#: characters that the name of a step has at most; what is longer tells what somebody does
LONGEST = 50


def calls_steps(text: Any) -> bool:
    """Whether a header, or the head of a row, announces steps.

    >>> calls_steps("Sous-étapes"), calls_steps("Actions du client")
    (True, False)
    """
    return folded(cleaned(text)) in _NAMES


def are_names(texts: Iterable[str]) -> bool:
    """Whether texts are short enough to be names of steps."""
    told = list(texts)
    return bool(told) and all(len(text) <= LONGEST for text in told)


def step_column(table: Any) -> str | None:
    """The column of an inventory whose values are steps; None where there is none, or where it tells what customers do."""
    if "step" not in table.frame or "stage" not in table.frame:
        return None
    header = next((header for header, column in table.columns.items() if column == "step"), "")
    told = [text for value in table.frame["step"].dropna() for text in words.texts_of(value)]
    return "step" if calls_steps(header) and are_names(told) else None


def step_of(builder: Builder, stage: str | None, value: Any, *, sheet: str) -> str | None:
    """The step of a stage that a cell names; of several the first, and all of them are made."""
    if stage is None:
        return None
    steps = [builder.step(stage, text, sheet=sheet) for text in words.texts_of(value)]
    return steps[0] if steps else None
