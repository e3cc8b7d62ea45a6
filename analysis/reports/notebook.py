"""A notebook that works every figure of the deliverables out again, from the data it carries, with this library.

The data are literals of Python (never code of a user): small tables as CSV that can be read, the answers as compressed Parquet. Comments
and texts of answers stay out.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import textwrap
from collections.abc import Mapping

import nbformat
import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.language import date
from analysis.project.criteria import against_of, scales_of
from analysis.project.forecast import budget_of, return_inputs, returns
from analysis.project.measures import other_of
from analysis.project.priorities import AXES
from analysis.project.project import Project
from analysis.reports.content import Content
from analysis.reports.pictures import tamed

#: columns of the touchpoints that methods need
_TOUCHPOINTS = (
    "number", "label", "touchpoint", "stage", "impact", "effort", "importance", "fit", "reach", "cost", "running_cost", "satisfaction",
    "emotion", "touchpoint_value", "pain_points", "complaints", "lost_value", "conversion", "frequency", "confidence",
)  # fmt: skip
_ANSWERS = ("stage_id", "stage", "touchpoint", "side", "measure", "value", "low", "high", "emotion", "respondent", "date")
_PLAN = ("action", "touchpoint", "quadrant", "score", "impact", "effort", "cost", "owner", "start_date", "due_date", "status", "kpi")


def build(project: Project, language: str = "fr", *, today: dt.date | None = None, people: Mapping[str, str] | None = None) -> bytes:
    """The project as a notebook that runs top to bottom wherever ``analysis`` can be imported."""
    content = Content(tamed(project), language, today or dt.date.today(), people or {})
    cells = [new_markdown_cell(text) if kind == "text" else new_code_cell(text) for kind, text in _cells(content)]
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position:02d}"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}}
    notebook = new_notebook(cells=cells, metadata=kernel)
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return text.encode()


def _cells(content: Content) -> list[tuple[str, str]]:
    return [
        *_opening(content),
        *_data(content),
        *_emotion(content),
        *_pareto(content),
        *_matrix(content),
        *_ranking(content),
        *_plan(content),
        *_returns(content),
        *_satisfaction(content),
    ]


def _opening(content: Content) -> list[tuple[str, str]]:
    t = content.t
    told = t(
        "Every figure of the workbook, the slides and the report, worked out again from the data below. "
        "Run it top to bottom where the library `analysis` of Parcours can be imported. {day}",
        day=date(content.today, content.language, "long"),
    )
    imports = "import base64\nimport io\nimport json\n\nimport pandas as pd\n\nimport analysis"
    filtered = f"\n\n**{_escaped(content.filtered)}**" if content.filtered else ""
    return [("text", f"# {_escaped(content.project.name)}\n\n{told}{filtered}"), ("code", imports)]


def _data(content: Content) -> list[tuple[str, str]]:
    from analysis.charts.pareto import item_of

    t = content.t
    settings = {
        "language": content.language, "threshold": content.threshold, "cut": content.cut, "weights": content.weights,
        "counted": content.counted, "item": item_of(content.grouped), "other": other_of(content.amounts),
        "scales": scales_of(content.project, [*content.weights, *content.axes]),
        "against": against_of(content.project), "axes": content.axes,
        "axis_names": None if content.axes == AXES else content.axis_names,
    }  # fmt: skip
    return [
        ("text", f"## {t('Data')}\n\n" + t("An empty cell is a value that nobody knows. It is never 0 and counts in no mean.")),
        ("code", f"settings = json.loads({json.dumps(settings, ensure_ascii=False)!r})\nlanguage = settings['language']"),
        ("code", _as_csv("touchpoints", touchpoints_of(content))),
        ("code", _as_csv("stages", stages_of(content))),
        ("code", _as_csv("actions", _dated(content.project.actions[list(_PLAN)]), dates=("start_date", "due_date"))),
        ("code", _as_parquet("amounts", content.amounts[["label", "value"]])),
        ("code", _as_parquet("evidence", content.project.evidence[list(_ANSWERS)])),
    ]


def touchpoints_of(content: Content) -> pd.DataFrame:
    """The touchpoints in the order of the journey, with a label that no other has."""
    frame = content.touchpoints
    twice = frame["touchpoint"].duplicated(keep=False)
    label = frame["touchpoint"].where(~twice, frame["touchpoint"] + " (" + frame["number"] + ")")
    weighed = [name for name in dict.fromkeys([*content.weights, *content.axes]) if name in frame and name not in _TOUCHPOINTS]
    return frame.assign(label=label)[[*_TOUCHPOINTS, *weighed]]


def stages_of(content: Content) -> pd.DataFrame:
    """The stages of the first journey: what was set by hand over the answers, and what stands where there are none."""
    frame = content.emotions(content.project.first_journey)
    by_hand = frame["value"].where((frame["layer"] == "hand").fillna(False).astype(bool))
    other = frame["value"].where((~frame["layer"].isin(["hand", "measured"])).astype(bool))
    return frame[["stage_id", "stage"]].assign(by_hand=by_hand, without_answers=other)


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in ("start_date", "due_date")})


def _as_csv(name: str, frame: pd.DataFrame, dates: tuple[str, ...] = ()) -> str:
    """Code that makes the frame from text that can be read; each line is a literal."""
    lines = frame.to_csv(index=False).splitlines(keepends=True)
    texts = {column: "string" for column in frame if frame[column].dtype in ("string", "str", "object") and column not in dates}
    literals = "\n".join(f"    {line!r}" for line in lines)
    parsed = f", parse_dates={list(dates)!r}" if dates else ""
    return (
        f"{name} = pd.read_csv(io.StringIO(\n{literals}\n), dtype={texts!r}, keep_default_na=False, na_values=['']{parsed})\n{name}.head()"
    )


def _as_parquet(name: str, frame: pd.DataFrame) -> str:
    """Code that makes the frame from its compressed bytes."""
    out = io.BytesIO()
    frame.to_parquet(out, index=False, compression="zstd")
    lines = "\n".join(f"    {line!r}" for line in textwrap.wrap(base64.b64encode(out.getvalue()).decode(), 120))
    return f"{name} = pd.read_parquet(io.BytesIO(base64.b64decode(\n{lines}\n)))\n{name}.head()"


def _emotion(content: Content) -> list[tuple[str, str]]:
    rule = content.t(
        "Mean of the customers' answers on −2 to +2, one respondent one voice. "
        "What was set by hand stands first; without answers the assumed value."
    )
    code = """curve = analysis.emotion_curve(evidence, by="stage_id", order=stages["stage_id"])
by_stage = stages.set_index("stage_id")
curve["value"] = curve["stage_id"].map(by_stage["by_hand"]).fillna(curve["mean"]).fillna(curve["stage_id"].map(by_stage["without_answers"]))
curve.insert(1, "stage", curve["stage_id"].map(by_stage["stage"]))
curve[["stage", "value", "mean", "n", "sd", "low", "high"]]"""
    satisfaction = """answers = evidence[evidence["measure"] == "satisfaction"].dropna(subset=["touchpoint"])
satisfaction = analysis.emotion_curve(answers, by="touchpoint") if len(answers) else None
satisfaction"""
    return [("text", f"## {content.t('Emotion')}\n\n{rule}"), ("code", code), ("code", satisfaction)]


def _pareto(content: Content) -> list[tuple[str, str]]:
    rule = content.t("The vital few are the smallest leading group whose sum reaches {share}% of the total.", share=100 * content.threshold)
    if content.counted is None:
        return []
    code = """causes = analysis.pareto(amounts, "label", "value", threshold=settings["threshold"], other=settings["other"])
causes"""
    drawn = 'analysis.charts.pareto(causes, language, measure=settings["counted"], item=settings["item"])'
    return [("text", f"## {content.t('Pareto')}\n\n{rule}"), ("code", code), ("code", drawn)]


def _matrix(content: Content) -> list[tuple[str, str]]:
    code = """scales = {name: tuple(ends) for name, ends in settings["scales"].items()}
up, right = settings["axes"]
matrix = analysis.impact_effort(
    touchpoints, up, right, scale={"impact": scales[up], "effort": scales[right]}, cut=settings["cut"]
)
matrix[["number", "touchpoint", up, right, "quadrant"]]"""
    drawn = 'analysis.charts.matrix(matrix, language, axes=settings["axis_names"])'
    return [("text", f"## {content.t('Matrix')}\n\n{_escaped(content.matrix_rule)}"), ("code", code), ("code", drawn)]


def _ranking(content: Content) -> list[tuple[str, str]]:
    rule = content.score_rule + " " + content.t("Change a weight and run the cell again: scores and ranks follow.")
    if content.method != "relevance":
        rule = content.t("Ranks follow {method}: {rule}", method=content.score_name, rule=content.score_rule)
    rule = _escaped(rule)
    code = """ranking = touchpoints[["number", "touchpoint"]].assign(
    relevance=analysis.relevance(touchpoints, settings["weights"], scales=scales, reverse=settings["against"])
)"""
    by = "relevance"
    if content.method != "relevance":
        by = content.method
        code += f"\nranking[{by!r}] = {_METHODS[by]}"
    code += f"""
ranking["rank"] = ranking[{by!r}].rank(ascending=False, method="min")
ranking.sort_values("rank")"""
    return [("text", f"## {content.t('Ranking')}\n\n{rule}"), ("code", code)]


#: ranking → its line of code: reach in %, confidence from 1 to 10, as in the app
_METHODS = {
    "rice": 'analysis.rice(touchpoints.assign(confidence=touchpoints["confidence"] / 10))',
    "ice": 'analysis.ice(touchpoints.assign(ease=11 - touchpoints["effort"]))',
    "opportunity": "analysis.opportunity(touchpoints)",
}


def _plan(content: Content) -> list[tuple[str, str]]:
    code = 'actions.groupby(["quadrant", "status"], dropna=False).size().rename("actions").reset_index()'
    return [("text", f"## {content.t('Action plan')}"), ("code", code), *_budget(content)]


def _budget(content: Content) -> list[tuple[str, str]]:
    """The best set of actions under the budget of the plan; nothing where none was set."""
    budget = budget_of(content.project)
    if budget is None:
        return []
    frame = content.project.actions[["id", "action", "score", "cost", "status", "depends_on"]]
    frame = frame.assign(depends_on=[" ".join(ids) if isinstance(ids, list | tuple) else "" for ids in frame["depends_on"]])
    rule = content.t("The set of actions with the highest sum of scores that fits the budget, worked out exactly.")
    code = f"""best = analysis.best_under_budget(
    budgeted.assign(depends_on=budgeted["depends_on"].fillna("").str.split()), {budget!r}
)
best[["action", "score", "cost", "decision"]]"""
    return [("text", f"### {content.t('Budget')}\n\n{rule}"), ("code", _as_csv("budgeted", frame)), ("code", code)]


def _returns(content: Content) -> list[tuple[str, str]]:
    """What the actions may bring, from the ranges of the project; nothing where no action has them."""
    t, inputs = content.t, return_inputs(content.project)
    known = returns(content.project)
    if not known["p50"].notna().any():
        return []
    kept = inputs[known["p50"].notna().to_numpy()].drop(columns=["touchpoint_id", "reach"])
    titles = dict(zip(content.project.actions["id"], content.project.actions["action"], strict=True))
    frame = kept.assign(action=kept["id"].map(titles)).drop(columns="id")
    rule = t("Customers reached × effect × value of a conversion, less cost, drawn 10,000 times from the ranges.")
    code = """brings = analysis.action_return(inputs)
inputs[["action"]].join(brings[["p10", "p50", "p90", "payback_share"]])"""
    return [("text", f"## {t('Return of the first year')}\n\n{rule}"), ("code", _as_csv("inputs", frame)), ("code", code)]


def _satisfaction(content: Content) -> list[tuple[str, str]]:
    """NPS of the answers, where there are any."""
    asked = content.answers
    if not (asked["measure"] == "nps").any():
        return []
    return [("text", "## NPS"), ("code", 'nps = analysis.nps(evidence[evidence["measure"] == "nps"]["value"])\nnps')]


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    plain = " ".join(text.split())
    return "".join("\\" + mark if mark in "\\`*_{}[]()<>#+-.!|$~" else mark for mark in plain)
