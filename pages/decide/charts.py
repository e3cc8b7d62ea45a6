"""What stands around every chart: how to read it, the table behind it, its picture to take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from analysis.project.filter_words import filter_line
from pages.decide.screen import DESK, PHONE, room
from pages.shell import session, workspace
from pages.shell.markdown import quoted

#: kind → name of the file
_FILES = {"png": "image/png", "svg": "image/svg+xml"}


#: the table behind a chart, or what makes it once somebody looks
Table = pd.DataFrame | Callable[[], pd.DataFrame]


def show(
    make: Callable[[float], Any], depends: tuple[Any, ...], *, how: str, table: Table, name: str, note: str = "", share: float = 1.0,
    titled: bool = True,
) -> None:  # fmt: skip
    """A chart with everything that belongs to it; its finding and its rule are texts of the page, which wrap and can be read aloud.

    Parameters
    ----------
    make : draws it, so many pixels wide. depends : all that it depends on; while this stays the same the chart is not drawn again.
    how : how to read it. table : what it draws, written in the language; a function is called once the table is opened. name : of the
        files, in the person's words. note : a line more on the pictures: what is tried out and not kept.
    share : of the page's width that the chart has. titled : False where the page has said the finding already.
    """
    width = max(PHONE, round(share * room()))
    spec = _spec((workspace.project_id(), name, session.language(), width, *depends), lambda: make(width))
    heading(spec["said"] if titled else "", spec["rule"])
    st.vega_lite_chart(None, spec["chart"], theme=None, width="stretch", key=f"chart_{name}", alt=spec["spoken"])
    beside(lambda: make(DESK), how=how, table=table, name=name, note=note)


def seen(frame: pd.DataFrame, *columns: str) -> int:
    """What a chart shows of a frame, as one number to depend on: another weight or score that shows the same draws nothing anew."""
    return hash(pd.util.hash_pandas_object(frame[list(columns)], index=False).to_numpy().tobytes())


def heading(finding: str, rule: str = "") -> None:
    """What a chart says, and the rule behind it."""
    if finding:
        st.markdown(f"#### {quoted(finding)}")
    if rule:
        st.caption(quoted(rule))


@st.cache_data(show_spinner=False, max_entries=200)
def _spec(depends: tuple[Any, ...], _make: Callable[[], Any]) -> dict[str, Any]:
    """The chart as Vega-Lite, and what it says apart from it.

    It was made by the library from typed values: validating it again would take longer than drawing it.
    """
    from altair.utils.schemapi import debug_mode  # with it, each piece would be validated as it is put together

    with debug_mode(False):
        chart: dict[str, Any] = _make().to_dict(validate=False)
    title = chart.pop("title", {})
    spoken = chart.pop("description", "")
    return {"chart": chart, "said": _line(title.get("text")), "rule": _line(title.get("subtitle")), "spoken": spoken}


def _line(text: Any) -> str:
    return " ".join(text) if isinstance(text, list) else str(text or "")


def beside(make: Callable[[], Any], *, how: str, table: Table, name: str, note: str = "") -> None:
    """How to read a chart, its table, its pictures; the chart is made only when a picture is asked for."""
    t = session.t()
    with st.container(horizontal=True, gap="medium", key=f"beside_{_file(name)}"):
        explain(how)
        filtered = " ".join(text for text in (filter_line(workspace.shown(), t.language), note) if text)
        for kind, mime in _FILES.items():
            st.download_button(
                kind.upper(), data=_picture(make, kind, filtered), file_name=f"{_file(name)}.{kind}", mime=mime, key=f"{kind}_{name}",
                type="tertiary", icon=":material/image:", help=t("Download the chart as a picture ({kind})", kind=kind.upper()),
                on_click="ignore",
            )  # fmt: skip
    if isinstance(table, pd.DataFrame):
        with st.expander(t("Table behind the chart"), icon=":material/table:"):
            _tabled(table, name)
        return
    fold = st.expander(t("Table behind the chart"), icon=":material/table:", key=f"table_{_file(name)}", on_change="rerun")
    if fold.open:
        with fold:
            _tabled(table(), name)


def _tabled(table: pd.DataFrame, name: str) -> None:
    st.dataframe(table, hide_index=True, height=min(35 * len(table) + 38, 420), placeholder="", alt=name)


def explain(how: str) -> None:
    """How to read what is shown, folded."""
    t = session.t()
    with st.popover(t("How to read this"), icon=":material/help:", type="tertiary"):
        st.markdown(how, width=420)


def _picture(make: Callable[[], Any], kind: str, filtered: str) -> Callable[[], bytes]:
    language = session.language()

    def draw() -> bytes:
        from analysis.charts import image
        from analysis.charts.finish import noted

        return image(noted(make(), filtered), kind, language)

    return draw


def _file(name: str) -> str:
    whose = workspace.store().load(workspace.project_id()).name
    return "".join(c if c.isalnum() or c in " -_" else "_" for c in f"{whose} - {name}").strip()
