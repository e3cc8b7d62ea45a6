"""The timeline of the plan: when each action starts and is due, how it stands, what is late."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.finish import either, finish
from analysis.charts.palette import HALO, INK, WARNING
from analysis.charts.text import name_room, shortened, text_width
from analysis.language import N_, Translator, date, translator
from analysis.methods.frames import taken
from analysis.methods.plan_dates import needed, plan_dates

#: status → colour, name (written at each bar: colour is never alone)
STATUSES = {
    "proposed": ("#7A6BC9", N_("Proposed")),
    "to_do": ("#4F6FC4", N_("To do")),
    "in_progress": ("#A8862A", N_("In progress")),
    "done": ("#17857B", N_("Done")),
    "dropped": ("#98A2A8", N_("Dropped")),
}
_OVER = ("done", "dropped")
#: an action with one date is drawn this many days long
_POINT = 1
_ROW = 26
#: so many bars at most
MOST = 60
_NAMES = ("action", "status", "late", "start", "end", "said", "dates")


def timeline(actions: Any, language: str = "en", *, today: dt.date, width: float = 760) -> Any:
    """Draw the actions that have a date, one bar each, from start to due date.

    Parameters
    ----------
    actions : any frame with action, start_date, due_date, status; owner, id and depends_on (list of ids) when there are any. An action
        with one date is drawn as a day, one that needs another at the end of an arrow from it.
    today : drawn as a line; what was due before and is not over is overdue: outlined and marked "!".
    language : ``"fr"`` or ``"en"``. width : of the picture in pixels.

    Returns
    -------
    An Altair chart. ``usermeta``: shown, overdue, arrows (numbers), undated (titles of actions without a date, dropped ones aside).

    Raises
    ------
    MissingColumns.
    """
    t = translator(language)
    frame = taken(actions, ["action", "start_date", "due_date", "status"], ["owner", "id", "depends_on"])
    rows = [_row(row, today, t) for row in frame.to_dict("records") if row["status"] != "dropped"]
    drawn = sorted((row for row in rows if row["start"]), key=lambda row: (row["start"], row["end"]))
    undated = [row["action"] for row in rows if not row["start"]]
    late = sum(row["late"] for row in drawn)
    caption = [t("From start to due date; the line is today, {date}.", date=date(today, language))]
    if undated:
        caption.append(t.n("{n} action without a date is not drawn.", "{n} actions without a date are not drawn.", len(undated)))
    if len(drawn) > MOST:
        caption.append(t("The first {n} are drawn.", n=MOST))
    arrows = _arrows(drawn[:MOST], frame)
    if arrows:
        caption.append(t("Arrows lead to what needs an action first; in orange where the dates do not go together."))
    chart = _chart(drawn[:MOST], arrows, today, t, width)
    return finish(
        chart, language, title=_title(len(drawn), late, t), caption=caption, description=_spoken(drawn, late, t), width=width,
        notes={"shown": len(drawn), "overdue": late, "arrows": len(arrows), "undated": undated},
    )  # fmt: skip


def _row(row: dict[Any, Any], today: dt.date, t: Translator) -> dict[str, Any]:
    start, due = _day(row["start_date"]), _day(row["due_date"])
    first, last = start or due, due or start
    if first and last and first > last:
        first, last = last, first
    status = str(row["status"])
    late = bool(due and due < today and status not in _OVER)
    _, name = STATUSES.get(status, STATUSES["to_do"])
    owner = "" if "owner" not in row or pd.isna(row["owner"]) else str(row["owner"])
    said = [t(name), *([t("overdue")] if late else []), *([owner] if owner else [])]
    return {
        "id": str(row.get("id", "")), "needs": needed(row),
        "action": str(row["action"]), "status": status, "late": late, "start": _moment(first) if first else "",
        "end": _moment(last + dt.timedelta(days=_POINT)) if last else "", "said": ("! " if late else "") + " · ".join(said),
        "dates": " – ".join(dict.fromkeys(date(day, t.language) for day in (first, last) if day)),
    }  # fmt: skip


def _arrows(rows: list[dict[str, Any]], frame: pd.DataFrame) -> list[dict[str, Any]]:
    """From the end of each action to the start of one that needs it, both drawn; ``clash`` where the dates do not go together."""
    if not {"id", "depends_on"} <= set(frame):
        return []
    places = {row["id"]: place for place, row in enumerate(rows)}
    wrong = {(row["id"], row["other"]) for row in plan_dates(frame).to_dict("records")}
    return [
        {"from": rows[places[other]]["end"], "from_place": places[other], "to": row["start"], "to_place": places[row["id"]],
         "clash": (row["id"], other) in wrong}
        for row in rows for other in row["needs"] if other in places
    ]  # fmt: skip


def _drawn_arrows(arrows: list[dict[str, Any]], x: alt.Scale, y: Any) -> list[Any]:
    """Down (or up) from the end of what is needed, then along to the start of what needs it."""
    ends = [
        {"arrow": number, "step": step, "day": arrow[day], "place": f"{arrow[place]:04d}", "clash": arrow["clash"]}
        for number, arrow in enumerate(arrows) for step, (day, place) in enumerate((("from", "from_place"), ("to", "to_place")))
    ]  # fmt: skip
    colour = either(alt.ColorValue, "datum.clash", WARNING, INK)
    base = alt.Chart(pd.DataFrame(ends)).encode(x=alt.X("day:T", scale=x), y=y, color=colour)
    lines = base.mark_line(interpolate="step-before", strokeWidth=1.3, opacity=0.75)
    lines = lines.encode(detail=alt.Detail("arrow:N"), order=alt.Order("step:Q"))
    heads = base.transform_filter("datum.step == 1").mark_point(shape="triangle-right", filled=True, size=55, opacity=1, xOffset=-3)
    return [lines, heads]


def _day(value: Any) -> dt.date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _moment(day: dt.date) -> str:
    """Midnight where the reader is: a bare date would be midnight in Greenwich."""
    return f"{day.isoformat()}T00:00:00"


def _title(shown: int, late: int, t: Translator) -> str:
    if not shown:
        return t("No action has a date yet")
    if not late:
        return t.n("{n} action on the timeline, none is overdue", "{n} actions on the timeline, none is overdue", shown)
    return t.n("{n} of {all} actions is overdue", "{n} of {all} actions are overdue", late, all=shown)


def _spoken(rows: list[dict[str, Any]], late: int, t: Translator) -> str:
    return "; ".join([_title(len(rows), late, t), *(f"{row['action']}: {row['dates']}, {row['said']}" for row in rows[:40])])


def _chart(rows: list[dict[str, Any]], arrows: list[dict[str, Any]], today: dt.date, t: Translator, width: float) -> Any:
    data = pd.DataFrame(rows, columns=list(_NAMES))
    room = name_room(width, 0.26)
    data["place"] = [f"{n:04d}" for n in range(len(data))]
    names = {place: shortened(name, room, 12) for place, name in zip(data["place"], data["action"], strict=True)}
    first, last = _span(rows, today)
    data["words"] = _fitting(data, (first, last), width - room - 12)
    x = alt.Scale(domain=[first, last], nice=False)
    y = alt.Y("place:N", sort=None, title=None, axis=alt.Axis(labelExpr=_labels(names), labelLimit=room + 10, ticks=False, domain=False))
    base = alt.Chart(data)
    tips = [alt.Tooltip("action:N", title=t("Action")), alt.Tooltip("dates:N", title=t("Dates")), alt.Tooltip("said:N", title=t("Status"))]
    bars = base.mark_bar(cornerRadius=3, height=14).encode(
        x=alt.X("start:T", scale=x, title=None, axis=alt.Axis(format="%e %b", tickCount=6 if width > 500 else 3, labelOverlap=True)),
        x2=alt.X2("end:T"), y=y, tooltip=tips,
        color=alt.Color("status:N", scale=alt.Scale(domain=list(STATUSES), range=[colour for colour, _ in STATUSES.values()]), legend=None),
        stroke=either(alt.StrokeValue, "datum.late", WARNING, HALO),
        strokeWidth=either(alt.StrokeWidthValue, "datum.late", 2.5, 0.5),
    )  # fmt: skip
    words = base.mark_text(align="left", dx=6, fontSize=11).encode(x=alt.X("end:T", scale=x), y=y, text=alt.Text("words:N"))
    line = alt.Chart(pd.DataFrame({"day": [_moment(today)]})).mark_rule(color=INK, strokeDash=[4, 3], opacity=0.6)
    rule = line.encode(x=alt.X("day:T", scale=x))
    layers = [rule, bars, *(_drawn_arrows(arrows, x, y) if arrows else []), words]  # at once: each “+” would copy all that is there
    return alt.layer(*layers, width=width, height=max(_ROW * len(rows), 2 * _ROW))


def _fitting(data: pd.DataFrame, span: tuple[str, str], plot: float) -> list[str]:
    """What stands behind each bar, as much of it as there is room for before the end of the plot."""
    first, last = (pd.Timestamp(end) for end in span)
    found = []
    for end, said in zip(data["end"], data["said"], strict=True):
        left = plot * (last - pd.Timestamp(end)) / (last - first) - 8
        parts = str(said).split(" · ")
        while len(parts) > 1 and text_width(" · ".join(parts), 11) > left:
            parts.pop()
        found.append(" · ".join(parts) if text_width(" · ".join(parts), 11) <= left else "!" if said.startswith("!") else "")
    return found


def _labels(names: dict[str, str]) -> str:
    """Titles in place of the rows' keys, which keep two actions of one title apart."""
    return f"({json.dumps(names, ensure_ascii=False)})[datum.value]"


def _span(rows: list[dict[str, Any]], today: dt.date) -> tuple[str, str]:
    """From the first to the last day, today among them, with room at the end for the words."""
    days = [today, *(dt.date.fromisoformat(row[end][:10]) for row in rows for end in ("start", "end"))]
    first, last = min(days), max(days)
    wide = max((last - first).days, 14)
    return _moment(first - dt.timedelta(days=max(wide // 40, 1))), _moment(last + dt.timedelta(days=wide // 3))
