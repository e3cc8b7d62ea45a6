"""Step 3, the columns: header, samples, field, how sure; and what only a person can say of scale, dates and money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from analysis.fields import FIELDS
from analysis.language import N_, Translator, number, percent
from analysis.project.importing.long import MOST_VALUES
from analysis.project.importing.money import currency_of
from analysis.project.importing.privacy import personal_of
from analysis.reading import corrections as correct
from pages.review.words import shortened
from pages.shell.markdown import quoted
from pages.shell.pending import Pending

_KEEP, _OUT = "", "-"
_SCALES = ((1, 5), (0, 5), (1, 7), (1, 10), (0, 10), (0, 20), (0, 100), (-2, 2), (1, 3), (1, 4), (1, 6), (-100, 100))
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CAD", "XOF", "MAD")
#: doubts about a column that only a person can settle
ASKED = frozenset({
    "reversed", "low_is_good", "outside_scale", "scales_mixed", "day_order", "currencies", "no_scores", "taken_for_touchpoints",
    "taken_for_answers", "bare_share", "yes_no", "tallied", "tallied_shares", "latest_mark",
    "short_scale", "periods_repeat",
})  # fmt: skip
#: what was taken for what in such a column, and what else one may choose
_TAKEN = {
    "taken_for_answers": N_("Columns that hold answers on one scale were taken for how satisfied people are with what their header names. "
                            "Choose another field for those that ask something else."),
    "yes_no": N_("A yes was taken for a satisfied customer, unless the question asks for trouble: change its scale, or choose another "
                 "field if the question judges nothing."),
    "tallied": N_("From this column on, figures count how many people gave each answer: each is imported as so many answers."),
    "tallied_shares": N_("Nothing says of how many people these are shares: only their mean is kept, as a score of the touchpoint. "
                        "Add a column with the number of answers to import them as answers."),
    "latest_mark": N_("Earlier periods have columns of the same scores: this one, the last, was taken. "
                      "Choose another field to leave it out."),
}  # fmt: skip
SURE = 0.9
_OF_PEOPLE = ("survey", "comments", "customers")
#: kind of table → where a column without a field stays
_KEPT = dict.fromkeys(("touchpoints", *_OF_PEOPLE), N_("kept as it is")) | {
    "actions": N_("kept in the notes"), "personas": N_("kept in the description"),
}  # fmt: skip
_NOT_KEPT = N_("This column is not kept.")
PERSONAL = {
    "name": N_("Names of people: not kept. Answers are known by a pseudonym of this project."),
    "email": N_("E-mail addresses: turned into pseudonyms with a key of this project, never kept."),
    "phone": N_("Telephone numbers: not kept."),
    "ip": N_("IP addresses: not kept."),
    "address": N_("Postal addresses: not kept."),
}


def doubts_of(table: Any) -> dict[str, set[str]]:
    """Header → codes of what was doubtful in that column."""
    found: dict[str, set[str]] = {}
    for problem in table.noted.listed():
        if problem["header"]:
            found.setdefault(problem["header"], set()).add(str(problem["values"].get("of", problem["code"])))
    return found


def questions(table: Any) -> list[str]:
    """Headers of columns about which something is to be asked."""
    return [header for header, codes in doubts_of(table).items() if codes & ASKED and header in table.mapping]


def columns(file: Pending, index: int, key: str, t: Translator) -> None:
    """One line a column of the file, and a second one where something is asked."""
    table = file.tables[index]
    _stage(file, index, key, t)
    doubts = doubts_of(table)
    corrected: Callable[[], Any] | None = None
    for position, header in enumerate(table.mapping):
        with st.container(border=bool(doubts.get(header, set()) & ASKED), gap="small"):
            corrected = _field(table, header, position, key, file.to_agree(index), t) or corrected
            corrected = _details(table, header, position, key, doubts.get(header, set()), t) or corrected
    if corrected is not None:
        file.replace(index, corrected())
        st.rerun()
    _personal(table, t)


def _field(table: Any, header: str, position: int, key: str, guess: bool, t: Translator) -> Callable[[], Any] | None:
    now = _OUT if header in table.corrections.left_out else table.mapping[header] or _KEEP
    options, unnamed = [_KEEP, _OUT, *FIELDS], fate(table, header, t)
    name, chosen, sure = st.columns([5, 3.2, 1.6], vertical_alignment="center")
    with name.container(gap=None):
        st.markdown(f"**{quoted(header)}**")
        st.caption(samples(table, header))
    wanted = chosen.selectbox(
        t("Field of “{header}”", header=header), options, index=options.index(now), key=f"field_{key}_{position}_{now}",
        format_func=lambda f: unnamed if f == _KEEP else _named(f, t), label_visibility="collapsed",
    )  # fmt: skip
    sure.caption(":material/help: " + t("guessed") if guess and table.mapping[header] else how_sure(table, header, t))
    if wanted == now:
        return None
    if wanted == _OUT:
        return lambda: correct.leaving_out(table, header)
    return lambda: correct.with_field(table, header, wanted or None)


def _named(field: str, t: Translator) -> str:
    return t("leave out") if field == _OUT else FIELDS[field].label(t.language)


def fate(table: Any, header: str, t: Translator) -> str:
    """What becomes of a column without a field.

    Inventories keep it with the touchpoint, actions in their notes, personas in their description, answers what few words say of
    a respondent.
    """
    column = table.columns.get(header)
    kept = column in table.frame and column not in personal_of(table)
    if table.kind in _OF_PEOPLE:
        kept = kept and 2 <= table.frame[column].nunique() <= MOST_VALUES
    return t(_KEPT[table.kind]) if kept and table.kind in _KEPT else t("not imported")


def samples(table: Any, header: str) -> str:
    """Up to four different values of a column, as they are written."""
    place = table._headers.index(header)
    column = table.raw.loc[(table.rows == "data").to_numpy(), place].head(2000)
    found = [str(value) for value in column.dropna().unique() if str(value).strip()][:4]
    return " · ".join(quoted(shortened(text)) for text in found)


def how_sure(table: Any, header: str, t: Translator) -> str:
    if header in table.corrections.left_out:
        return t("left out")
    if table.mapping[header] is None:
        return t("not recognised")
    confidence = table.confidence.get(header)
    if confidence is None or confidence >= SURE:
        return ":material/check: " + t("sure")
    return ":material/help: " + t("to check ({share})", share=percent(100 * confidence, t.language))


def _stage(file: Pending, index: int, key: str, t: Translator) -> None:
    """A survey without stages: a column that could tell them."""
    table = file.tables[index]
    offered = [header for header in table.stage_candidates if header in table.mapping] if hasattr(table, "stage_candidates") else []
    if not offered:
        return
    now = next((header for header, field in table.mapping.items() if field == "stage"), None)
    options = list(dict.fromkeys([None, *([now] if now else []), *offered]))
    chosen = st.selectbox(
        t("Stages of the journey are told by"), options, index=options.index(now), key=f"stage_{key}_{now}",
        format_func=lambda header: header or t("no column: answers are about the whole"),
    )  # fmt: skip
    if chosen != now:
        file.replace(index, correct.with_stage(table, chosen))
        st.rerun()


# --- what is asked ----------------------------------------------------------------------------------------------


def _details(table: Any, header: str, position: int, key: str, doubts: set[str], t: Translator) -> Callable[[], Any] | None:
    column = table.columns.get(header)
    if column is None:
        return None
    field = FIELDS.get(table.mapping[header] or "")
    key = f"{key}_{position}"
    asked: Callable[[], Any] | None = None
    if column in table.scales and (field is None or field.type != "percent"):
        asked = _scale(table, header, column, key, "low_is_good" in doubts, t)
    if "day_order" in doubts or header in table.corrections.day_first:
        asked = _order(table, header, key, t) or asked
    if "bare_share" in doubts or header in table.corrections.shares:
        asked = _shares(table, header, column, key, t) or asked
    if "taken_for_touchpoints" in doubts:
        st.info(t("No column is called touchpoint: “{value}” was taken for their names.", value=quoted(header)), icon=":material/help:")
    for code in (code for code in _TAKEN if code in doubts):
        st.info(t(_TAKEN[code]), icon=":material/help:")
    if "no_scores" in doubts:
        said = t("This column should give scores, and no word of it is understood as one: choose another field, or correct the file.")
        st.warning(said, icon=":material/help:")
    if field is not None and field.type == "money":
        asked = _money(table, header, column, key, doubts, t) or asked
    return asked


def _scale(table: Any, header: str, column: str, key: str, said_low: bool, t: Translator) -> Callable[[], Any] | None:
    ends = table.scales[column]
    now, backwards = (min(ends), max(ends)), ends[0] > ends[1]
    options = list(dict.fromkeys([now, *((float(low), float(high)) for low, high in _SCALES)]))
    left, right = st.columns([3, 5], vertical_alignment="bottom")
    scale = left.selectbox(
        t("Scale of “{header}”", header=shortened(header, 30)), options, index=0, key=f"scale_{key}_{now}",
        format_func=lambda pair: t("{low} to {high}", low=number(pair[0], t.language), high=number(pair[1], t.language)),
    )  # fmt: skip
    if header in table.reversed:
        st.warning(t("“{header}” seems to run backwards: is a high figure the good end?", header=quoted(header)), icon=":material/help:")
    elif said_low:
        asked = t("The header of “{header}” says that a low figure is the good end: it was read that way. Is that right?",
                  header=quoted(header))  # fmt: skip
        st.info(asked, icon=":material/help:")
    best = {False: t("a high figure is good"), True: t("a low figure is good")}
    if table.mapping[header] == "ces":
        best = {False: t("a high figure is a small effort"), True: t("a low figure is a small effort")}
    elif table.mapping[header] in ("effort", "cost"):
        best = {False: t("a high figure is a large effort"), True: t("a high figure is a small effort")}
    turned = right.radio(
        t("Which end is which?"), [False, True], index=None if header in table.reversed else int(backwards),
        key=f"turned_{key}_{backwards}",
        format_func=lambda reversed: best[bool(reversed)], horizontal=True, label_visibility="collapsed",
    )  # fmt: skip
    undecided = header in table.reversed and turned is None
    if scale == now and (undecided or (bool(turned) == backwards and header not in table.reversed)):
        return None
    low, high = scale
    return lambda: correct.with_scale(table, header, low, high, reversed=bool(turned))


def _order(table: Any, header: str, key: str, t: Translator) -> Callable[[], Any] | None:
    now = table.corrections.day_first.get(header)
    said = {True: t("day/month"), False: t("month/day")}
    chosen = st.radio(
        t("Dates of “{header}” are written", header=header), [True, False], index=None if now is None else int(not now),
        key=f"order_{key}_{now}", format_func=lambda first: said[bool(first)], horizontal=True,
    )  # fmt: skip
    if chosen is None or chosen == now:
        return None
    return lambda: correct.with_date_order(table, header, day_first=bool(chosen))


def _shares(table: Any, header: str, column: str, key: str, t: Translator) -> Callable[[], Any] | None:
    """Whether 0.09 is 9 % or 0.09 %; the first is how it was read."""
    now = table.corrections.shares.get(header, True)
    value = round(float(table.frame[column].max()) / (100 if now else 1), 4)
    places = 2 if value * 100 % 1 == 0 or value >= 0.1 else 4
    said = {True: percent(100 * value, t.language, places - 2), False: percent(value, t.language, places)}
    chosen = st.radio(
        t("In “{header}”, {value} means", header=header, value=number(value, t.language, places)), [True, False], index=int(not now),
        key=f"shares_{key}_{now}", format_func=lambda share: said[bool(share)], horizontal=True,
    )  # fmt: skip
    return None if bool(chosen) == now else lambda: correct.with_shares(table, header, shares=bool(chosen))


def _money(table: Any, header: str, column: str, key: str, doubts: set[str], t: Translator) -> Callable[[], Any] | None:
    asked: Callable[[], Any] | None = None
    if table.mapping[header] in (correct.ONCE, correct.YEARLY):
        yearly = table.mapping[header] == correct.YEARLY
        said = {False: t("paid once"), True: t("paid every year")}
        chosen = st.radio(
            t("Is “{header}” paid once?", header=header), [False, True], index=int(yearly), key=f"period_{key}_{yearly}",
            format_func=lambda every: said[bool(every)], horizontal=True, label_visibility="collapsed",
        )  # fmt: skip
        if bool(chosen) != yearly:
            asked = lambda: correct.with_period(table, header, yearly=bool(chosen))  # noqa: E731
    now = currency_of(table, column, header)
    options = list(dict.fromkeys([*([now] if now else []), *_CURRENCIES]))
    mixed = t("Several currencies are mixed. Amounts of “{header}” are in", header=header)
    currency = st.selectbox(
        mixed if "currencies" in doubts else t("Amounts of “{header}” are in", header=header), options, width=320,
        index=options.index(now) if now else None, key=f"currency_{key}_{now}", placeholder=t("the currency of the project"),
    )  # fmt: skip
    if currency and currency != now:
        asked = lambda: correct.with_currency(table, header, str(currency))  # noqa: E731
    return asked


def _personal(table: Any, t: Translator) -> None:
    """Which columns hold personal data, and what becomes of it."""
    found = personal_of(table)
    if not found:
        return
    headers = {column: header for header, column in table.columns.items()}
    answers = table.kind in ("survey", "comments")  # elsewhere such a column is simply not taken over
    said = {kind: t(text) if answers else t(_NOT_KEPT) for kind, text in PERSONAL.items()}
    lines = [f"- **{quoted(headers.get(column, column))}** — {said[kind]}" for column, kind in found.items()]
    lines.append("- " + t("E-mail addresses and telephone numbers inside comments are masked."))
    st.info(t("Personal data") + "\n" + "\n".join(lines), icon=":material/lock:")


def preview(table: Any) -> pd.DataFrame:
    """The first rows as they will be imported."""
    return table.frame.head(8)  # type: ignore[no-any-return]
