"""Everything at once: the zip is made beside the page, which shows how far it is and can stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from analysis import ParcoursError
from analysis.language import number
from analysis.reports.everything import Cancelled
from pages.shell import session
from pages.shell.markdown import quoted
from pages.shell.sorry import sentence

_KEY = "_zip"
#: what makes it: called with ``progress`` and ``cancelled``
Maker = Callable[..., bytes]


class Zipping:
    """One zip being made in a thread of this server. ``of``: what it is made of, so that another choice asks for another zip."""

    def __init__(self, of: Hashable, make: Maker) -> None:
        self.of = of
        self.share, self.file = 0.0, ""
        self.data: bytes | None = None
        self.error: Exception | None = None
        self._cancel = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(make,), name="zip", daemon=True)
        self._thread.start()

    def _run(self, make: Maker) -> None:
        try:
            self.data = make(progress=self._at, cancelled=self._cancel.is_set)
        except Exception as error:
            self.error = error

    def _at(self, share: float, file: str) -> None:
        self.share, self.file = share, file

    def stop(self) -> None:
        """No file is begun after this; the one being made is thrown away."""
        self._cancel.set()

    @property
    def stopped(self) -> bool:
        return self._cancel.is_set() or isinstance(self.error, Cancelled)

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return self.done


def zipping(of: Hashable, make: Maker, file_name: str) -> None:
    """The button that makes the zip, then how far it is, then the button that downloads it."""
    t = session.t()
    known: Zipping | None = st.session_state.get(_KEY)
    if known is not None and known.of != of:  # the project or what may be shown has changed
        _let_go()
        known = None
    if known is not None and not known.done and not known.stopped:
        _under_way(known)
        return
    if known is not None and known.data is not None and not known.stopped:
        size = t("{size} MB", size=number(len(known.data) / 1e6, t.language, 1))
        st.download_button(
            f"{t('Download')} ({size})", data=known.data, file_name=file_name, mime="application/zip", key="download_zip", type="primary",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        return
    if known is not None:
        _why(known)
    st.button(t("Make the zip"), key="make_zip", icon=":material/folder_zip:", on_click=_begin, args=(of, make),
              help=t("Shows how far it is, and can be stopped."))  # fmt: skip


@st.fragment(run_every=0.4)
def _under_way(known: Zipping) -> None:
    t = session.t()
    if known.done or known.stopped:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(min(known.share, 1.0), text=t("Making {file}", file=quoted(known.file)) if known.file else t("One moment…"))
        st.button(t("Stop"), key="stop_zip", icon=":material/close:", on_click=known.stop)


def _why(known: Zipping) -> None:
    """Why there is no zip."""
    t, error = session.t(), known.error
    if known.stopped:
        st.caption(f":material/block: {t('Stopped: no file was kept.')}")
    elif isinstance(error, ParcoursError):
        st.warning(error.message(t.language), icon=":material/error:")
    elif error is not None:
        st.warning(sentence(error), icon=":material/error:")


def _begin(of: Hashable, make: Maker) -> None:
    _let_go()
    st.session_state[_KEY] = Zipping(of, make)


def _let_go() -> None:
    known: Any = st.session_state.pop(_KEY, None)
    if known is not None:
        known.stop()
