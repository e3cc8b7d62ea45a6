"""Tables of answers: surveys, comments and reviews, tickets. One row of the sheet becomes one line of evidence a measure."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pandas as pd

from analysis.language import N_, translator
from analysis.project.commands import Put
from analysis.project.evidence import block, pack, unpack
from analysis.project.importing.builder import CHANGED, NEW, UNCHANGED, Builder, cleaned
from analysis.project.importing.inventory import source_of
from analysis.project.importing.privacy import masked
from analysis.project.model import PREFIXES, new_id

#: field of the table → measure of the evidence
MEASURES = {
    "nps": "nps",
    "satisfaction": "satisfaction",
    "rating": "satisfaction",
    "ces": "ces",
    "importance": "importance",
    "emotion_score": "emotion",
}
#: fields that tell who or what a row is about; other columns with few values become attributes of the respondent
_ABOUT = {
    "date",
    "stage",
    "touchpoint",
    "persona",
    "side",
    "source",
    "id",
    "customer_id",
    "email",
    "phone",
    "ip",
    "person_name",
    "order",
    "nps_group",
}
_MOST_VALUES = 30


def add_answers(builder: Builder, table: Any, record: str) -> int:
    """Gather a table of answers as one block of evidence; returns the number of answering rows."""
    frame = _long(builder, table)
    _note_silent(builder, table, frame)
    if frame.empty:
        return 0
    known = _block_of(builder, record)
    if known and known in builder.project.table("evidence"):
        return _merge(builder, table, record, known, frame)
    return _add(builder, table, record, frame)


def _note_silent(builder: Builder, table: Any, frame: pd.DataFrame) -> None:
    """Rows without any answer or comment are said, not dropped in silence."""
    answered = set() if frame.empty else set(frame["row"].dropna().astype(int))
    for number, position in enumerate(table.frame.index, start=1):
        if number not in answered:
            builder.leave(table, position, "no_answer")


def _block_of(builder: Builder, record: str) -> str | None:
    return next((id for id, meta in builder.project.table("evidence").items() if meta.record == record), None)


def _add(builder: Builder, table: Any, record: str, frame: pd.DataFrame) -> int:
    links = {"touchpoints": _touchpoint_links(builder, table, frame), "stages": _stage_links(builder, table, frame)}
    key, data = pack(frame)
    id = new_id(PREFIXES["evidence"])
    values = {
        "blob": key,
        "rows": len(frame),
        "title": table.name,
        "source": source_of(builder, table),
        "kind": table.kind,
        "record": record,
        "order": builder.order("evidence"),
    } | links
    builder.commands.append(Put("evidence", id, values, payloads={key: data}))
    respondents = int(frame["respondent"].nunique())
    builder.changes += [_line("answer", id, NEW, table)] * respondents
    return respondents


def _merge(builder: Builder, table: Any, record: str, id: str, frame: pd.DataFrame) -> int:
    """A second import of the same sheet: answers it has already are not doubled, answers it lacks now are kept."""
    meta = builder.project.table("evidence")[id]
    old = unpack(builder.project.blob(meta.blob))
    before, after = _by_respondent(old), _by_respondent(frame)
    for key in after:
        builder.changes.append(
            _line("answer", id, NEW if key not in before else UNCHANGED if before[key] == after[key] else CHANGED, table)
        )
    for _ in before.keys() - after.keys():
        builder.changes.append(_line("answer", id, "gone", table))
    kept = old[[False] * len(old)] if builder.remove_gone else old[~old["respondent"].isin(list(after))]
    whole = pd.concat([kept, frame], ignore_index=True)
    touchpoints = meta.touchpoints | {
        k: v for k, v in _touchpoint_links(builder, table, frame, meta.touchpoints).items() if k not in meta.touchpoints
    }
    stages = meta.stages | {k: v for k, v in _stage_links(builder, table, frame, meta.stages).items() if k not in meta.stages}
    key, data = pack(whole)
    if before != (after if builder.remove_gone else {**before, **after}):
        values = {"blob": key, "rows": len(whole), "touchpoints": touchpoints, "stages": stages}
        builder.commands.append(Put("evidence", id, values, payloads={key: data}))
    return len(after)


def _by_respondent(frame: pd.DataFrame) -> dict[str, tuple[Any, ...]]:
    """respondent → what they answered, comparable."""
    compared = frame[["respondent", "touchpoint_label", "stage_label", "measure", "value", "text"]].astype("string").fillna("")
    grouped: dict[str, list[tuple[str, ...]]] = {}
    for row in compared.itertuples(index=False):
        grouped.setdefault(str(row[0]), []).append(tuple(row[1:]))
    return {key: tuple(sorted(rows)) for key, rows in grouped.items()}


def _line(kind: str, id: str, status: str, table: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": id,
        "item": "",
        "field": "",
        "before": None,
        "after": None,
        "status": status,
        "sheet": table.sheet,
        "cell": "",
    }


def _touchpoint_links(
    builder: Builder, table: Any, frame: pd.DataFrame, known: dict[str, str | None] | None = None
) -> dict[str, str | None]:
    counts = frame["touchpoint_label"].dropna().value_counts(sort=False)
    links: dict[str, str | None] = {}
    nothing_to_match = not len(builder.touchpoints)
    for label, rows in counts.items():
        found = (known or {}).get(str(label)) or builder.touchpoint(str(label))
        if found is None and nothing_to_match:
            found = _make_touchpoint(builder, table, str(label))
        if found is None:
            builder.unplaced("touchpoint", str(label), int(rows), table.sheet)
        links[str(label)] = found
    return links


def _make_touchpoint(builder: Builder, table: Any, label: str) -> str:
    """A survey that comes before any inventory brings its touchpoints; they wait for a stage."""
    id = new_id(PREFIXES["touchpoint"])
    builder.put("touchpoint", id, {"name": label}, item=label, sheet=table.sheet)
    values = {"journey": builder.journey, "touchpoint": id, "stage": None, "order": builder.order("placement", builder.journey, None)}
    builder.put("placement", new_id(PREFIXES["placement"]), values, item=label, sheet=table.sheet)
    return id


def _stage_links(builder: Builder, table: Any, frame: pd.DataFrame, known: dict[str, str | None] | None = None) -> dict[str, str | None]:
    counts = frame["stage_label"].dropna().value_counts(sort=False)
    links: dict[str, str | None] = {}
    for label, rows in counts.items():
        found = (known or {}).get(str(label)) or builder.stage(label, sheet=table.sheet, create=builder.pristine)
        if found is None:
            builder.unplaced("stage", str(label), int(rows), table.sheet)
        links[str(label)] = found
    return links


# --- long form --------------------------------------------------------------------------------------------------


def _long(builder: Builder, table: Any) -> pd.DataFrame:
    """One line an answer, from a table with a column a question or a row an answer."""
    frame: pd.DataFrame = table.frame
    if frame.empty:
        return pd.DataFrame()
    common = _common(builder, table, frame)
    parts = [_measured(frame, common, column, measure, label, ends) for column, measure, label, ends in _questions(table)]
    parts += [_commented(frame, common, column, label) for column, label in _comments(table)]
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame()
    whole = pd.concat(filled, ignore_index=True)
    return block(whole.sort_values("row", kind="stable"))


def _questions(table: Any) -> list[tuple[str, str, str | None, tuple[float, float]]]:
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


def _scale_of(question: Any) -> tuple[float, float] | None:
    low, high = (_part(question, "low"), _part(question, "high")) if question is not None else (None, None)
    return None if low is None or high is None else (low, high)


def _comments(table: Any) -> list[tuple[str, str | None]]:
    questions = getattr(table, "questions", None) or {}
    found: list[tuple[str, str | None]] = []
    if table.kind == "comments" and "comment" not in table.frame and "description" in table.frame:
        found.append(("description", None))  # what a support ticket is about is what the customer said
    for column in table.frame.columns:
        question = questions.get(column)
        if column == "comment" or column.startswith("comment (") or (question is not None and _part(question, "measure") == "comment"):
            found.append((column, _asked(question)))
    return found


def _common(builder: Builder, table: Any, frame: pd.DataFrame) -> pd.DataFrame:
    """What every answer of a row shares: who, when, where in the journey."""
    keys = _respondents(builder, table, frame)
    common = pd.DataFrame({"row": pd.Series(range(1, len(frame) + 1), index=frame.index), "respondent": keys})
    for ours, theirs in (
        ("date", "date"),
        ("stage_label", "stage"),
        ("touchpoint_label", "touchpoint"),
        ("persona", "persona"),
        ("side", "side"),
    ):
        if theirs in frame:
            common[ours] = frame[theirs] if ours == "date" else frame[theirs].map(cleaned).replace("", pd.NA)
    if "side" in common:
        common["side"] = common["side"].map(_side)
    return _with_attributes(builder, common, table, frame)


def _side(value: Any) -> str:
    return (
        "staff"
        if cleaned(value).casefold() in {"staff", "équipe", "equipe", "interne", "collaborateur", "collaborateurs", "employee"}
        else "customer"
    )


def _with_attributes(builder: Builder, common: pd.DataFrame, table: Any, frame: pd.DataFrame) -> pd.DataFrame:
    """Columns with few values say who the respondent is; the first is the segment until the user chooses another."""
    personal = set(getattr(table, "personal", None) or {})
    asked = {column for column, *_ in _questions(table)} | {column for column, _ in _comments(table)}
    t = translator(builder.project.language)
    yes_no = {True: t(N_("Yes")), False: t(N_("No"))}
    for column in frame.columns:
        if column in _ABOUT or column in asked or column in personal:
            continue
        values = frame[column].map(yes_no.get if frame[column].dtype == "boolean" else cleaned).replace("", pd.NA)
        if 2 <= values.nunique() <= _MOST_VALUES:
            common[f"attr:{column}"] = values
            if "segment" not in common:
                common["segment"] = values
    return common


def _respondents(builder: Builder, table: Any, frame: pd.DataFrame) -> pd.Series:
    """Pseudonyms, made with the project's key: of an id where the sheet has one, else of the row's content.

    The second lets a later import of the same answers be recognised without an id; identical rows are told apart by their count.
    """
    secret = bytes.fromhex(builder.project.settings.key)
    column = next((name for name in ("customer_id", "id", "email") if name in frame and _tells_apart(frame[name])), None)
    content = frame.map(cleaned).agg("\x1f".join, axis=1)
    if column is not None:
        ids = frame[column].map(cleaned)
        base = ids.where(ids != "", content)
    else:
        base = content + "\x1e" + content.groupby(content).cumcount().astype(str)
    return base.map(lambda text: hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:20])


def _tells_apart(ids: pd.Series) -> bool:
    """Whether a column can be who answered: nearly always filled, and seldom the same twice. “Client size” is not."""
    return bool(ids.notna().mean() > 0.9 and ids.nunique() > 0.5 * len(ids))


def _measured(
    frame: pd.DataFrame, common: pd.DataFrame, column: str, measure: str, label: str | None, ends: tuple[float, float]
) -> pd.DataFrame:
    values = frame[column].astype("Float64")
    part = common[values.notna()].copy()
    part["measure"], part["value"], part["low"], part["high"] = measure, values[values.notna()], ends[0], ends[1]
    if label is not None:
        part["touchpoint_label"] = label
    return part


def _commented(frame: pd.DataFrame, common: pd.DataFrame, column: str, label: str | None) -> pd.DataFrame:
    texts = frame[column].map(cleaned)
    part = common[texts != ""].copy()
    part["measure"], part["text"] = "comment", texts[texts != ""].map(masked)
    if label is not None:
        part["touchpoint_label"] = label
    return part
