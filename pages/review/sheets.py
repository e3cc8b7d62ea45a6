"""Step 1, file and sheet: which sheets are wanted and what they are; the encoding and separator of a text."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import ParcoursError, read
from analysis.fields import FIELDS
from analysis.language import N_, Translator
from analysis.project.importing.memory import Recollection
from analysis.project.importing.privacy import personal_of
from analysis.reading import corrections as correct
from analysis.reading.encodings import ENCODINGS, offered
from pages.review.columns import fate, samples
from pages.review.words import KINDS, USED, balance
from pages.shell import session
from pages.shell.markdown import quoted
from pages.shell.pending import Pending

SEPARATORS = {";": N_("semicolon"), ",": N_("comma"), "\t": N_("tabulation"), "|": N_("bar |")}
_PREVIEWED = 6


def text_file(file: Pending, number: int, t: Translator) -> None:
    """Encoding and separator of a text, changed with the page showing at once what comes of it."""
    if not file.data or file.book.encoding is None:
        return
    title = t("Text file: letters look wrong, or everything is in one column?")
    step = st.expander(title, key=f"text_{number}", icon=":material/abc:", on_change="rerun")
    if not step.open:
        return
    with step:
        left, right = st.columns(2)
        encodings = list(dict.fromkeys([offered(file.book.encoding), *ENCODINGS]))
        separators = list(dict.fromkeys([file.book.separator or ",", *SEPARATORS]))
        encoding = left.selectbox(
            t("Encoding"), encodings, key=f"encoding_{number}_{file.turn}", format_func=lambda name: _called(ENCODINGS, name, t)
        )
        separator = right.selectbox(
            t("Separator"), separators, key=f"separator_{number}_{file.turn}", format_func=lambda sign: _called(SEPARATORS, sign, t)
        )
        if (encoding, separator) != (encodings[0], separators[0]):
            _reread(file, str(encoding), str(separator))
        st.dataframe(_first_rows(file.tables[0]), hide_index=True, width="stretch")


def _called(names: dict[str, str], name: str | None, t: Translator) -> str:
    return t(names.get(str(name), str(name)))


def _reread(file: Pending, encoding: str, separator: str) -> None:
    try:
        file.reread(read(file.data, name=file.name, encoding=encoding, separator=separator))
    except ParcoursError as error:
        st.error(error.message(session.language()))
        return
    st.rerun()


def _first_rows(table: Any) -> pd.DataFrame:
    shown: pd.DataFrame = table.raw.head(_PREVIEWED)
    return shown.set_axis([str(number + 1) for number in range(shown.shape[1])], axis=1)


def heading(file: Pending, index: int, key: str, silent: int, t: Translator) -> None:
    """A sheet's line: its name, what it is taken for, the balance of its rows, whether it is wanted."""
    table = file.tables[index]
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{quoted(table.name)}**" + (f" · :gray[{t('hidden sheet')}]" if table.hidden else ""))
            st.caption(balance(table, t, silent))
        _kind(file, index, key, t)
        _wanted(file, index, key, t)
    if index in file.recalled:
        st.caption(":material/history: " + _recalled(file.recalled[index], t))
    if table.transposed:
        st.warning(t("This table seems to lie on its side: its fields stand in the first column."), icon=":material/screen_rotation:")
        if st.button(t("Turn it upright"), key=f"turn_{key}", icon=":material/screen_rotation:"):
            file.replace(index, correct.turned(table))
            st.rerun()
    elif table.corrections.turned and st.button(t("Lay it down again"), key=f"turn_{key}", icon=":material/screen_rotation:"):
        file.replace(index, correct.turned(table))
        st.rerun()


def nameless(file: Pending, index: int, key: str, t: Translator) -> None:
    """A table without a header: what its columns were taken for, to be agreed to with one click."""
    if not file.to_agree(index):
        return
    table = file.tables[index]
    with st.container(border=True, key=f"nameless_{key}"):
        st.markdown(f":material/help: **{t('No row names the columns. From their values, they were taken for:')}**")
        lines = [f"- **{quoted(header)}** ({samples(table, header)}) — {_taken_for(table, header, t)}" for header in table.mapping]
        st.markdown("\n".join(lines))
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(t("That is right"), key=f"agree_{key}", icon=":material/check:", type="primary"):
                file.agreed.add(index)
                st.rerun()
            st.caption(t("If not, change a column below, or say under “Header row” which row names them."))


def _taken_for(table: Any, header: str, t: Translator) -> str:
    field = table.mapping[header]
    return FIELDS[field].label(t.language) if field else fate(table, header, t)


def unrecognised(file: Pending, index: int, t: Translator) -> bool:
    """Say what to do about a table of which nothing was understood; only where the file has no other one."""
    lost = file.tables[index].kind == "unknown" and not any(file.wanted)
    if lost and len(file.tables[index]):
        st.info(t("What is this table about? Choose it at the top right; or click, under “Header row”, the row that names the columns."),
                icon=":material/help:")  # fmt: skip
    return lost


def personal(table: Any, wanted: bool, t: Translator) -> None:
    """One line on the columns that hold personal data; what becomes of each is said under the columns."""
    found = personal_of(table)
    if not found or not wanted:
        return
    headers = {column: header for header, column in table.columns.items()}
    named = ", ".join(f"**{quoted(headers.get(column, column))}**" for column in found)
    if table.kind in ("survey", "comments", "events", "customers"):
        said = t("Personal data in {headers}: people become pseudonyms of this project; names and addresses are not kept.", headers=named)
    else:
        said = t("Personal data in {headers}: not kept.", headers=named)
    st.caption(":material/lock: " + said)


def _recalled(found: Recollection, t: Translator) -> str:
    """What the project remembers of a sheet of this form, and in what this one is another."""
    said = [t("Read as you corrected it for “{file}”.", file=quoted(found.file))]
    for sentence, headers in ((N_("New columns: {headers}."), found.added), (N_("Columns no longer there: {headers}."), found.missing)):
        if headers:
            said.append(t(sentence, headers=", ".join(f"**{quoted(header)}**" for header in headers)))
    return " ".join(said)


def _kind(file: Pending, index: int, key: str, t: Translator) -> None:
    table = file.tables[index]
    kinds = list(KINDS)
    chosen = st.selectbox(
        t("What “{sheet}” holds", sheet=table.name), kinds, index=kinds.index(table.kind), key=f"kind_{key}_{table.kind}", width=260,
        format_func=lambda kind: t(KINDS[kind]), label_visibility="collapsed",
    )  # fmt: skip
    if chosen != table.kind:
        file.replace(index, correct.with_kind(table, str(chosen)))
        st.rerun()


def _wanted(file: Pending, index: int, key: str, t: Translator) -> None:
    table = file.tables[index]
    usable = table.kind in USED
    wanted = st.toggle(t("Import"), value=file.wanted[index] and usable, key=f"want_{key}_{table.kind}", disabled=not usable)
    file.wanted[index] = wanted
    if wanted and table.hidden and not table.corrections.shown:
        file.replace(index, correct.wanted_though_hidden(table))
