"""The one filter of a visit: chosen in a button of the page's top, kept in the visit and in the address, said in a banner.

The address carries it, so that a reload keeps it and a copied link shows the same figures to somebody else.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import Any

import streamlit as st

from analysis import Filter, Project
from analysis.project.filter_choices import Choices, choices
from analysis.project.filter_words import filter_line, filter_notes, segment_name
from pages.shell import session
from pages.shell.echoes import aside
from pages.shell.markdown import quoted
from pages.shell.synced import meant, named, put, synced

_KEPT, _WRITTEN = "_filters", "_filter_address"
#: names of the address: stages, persona, column and values of a segment, first and last day
STAGE, PERSONA, SEGMENT, VALUE, FIRST, LAST = NAMES = ("stage", "persona", "segment", "is", "from", "to")
Address = tuple[tuple[str, tuple[str, ...]], ...]


def chosen(project: str) -> Filter:
    """The filter of this visit for a project: what a new address says, else what was chosen last."""
    kept: dict[str, Filter] = st.session_state.setdefault(_KEPT, {})
    address = _address()
    if address and address != st.session_state.get(_WRITTEN):
        kept[project] = from_address(address)
        st.session_state[_WRITTEN] = address
    return kept.get(project, Filter())


def keep(project: str, filter: Filter) -> None:
    """Choose a filter; the next run shows it."""
    _ = chosen(project)  # an address that has not been read yet is older than this choice
    st.session_state[_KEPT][project] = filter


def look_also_at(project: str, stages: list[str]) -> None:
    """A filter of stages holds these new ones too, so that nobody loses sight of what they have just made."""
    current = chosen(project)
    if current.stages:
        keep(project, replace(current, stages=(*current.stages, *stages)))


def clear(project: str) -> None:
    keep(project, Filter())


# --- address ----------------------------------------------------------------------------------------------------


def to_address(filter: Filter) -> Address:
    """The filter as names and values of an address.

    >>> to_address(Filter(stages=("s_1", "s_2"), start=dt.date(2024, 1, 1)))
    (('stage', ('s_1', 's_2')), ('from', ('2024-01-01',)))
    """
    column, values = filter.segment or ("", ())
    found = {
        STAGE: filter.stages, PERSONA: (filter.persona or "",), SEGMENT: (column,), VALUE: values,
        FIRST: (filter.start.isoformat() if filter.start else "",), LAST: (filter.end.isoformat() if filter.end else "",),
    }  # fmt: skip
    return tuple((name, values) for name, values in found.items() if any(values))


def from_address(address: Address) -> Filter:
    """The filter that `to_address` wrote; what is no filter is passed over.

    >>> from_address((("from", ("2024-13-01",)), ("persona", ("pe_1",))))
    Filter(stages=(), persona='pe_1', segment=None, start=None, end=None)
    """
    found = dict(address)
    column, values = found.get(SEGMENT, ("",))[0], found.get(VALUE, ())
    return Filter(
        stages=found.get(STAGE, ()),
        persona=found.get(PERSONA, ("",))[0] or None,
        segment=(column, values) if column and values else None,
        start=_day(found.get(FIRST, ("",))[0]),
        end=_day(found.get(LAST, ("",))[0]),
    )


def _day(text: str) -> dt.date | None:
    with contextlib.suppress(ValueError):
        return dt.date.fromisoformat(text)
    return None


def _address() -> Address:
    found = ((name, tuple(value for value in st.query_params.get_all(name) if value)) for name in NAMES)
    return tuple((name, values) for name, values in found if values)


def write_address(filter: Filter) -> None:
    """Make the address say the filter."""
    wanted = to_address(filter)
    if _address() != wanted:
        written = dict(wanted)
        for name in NAMES:
            if name in written:
                st.query_params[name] = list(written[name])
            elif name in st.query_params:
                del st.query_params[name]
    st.session_state[_WRITTEN] = wanted


def query(filter: Filter) -> dict[str, list[str]]:
    """The filter for a link to another page."""
    return {name: list(values) for name, values in to_address(filter)}


# --- what is drawn ----------------------------------------------------------------------------------------------


def button(whole: Project, project: str) -> None:
    """The filter's button; nothing where there is nothing to choose by."""
    t, known, current = session.t(), choices(whole), chosen(project).known(whole)
    if not (known.personas or known.segments or known.span or len(known.stages) > 1):
        return
    with aside(t("Filter"), icon=":material/filter_alt:", key="one_filter", type="primary" if current else "secondary"):
        st.caption(t("Holds for the map, the priorities, the plan, the presentation and the files."))
        _stages(known, current, project)
        _persona(known, current, project)
        _segment(known, current, project)
        _period(known, current, project)
        if current:
            st.button(
                t("Show everything"), icon=":material/filter_alt_off:", key="only_all", on_click=clear, args=(project,), width="stretch"
            )


def banner(current: Project, project: str) -> None:
    """What figures of this page are restricted to, so that nobody takes them for the whole; and the way back."""
    if current.filtering is None:
        return
    t = session.t()
    with st.container(key="filtered", horizontal=True, vertical_alignment="center", gap="small"):
        notes = quoted(" ".join(filter_notes(current, t.language)))
        st.markdown(f":material/filter_alt: **{quoted(filter_line(current, t.language))}**  \n:small[{notes}]", width="stretch")
        st.button(t("Show everything"), icon=":material/close:", key="only_off", on_click=clear, args=(project,))


def _stages(known: Choices, current: Filter, project: str) -> None:
    if len(known.stages) > 1:
        t = session.t()
        shown = [id for id in current.stages if id in known.stages]
        st.multiselect(
            t("Stage"), list(known.stages), key=synced("only_stages", shown), format_func=named("only_stages", known.stages),
            placeholder=t("All stages"), on_change=_changed, args=(project,),
        )  # fmt: skip


def _persona(known: Choices, current: Filter, project: str) -> None:
    if known.personas:
        t = session.t()
        names = {"": t("Everybody")} | known.personas
        st.selectbox(
            t("Persona"), list(names), key=synced("only_persona", current.persona or ""), on_change=_changed, args=(project,),
            format_func=named("only_persona", names),
        )  # fmt: skip


def _segment(known: Choices, current: Filter, project: str) -> None:
    """A column of the respondents, and which of its values."""
    if not known.segments:
        return
    t = session.t()
    column, values = current.segment or (st.session_state.get("only_segment"), ())
    column = column if column in known.segments else ""
    st.selectbox(
        t("Segment"), ["", *known.segments], key=synced("only_segment", column), on_change=_changed, args=(project,),
        format_func=lambda one: segment_name(one, t.language) if one else t("Everybody"),
    )  # fmt: skip
    if column:
        options = known.segments[column]
        st.multiselect(
            segment_name(column, t.language), options, key=synced(f"only_values_{column}", [v for v in values if v in options]),
            placeholder=t("Choose…"), on_change=_changed, args=(project,), label_visibility="collapsed",
        )  # fmt: skip


def _period(known: Choices, current: Filter, project: str) -> None:
    """First and last day, and a year in one click."""
    if known.span is None:
        return
    t, (first, last) = session.t(), known.span
    ends = {"first": (t("From"), current.start), "last": (t("To"), current.end)}
    days = [_year(first.year)[0], _year(last.year)[1], *(day for _, day in ends.values() if day)]  # an address may say a day outside
    for column, (name, (label, day)) in zip(st.columns(2), ends.items(), strict=True):
        column.date_input(
            label, None, min_value=min(days), max_value=max(days), format="DD/MM/YYYY", key=synced(f"only_{name}", day),
            on_change=_changed, args=(project,),
        )  # fmt: skip
    if known.years:
        year = current.start.year if current.start and _year(current.start.year) == (current.start, current.end) else None
        st.pills(
            t("Year"), known.years, key=synced("only_year", year if year in known.years else None), on_change=_year_chosen,
            args=(project,), label_visibility="collapsed", format_func=str,
        )  # fmt: skip
    if known.quarters:
        shown = next((one for one in known.quarters if _quarter(*one) == (current.start, current.end)), None)
        st.pills(
            t("Quarter"), known.quarters, key=synced("only_quarter", shown), on_change=_quarter_chosen, args=(project,),
            label_visibility="collapsed", format_func=lambda one: t("Q{quarter} {year}", quarter=one[1], year=str(one[0])),
        )  # fmt: skip


def _quarter(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    """First and last day.

    >>> _quarter(2026, 4)
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    """
    after = dt.date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return dt.date(year, 3 * quarter - 2, 1), after - dt.timedelta(days=1)


def _quarter_chosen(project: str) -> None:
    quarter = st.session_state["only_quarter"]
    _put_span(_quarter(*quarter) if quarter else None)
    _changed(project)


def _year(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _year_chosen(project: str) -> None:
    year = st.session_state["only_year"]
    _put_span(_year(year) if year else None)
    _changed(project)


def _put_span(days: tuple[dt.date, dt.date] | None) -> None:
    """The two fields of days say these; a browser that has not heard of it yet cannot say them empty."""
    for key, day in zip(("only_first", "only_last"), days or (None, None), strict=True):
        put(key, day)


def _changed(project: str) -> None:
    """Take over what the widgets say; a segment without values does not filter yet."""
    state: Any = st.session_state
    column = state.get("only_segment")
    values = tuple(state.get(f"only_values_{column}") or ()) if column else ()
    start, end = state.get("only_first"), state.get("only_last")
    if start and end and start > end:
        start, end = end, start
    stages, persona = tuple(meant("only_stages") or ()), meant("only_persona") or None
    keep(project, Filter(stages, persona, (column, values) if values else None, start, end))
