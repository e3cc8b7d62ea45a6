"""A table of answers in long form: one line an answer, from a table with a column a question or a row an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.language import N_, translator
from analysis.project.evidence import COUNTED, block
from analysis.project.importing.builder import Builder
from analysis.project.importing.columns import TEXT, contents, filled, masked_texts, numbered, pseudonyms, texts
from analysis.project.importing.privacy import personal_of
from analysis.reading.batteries import thing_of
from analysis.reading.questions import subject_of
from analysis.reading.sides import is_staff
from analysis.reading.words import is_missing

#: field of the table → measure of the evidence
MEASURES = {
    "nps": "nps",
    "satisfaction": "satisfaction",
    "rating": "satisfaction",
    "ces": "ces",
    "importance": "importance",
    "emotion_score": "emotion",
    "emotion": "emotion",  # where it is told in figures
}
#: fields that tell who or what a row is about; other columns with few values become attributes of the respondent
_ABOUT = {
    "date", "stage", "touchpoint", "persona", "side", "source", "id", "customer_id", "email", "phone", "ip", "person_name", "order",
    "nps_group",
}  # fmt: skip
#: what stands in a block under another name than in the table
_COMMON = {"date": "date", "stage_label": "stage", "touchpoint_label": "touchpoint", "persona": "persona", "side": "side"}
#: what people liked and what bothered them: remarks of theirs, in a table of answers
_SAID = ("delight", "pain", "opportunity", "need", "thought")
#: different values that a column has at most which says who a respondent is
MOST_VALUES = 30
#: longer texts say something
_SHORT = 20
#: columns of a counted survey that name nothing which was judged
_NO_LABELS = frozenset({"period", "date", "source", "persona", "stage", "comment", "id"})
_WHO = ("customer_id", "id", "email")


@dataclass(frozen=True)
class LongForm:
    """The answers of a table.

    Attributes
    ----------
    frame : a block (see :mod:`analysis.project.evidence`), in the order of the rows of the sheet.
    columns : for each line of it, the column of the table that it came from.
    by_content : whether a respondent is known by the content of the row, since the sheet has no column that tells people apart.
    """

    frame: pd.DataFrame
    columns: pd.Series
    by_content: bool


@dataclass(frozen=True)
class _Part:
    """The answers of one column: which rows, and what they say."""

    column: str
    measure: str
    rows: npt.NDArray[np.int64]
    label: str | None = None
    values: npt.NDArray[np.float64] | None = None
    texts: pd.Series | None = None
    ends: tuple[float, float] = (np.nan, np.nan)
    stage: str | None = None


def long_form(builder: Builder, table: Any) -> LongForm:
    """One line an answer; an empty frame when nobody answered anything."""
    frame: pd.DataFrame = table.frame
    if len(getattr(table, "shared", ())):  # no answers are made up of shares
        return LongForm(pd.DataFrame(), pd.Series(dtype=TEXT), True)
    who = who_answered(frame)
    parts = [_measured(frame[question[0]], *question) for question in questions_of(table)] if len(frame) else []
    parts = [replace(part, stage=_stage(table, part.column)) for part in parts]
    parts += [_commented(frame[column], column, label) for column, label in comments_of(table)] if len(frame) else []
    parts += _row_by_row(table) + _counted(table) if len(frame) else []
    times = getattr(table, "times", None)
    parts = [part for part in (parts if times is None else [_repeated(part, times) for part in parts]) if len(part.rows)]
    if not parts:
        return LongForm(pd.DataFrame(), pd.Series(dtype=TEXT), who is None)
    builder.at(0.1)
    common = _common(builder, table, frame, who)
    builder.at(0.5)
    return _together(builder, table, parts, common, who is None)


def _together(builder: Builder, table: Any, parts: list[_Part], common: pd.DataFrame, by_content: bool) -> LongForm:
    rows = np.concatenate([part.rows for part in parts])
    order = np.argsort(rows, kind="stable")
    lengths = [len(part.rows) for part in parts]
    whole = common.take(rows[order]).reset_index(drop=True)

    def spread(each: list[str | None]) -> pd.Series:
        return pd.Series(pd.array(each, dtype=TEXT).take(np.repeat(np.arange(len(parts)), lengths)[order]))

    whole["measure"] = spread([part.measure for part in parts])
    named = spread([part.label for part in parts])
    whole["touchpoint_label"] = named.fillna(whole["touchpoint_label"]) if "touchpoint_label" in whole else named
    if any(part.stage for part in parts):
        staged = spread([part.stage for part in parts])
        whole["stage_label"] = staged.fillna(whole["stage_label"]) if "stage_label" in whole else staged
    values = np.concatenate([np.full(len(part.rows), np.nan) if part.values is None else part.values for part in parts])[order]
    whole["value"] = pd.arrays.FloatingArray(np.nan_to_num(values), np.isnan(values))
    for end, name in enumerate(("low", "high")):
        ends = np.repeat([part.ends[end] for part in parts], lengths)[order]
        whole[name] = pd.arrays.FloatingArray(np.nan_to_num(ends), np.isnan(ends))
    nothing = pd.array([None], dtype=TEXT)
    said = [pd.Series(nothing.take(np.zeros(len(part.rows), dtype=int))) if part.texts is None else part.texts for part in parts]
    whole["text"] = pd.concat(said, ignore_index=True).take(order).reset_index(drop=True)
    if _only_counts(table):  # nobody knows how many people gave them
        nth = whole.groupby(["respondent"]).cumcount().astype(str)
        names = pseudonyms((whole["respondent"] + "#" + nth).tolist(), bytes.fromhex(builder.project.settings.key))
        whole["respondent"] = names + COUNTED
    builder.at(0.7)
    return LongForm(block(whole), spread([part.column for part in parts]), by_content)


# --- which columns ----------------------------------------------------------------------------------------------


def questions_of(table: Any) -> list[tuple[str, str, str | None, tuple[float, float]]]:
    """(column, measure, touchpoint named in the question, scale) of each column with numbers that people gave."""
    found = []
    for column in table.frame.columns:
        question = (getattr(table, "questions", None) or {}).get(column)
        measure = _measure_of(column, question)
        scale = table.scales.get(column) or _scale_of(question)
        if measure and measure != "comment" and scale and pd.api.types.is_numeric_dtype(table.frame[column]):
            found.append((column, measure, _asked(question), (float(scale[0]), float(scale[1]))))
    return found


def _measure_of(column: str, question: Any) -> str | None:
    if question is not None:
        asked = str(_part(question, "measure"))
        return MEASURES.get(asked, asked)
    return MEASURES.get(column)


def _part(question: Any, name: str) -> Any:
    return question.get(name) if isinstance(question, dict) else getattr(question, name, None)


def _asked(question: Any) -> str | None:
    return (_part(question, "touchpoint") or None) if question is not None else None


def _stage(table: Any, column: str) -> str | None:
    question = (getattr(table, "questions", None) or {}).get(column)
    return (_part(question, "stage") or None) if question is not None else None


def _scale_of(question: Any) -> tuple[float, float] | None:
    low, high = (_part(question, "low"), _part(question, "high")) if question is not None else (None, None)
    return None if low is None or high is None else (low, high)


def comments_of(table: Any) -> list[tuple[str, str | None]]:
    """(column, touchpoint named in the question) of each column with what people wrote."""
    questions = getattr(table, "questions", None) or {}
    found: list[tuple[str, str | None]] = []
    asked = any(_part(question, "measure") == "comment" for question in questions.values())
    if table.kind in ("comments", "survey") and "comment" not in table.frame and not asked and "description" in table.frame:
        found.append(("description", None))  # what a support ticket is about is what the customer said
    personal = personal_of(table)
    for column in table.frame.columns:
        question = questions.get(column)
        if column in personal:
            continue
        if column == "comment" or column.startswith("comment (") or (question is not None and _part(question, "measure") == "comment"):
            found.append((column, _asked(question)))
        elif column in _SAID and question is None and table.kind in ("comments", "survey"):
            found.append((column, None))
    return found


def _measured(values: pd.Series, column: str, measure: str, label: str | None, ends: tuple[float, float]) -> _Part:
    told = values.notna().to_numpy()
    return _Part(column, measure, np.flatnonzero(told), label, values[told].to_numpy(dtype=float), ends=ends)


def _row_by_row(table: Any) -> list[_Part]:
    """The answers of a survey with a row an answer, question by question."""
    found = []
    for asked in getattr(table, "row_questions", None) or ():
        if asked.measure == "comment":
            part = _commented(asked.values, "answer", asked.touchpoint)
        else:
            ends = (float(asked.scale[0]), float(asked.scale[1]))
            part = _measured(asked.values, "answer", MEASURES.get(asked.measure, asked.measure), asked.touchpoint, ends)
        found.append(replace(part, rows=asked.rows[part.rows]))
    return found


def _repeated(part: _Part, times: npt.NDArray[np.int64]) -> _Part:
    """Each answer as often as the file counts it."""
    places = np.repeat(np.arange(len(part.rows)), times[part.rows])
    said = None if part.texts is None else part.texts.take(places).reset_index(drop=True)
    return replace(part, rows=part.rows[places], values=None if part.values is None else part.values[places], texts=said)


def _counted(table: Any) -> list[_Part]:
    """The answers of a survey that was already counted: as many as each count says."""
    if not getattr(getattr(table, "tallies", None), "degrees", None):
        return []
    found = []
    for line in table.tallied.itertuples():
        rows = np.full(int(line.count), line.row, dtype=np.int64)
        label = row_label(table, line.row)
        found.append(_Part(line.column, "satisfaction", rows, label, np.full(len(rows), line.degree), ends=(1.0, 5.0)))
    return found


def _only_counts(table: Any) -> bool:
    return bool(getattr(getattr(table, "tallies", None), "degrees", None)) or getattr(table, "times", None) is not None


def row_label(table: Any, row: int) -> str | None:
    """What a row of a counted survey is about: its touchpoint, else what its question or its first text names."""
    frame = table.frame
    if "touchpoint" in frame:
        return None  # told by the row itself
    texts_of = (name for name in frame.columns if frame[name].dtype == "string" and name not in _NO_LABELS)
    name = "question" if "question" in frame else next(texts_of, None)
    text = str(frame[name].iloc[row]) if name is not None and not pd.isna(frame[name].iloc[row]) else ""
    return subject_of(text) or thing_of(text) or None


def _commented(values: pd.Series, column: str, label: str | None) -> _Part:
    said = texts(values)
    nothing = {text for text in said.unique() if len(text) <= _SHORT and is_missing(text)}  # “NA”, “-”: nobody wrote that
    told = ((said != "") & ~said.isin(nothing)).to_numpy(dtype=bool)
    return _Part(column, "comment", np.flatnonzero(told), label, texts=masked_texts(said[told]))


# --- what the answers of a row share ----------------------------------------------------------------------------


def _common(builder: Builder, table: Any, frame: pd.DataFrame, who: str | None) -> pd.DataFrame:
    """Who, when, where in the journey; one line a row of the sheet."""
    common = pd.DataFrame({"row": np.arange(1, len(frame) + 1)}, index=frame.index)
    common["respondent"] = _respondents(builder, frame, who).set_axis(frame.index)
    personal = personal_of(table)
    for ours, theirs in (_COMMON | {"date": _when(frame)}).items():
        if theirs in frame and theirs not in personal:
            common[ours] = frame[theirs] if ours == "date" else filled(frame[theirs])
    if "side" in common:
        staff = common["side"].isin([word for word in common["side"].dropna().unique() if is_staff(word)]).to_numpy(dtype=bool)
        common["side"] = pd.array(["customer", "staff"], dtype=TEXT).take(staff.astype(int))
    return _with_attributes(builder, common, table, frame.drop(columns=who) if who else frame)


def _when(frame: pd.DataFrame) -> str:
    """The column that says when people answered: the date, else the end of the answers, else their start, else the only one of moments."""
    told = [name for name in ("date", "end_date", "start_date") if name in frame and pd.api.types.is_datetime64_any_dtype(frame[name])]
    moments = [str(name) for name in frame.columns if pd.api.types.is_datetime64_any_dtype(frame[name])]
    return told[0] if told else moments[0] if len(moments) == 1 else "date"


def _with_attributes(builder: Builder, common: pd.DataFrame, table: Any, frame: pd.DataFrame) -> pd.DataFrame:
    """Columns with few values say who the respondent is; the first is the segment until the user chooses another."""
    passed = set(personal_of(table)) | {column for column, *_ in questions_of(table)}
    passed |= {column for column, _ in comments_of(table)}
    t = translator(builder.project.language)
    yes_no = {"True": t(N_("Yes")), "False": t(N_("No"))}
    for column in frame.columns:
        if column in passed or (column in _ABOUT and not _of_few(frame[column], column)) or _has_decimals(frame[column]):
            continue
        values = filled(frame[column])
        if 2 <= values.nunique() <= MOST_VALUES:
            common[f"attr:{column}"] = values.replace(yes_no) if frame[column].dtype == "boolean" else values
            if "segment" not in common:
                common["segment"] = common[f"attr:{column}"]
    return common


def _has_decimals(values: pd.Series) -> bool:
    """1.2 and 0.8 weigh or measure something; they are no groups of people."""
    return pd.api.types.is_float_dtype(values.dtype) and bool((values.dropna() % 1 != 0).any())


def _of_few(values: pd.Series, column: str) -> bool:
    """A column that seemed to tell customers apart, and holds the same few values over and over: “Customer since”."""
    return column == "customer_id" and len(values) > MOST_VALUES and values.nunique() <= MOST_VALUES


def who_answered(frame: pd.DataFrame) -> str | None:
    """The column that tells who answered, where there is one."""
    who = next((name for name in _WHO if name in frame and (_tells_apart(frame[name]) or _answers_each_once(frame, name))), None)
    if who is not None or "question" not in frame:
        return who
    others = [str(name) for name in frame.columns if name not in ("question", "answer", "date", "comment", "touchpoint", "stage")]
    return next(
        (name for name in others if _answers_each_once(frame, name)), None
    )  # of one who answers each question once, whatever it is called


def _tells_apart(ids: pd.Series) -> bool:
    """Whether a column can be who answered: nearly always filled, and seldom the same twice. “Client size” is not."""
    return bool(ids.notna().mean() > 0.9 and ids.nunique() > 0.5 * len(ids))


def _answers_each_once(frame: pd.DataFrame, name: str) -> bool:
    """Whether a column is who answered in a long form: a person stands once for each touchpoint (and stage), so several times in all."""
    if not {"touchpoint", "question"} & set(frame.columns) or frame[name].notna().mean() <= 0.9:
        return False
    pairs = frame[[column for column in (name, "touchpoint", "stage", "question") if column in frame]]
    return bool(frame[name].nunique() > 1 and pairs.duplicated().mean() < 0.1)


def _respondents(builder: Builder, frame: pd.DataFrame, who: str | None) -> pd.Series:
    """Pseudonyms, made with the project's key: of an id where the sheet has one, else of the row's content.

    The second lets a later import of the same answers be recognised without an id; identical rows are told apart by their count.
    """
    if who is not None:
        ids = texts(frame[who])
        unnamed = (ids == "").to_numpy(dtype=bool)
        if unnamed.any():
            ids[unnamed] = contents(frame[unnamed])
        names = ids.tolist()
    else:
        content = contents(frame)
        names = [f"{text}\x1e{number}" for text, number in zip(content.tolist(), numbered(content).tolist(), strict=True)]
    return pseudonyms(names, bytes.fromhex(builder.project.settings.key))
