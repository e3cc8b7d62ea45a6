"""What the import brings and changes, before anything is written: figures, then cell by cell."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.fields import FIELDS
from analysis.language import N_, Translator, currency_name, date, number
from analysis.project.criteria import own_criteria
from analysis.project.importing.own_plan import HEADERS
from analysis.project.importing.plan import KIND_NAMES
from analysis.project.planning import STATUS_NAMES
from analysis.reports.words import FAMILIES, word
from pages.map.versions import field_name
from pages.review.twice import said_twice
from pages.review.words import shortened
from pages.shell import comparing
from pages.shell.markdown import quoted

STATUS = {"changed": N_("changed"), "new": N_("new"), "gone": N_("no longer in the file")}
#: field → its codes in words
_WORDS = {"status": STATUS_NAMES, "family": FAMILIES}
_FIELDS = {
    "value": N_("value"), "step": N_("Step"), "low": N_("low end of the scale"), "high": N_("high end of the scale"),
    "conversion": N_("Conversion rate"),
}  # fmt: skip
#: who, when and where go with the value that changed
_SILENT = ("author", "at", "source", "order")
_WIDTHS = {"Status": 165, "Kind": 125, "What": 180, "Field": 110, "Before": 150, "After": 150, "Sheet": 125, "Cell": 60}
#: under which the chosen goals of event logs are kept
GOALS = "goals"
#: lines of the comparison that are shown at once
PAGE = 200
#: cells that were not understood that are listed
MOST_UNREAD = 10
ONE = {"answer": N_("Answer"), "contact": N_("Contacts"), "placement": N_("Place on the map")}
_THINGS = [*(kind for kind in KIND_NAMES if kind not in ("answer", "contact")), "placement"]
_COUNTS = ["new", "changed", "unchanged", "removed", "unassigned"]


def outcome(plans: Sequence[Any], base: Project, t: Translator, *, placing: bool = False) -> None:
    """What the import brings, in figures; then the comparison with what the project has, ``base``.

    ``placing``: which touchpoints have no stage is said elsewhere, and not counted here.
    """
    summary = pd.concat([plan.summary for plan in plans]) if plans else pd.DataFrame()
    if summary.empty:
        st.warning(t("Nothing here can be put on a map yet: say what the columns hold, or choose another sheet."), icon=":material/help:")
        return
    total = summary.groupby("kind", sort=False)[_COUNTS].sum()
    with st.container(horizontal=True, gap="small"):
        for kind, row in total.iterrows():
            said = row if not placing or kind not in ("touchpoint", "stage") else row.drop("unassigned")
            if kind != "stage" or said.any():
                _figure(str(kind), said, t)
    if not any(plan.commands for plan in plans) and all(plan.asked.empty for plan in plans):
        st.success(t("The project has all of this already: there is nothing to import."), icon=":material/done_all:")
    _money(plans, t)
    _goals(plans, t)
    _unread(plans, t)
    said_twice(plans, t)
    _comparison(plans, base, t)


def _money(plans: Sequence[Any], t: Translator) -> None:
    """In which currency the amounts are, where it is not the project's."""
    for row in pd.concat([plan.currencies for plan in plans], ignore_index=True).to_dict("records"):
        facts = {"header": quoted(row["header"]), "currency": currency_name(row["currency"], t.language)}
        if row["status"] == "taken":
            st.info(t("“{header}” is in {currency}: the project will count in this currency.", **facts), icon=":material/payments:")
        else:
            said = t("“{header}” is in {currency}, and the project counts in another currency: its amounts are left out. Nothing is "
                     "converted; under Columns you can say that they are in another currency.", **facts)  # fmt: skip
            st.warning(said, icon=":material/payments:")


def _goals(plans: Sequence[Any], t: Translator) -> None:
    """Which events of a log are its goal, to be chosen: the conversion of a touchpoint is counted from them."""
    choices = list(dict.fromkeys(choice for plan in plans for choice in plan.goal_choices))
    if not choices:
        return
    goals = [choice for choice in choices if any(choice in plan.goals for plan in plans)]
    key = f"{GOALS}_{hashlib.sha256(chr(31).join(choices).encode()).hexdigest()[:8]}"
    with st.container(border=True, key="goals_box"):
        st.multiselect(
            t("Events that are the goal of the log"), choices, default=goals, key=key, format_func=shortened, on_change=_keep_goals,
            args=(key,), select_all=False, placeholder=t("Choose the events that count as a conversion…"),
        )  # fmt: skip
        if goals:
            named = ", ".join(f"**{quoted(shortened(goal))}**" for goal in goals[:6]) + (" …" if len(goals) > 6 else "")
            said = t("Conversions are counted: the share of the people who met a touchpoint and reached {goals} then or later.",
                     goals=named)  # fmt: skip
        else:
            said = t("No conversion is counted: say which events are the goal, such as an order, an appointment or a sign-up.")
        st.caption(f":material/flag: {said}")


def _keep_goals(key: str) -> None:
    comparing.keep(key, GOALS)


def _unread(plans: Sequence[Any], t: Translator) -> None:
    """Cells of the plan that were not understood, or say what cannot be: the plan keeps what it holds there."""
    cells = pd.concat([plan.unread for plan in plans], ignore_index=True)
    if len(cells):
        said = t.n("{n} cell cannot be taken as it is: the plan keeps what it holds there.",
                   "{n} cells cannot be taken as they are: the plan keeps what it holds there.", len(cells))  # fmt: skip
        lines = [
            t("{cell}, {field}: “{content}”", cell=row["cell"], field=_field(row["field"], t), content=shortened(row["content"]))
            for row in cells.head(MOST_UNREAD).to_dict("records")
        ]
        more = ["…"] if len(cells) > MOST_UNREAD else []
        st.warning("  \n".join([f"**{said}**", *map(quoted, lines), *more]), icon=":material/help:")


def _figure(kind: str, row: Any, t: Translator) -> None:
    """So many new ones; where there are none, so many to change, and else the mark that all is as it was."""
    new, changed = int(row["new"]), int(row["changed"])
    words = [t("to add")] if new and row[["changed", "unchanged", "removed"]].any() else []
    words += [t("to change: {n}", n=changed) if new else t("to change")] if changed else []
    words += [t("identical: {n}", n=int(row["unchanged"]))] if row["unchanged"] else []
    words += [t("no longer in the file: {n}", n=int(row["removed"]))] if row["removed"] else []
    words += [t("without a place: {n}", n=int(row["unassigned"]))] if row.get("unassigned") else []
    with st.container(border=True, width=160, gap=None):
        name = t(KIND_NAMES.get(kind, kind))
        st.markdown(f":small[{name}]")
        shown = ("+" if words and new else "") + number(new or changed, t.language) if new or changed or not row["unchanged"] else "="
        st.metric(name, shown, label_visibility="collapsed")
        if words:
            st.caption(" · ".join(words))


def _comparison(plans: Sequence[Any], base: Project, t: Translator) -> None:
    """Only a second import has something to compare with."""
    lines = pd.concat([plan.changes for plan in plans], ignore_index=True)
    if not lines["status"].isin(["changed", "gone", "unchanged"]).any():
        return
    things = lines[lines["status"].isin(list(STATUS)) & lines["kind"].isin(_THINGS) & ~lines["field"].isin(_SILENT)]
    answers = pd.concat([plan.cells for plan in plans], ignore_index=True)
    shown = pd.concat([things, answers], ignore_index=True)
    if shown.empty:
        return
    total = len(things) + sum(plan.cell_count for plan in plans)
    order = shown["status"].map({"changed": 0, "gone": 1, "new": 2})
    shown = shown.loc[order.sort_values(kind="stable").index]
    with st.expander(t("What changes, cell by cell ({n})", n=number(total, t.language)), expanded=total <= 50):
        page = _page(len(shown), t)
        wide = {t(name): st.column_config.Column(width=width) for name, width in _WIDTHS.items()}
        table = _table(shown.iloc[page * PAGE : (page + 1) * PAGE], base, t)
        st.dataframe(table, hide_index=True, width="stretch", column_config=wide)
        if total > len(shown):
            st.caption(t("Of {total} cells the first {n} are shown.", total=number(total, t.language), n=number(len(shown), t.language)))


def _page(count: int, t: Translator) -> int:
    """Which page of a long list is shown; a short one has no pages."""
    pages = -(-count // PAGE)
    if pages < 2:
        return 0
    label = t("Page (of {n})", n=pages)
    return int(st.number_input(label, min_value=1, max_value=pages, value=1, key="changes_page", width=140)) - 1


def _table(shown: pd.DataFrame, base: Project, t: Translator) -> pd.DataFrame:
    named = [_named(row, base, t) for row in shown[["kind", "item", "field"]].to_dict("records")]
    return pd.DataFrame(
        {
            t("Status"): shown["status"].map(lambda status: t(STATUS[str(status)])),
            t("What"): [what for what, _ in named],
            t("Field"): [name for _, name in named],
            t("Before"): [_said(value, t, field) for field, value in zip(shown["field"], shown["before"], strict=True)],
            t("After"): [_said(value, t, field) for field, value in zip(shown["field"], shown["after"], strict=True)],
            t("Cell"): shown["cell"],
            t("Kind"): shown["kind"].map(lambda kind: t(ONE.get(str(kind)) or KIND_NAMES.get(str(kind), str(kind)))),
            t("Sheet"): shown["sheet"],
        }
    )


def same_people(plans: Sequence[Any], t: Translator) -> None:
    """Rows of which nothing tells whether they are edited answers or other people's: asked, and left aside until it is said."""
    rows = pd.concat([plan.asked for plan in plans], ignore_index=True)
    known = comparing.kept("same_people")
    if rows.empty and known is None:
        return
    said = {True: t("answers already in the project, corrected since"), False: t("answers of other people")}
    with st.container(border=True):
        asked = t.n("{n} row of the file could be an answer that the project has already, corrected since.",
                    "{n} rows of the file could be answers that the project has already, corrected since.", len(rows))  # fmt: skip
        st.radio(
            asked if len(rows) else t("Rows that resemble earlier answers are"), [True, False],
            index=None if known is None else int(not known), key="same_people", format_func=lambda same: said[bool(same)],
            on_change=comparing.keep, args=("same_people",),
        )  # fmt: skip
        if len(rows):
            st.caption(t("Until you say so they are left aside: nothing is doubled."))
            shown = {t("Sheet"): rows["sheet"], t("Cell"): rows["cell"], t("Content"): rows["content"]}
            st.dataframe(pd.DataFrame(shown).head(PAGE), hide_index=True, width="stretch", height=min(38 + 35 * len(rows), 220))


def _named(row: dict[Any, Any], base: Project, t: Translator) -> tuple[str, str]:
    """What a line is about, and which field of it: of a score (“Checkout · impact”) the criterion, as people call it."""
    item, field = str(row["item"]), str(row["field"])
    what, between, code = item.rpartition(" · ")
    if row["kind"] != "score" or not between:
        return item, _field(field, t) if field else ""
    own = own_criteria(base).get(code)
    criterion = own.name if own else _field(code, t)
    return what, criterion if field in ("", "value") else f"{criterion} · {_field(field, t)}"


def _field(name: str, t: Translator) -> str:
    if name in _FIELDS:
        return t(_FIELDS[name])
    return t(HEADERS[name]) if name in HEADERS and name not in FIELDS else field_name(name, t)


def _said(value: Any, t: Translator, field: str = "") -> str:
    """A value as people write it: statuses and families in words, dates and numbers in the language."""
    if value is None or (not isinstance(value, list | dict) and pd.isna(value)):
        return ""
    if isinstance(value, dt.date):
        return date(value if not isinstance(value, dt.datetime) else value.date(), t.language)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return number(value, t.language)
    return str(word(_WORDS[field], value, t) or value) if field in _WORDS else str(value)


def gone(plans: Sequence[Any]) -> int:
    """How many touchpoints and respondents an earlier import brought that the file no longer has."""
    return sum(int((plan.changes["status"] == "gone").sum()) for plan in plans)


def both(plans: Sequence[Any], t: Translator) -> None:
    """What was changed in the file and in the app since it was written: shown side by side, and asked about."""
    lines = pd.concat([plan.conflicts for plan in plans], ignore_index=True) if plans else pd.DataFrame()
    if lines.empty:
        return
    title = t.n("{n} value was changed in the file and in the app", "{n} values were changed in the file and in the app", len(lines))
    with st.container(border=True, key="conflicts"):
        st.markdown(f":material/compare_arrows: **{title}**")
        st.dataframe(
            pd.DataFrame(
                {
                    t("What"): lines["item"],
                    t("Field"): [_field(name, t) if name else t("the whole action") for name in lines["field"]],
                    t("When it was exported"): [_said(row["exported"], t, row["field"] or "") for row in lines.to_dict("records")],
                    t("In the file"): [_side(row, "file", t) for row in lines.to_dict("records")],
                    t("In the app"): [_side(row, "app", t) for row in lines.to_dict("records")],
                }
            ),
            hide_index=True,
            width="stretch",
        )
        st.toggle(
            t("Keep what the app has"), value=bool(comparing.kept("keep_ours")), key="keep_ours", on_change=comparing.keep,
            args=("keep_ours",), help=t("Otherwise the file’s values are taken; one undo takes them back."),
        )  # fmt: skip


def _side(row: dict[Any, Any], side: str, t: Translator) -> str:
    """A value of one side; an action that is not there any more is said to be removed."""
    said = _said(row[side], t, row["field"] or "")
    return t("no longer there") if not row["field"] and said == "" else said
