"""What the import would change, worked out beside the page: small files at once, large ones with a bar and a way to stop.

The plan that was shown is the one that is carried out. It is made anew only when a file, its corrections, a choice or the project
have changed; the project that it starts from is kept with it, so that a new project is the one it was planned for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis.project import Put
from analysis.project.placing import propose_stages
from pages.shell import intake, session, workspace
from pages.shell.markdown import quoted
from pages.shell.memory import give_back
from pages.shell.pending import Pending

NEW = "_new"
#: seconds that the page waits before it shows that comparing takes time
PATIENCE = 1.2
#: seconds that an import waits for a comparison that has to be made again
_AGAIN = 20.0
_KEY, _FRESH = "_comparing", "_fresh_project"


@dataclass(frozen=True)
class Choice:
    """What the import is asked to do: where to, and what of the doubtful."""

    target: str
    remove_gone: bool = False
    same_people: bool | None = None
    author: str = ""
    keep_ours: bool = False
    #: the events of logs that are their goal; None: nobody has said
    goals: tuple[str, ...] | None = None


@dataclass
class Comparing:
    """The plans of the waiting files, one after the other, in a thread of this server."""

    key: tuple[Any, ...]
    files: list[Pending]
    base: Project
    choice: Choice
    cancel: threading.Event = field(default_factory=threading.Event)
    plans: list[Any] = field(default_factory=list)
    progress: float = 0.0
    error: Exception | None = None
    #: the project after the import, and where its touchpoints without a stage would usually stand; None: each has one
    after: Project | None = None
    proposed: pd.DataFrame | None = None

    def start(self) -> Comparing:
        self.tables = [file.chosen() for file in self.files]
        self._thread = threading.Thread(target=self._work, name="compare", daemon=True)
        self._thread.start()
        return self

    def _work(self) -> None:
        try:
            project = self.base
            for number, (file, tables) in enumerate(zip(self.files, self.tables, strict=True)):
                plan, project = self._planned(number, file, tables, project)
                self.plans.append(plan)
                give_back(file.size)
            self._propose()
        except Exception as error:
            self.error = error

    def _propose(self) -> None:
        """Where the touchpoints that the import brings without a stage would stand."""
        bare = [one for one in self.commands if isinstance(one, Put) and one.kind == "placement" and one.values.get("stage", "") is None]
        if bare:
            self.after = self.base.apply(self.commands)
            found = propose_stages(self.after)
            self.proposed = found[found["placement"].isin([one.id for one in bare])]

    def _planned(self, number: int, file: Pending, tables: list[Any], project: Project) -> tuple[Any, Project]:
        """A file's plan, and the project after it; what has been worked out for the same choices is taken again."""
        key = (self.key[0], *self.key[1][: number + 1])
        if file.plan is None or file.plan[0] != key:
            plan = project.plan_import(
                tables, file=file.name, author=self.choice.author, remove_gone=self.choice.remove_gone, same_people=self.choice.same_people,
                keep_ours=self.choice.keep_ours, goals=self.choice.goals, former=_former(self.choice.target),
                beside=project.table("import").keys() - self.base.table("import").keys(),
                cancel=self.cancel, on_progress=lambda share: self._at((number + share) / len(self.files)),
            )  # fmt: skip
            file.plan = (key, plan, project.apply(plan.commands) if len(self.files) > 1 else project)
        return file.plan[1], file.plan[2]

    def _at(self, share: float) -> None:
        self.progress = share

    def wait(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return self.done

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    @property
    def ready(self) -> bool:
        return self.done and self.error is None and len(self.plans) == len(self.files)

    def like(self, other: Comparing) -> bool:
        """Whether the import would do the same, as far as it was shown."""
        return len(self.plans) == len(other.plans) and all(
            mine.summary.equals(theirs.summary) for mine, theirs in zip(self.plans, other.plans, strict=True)
        )

    @property
    def commands(self) -> list[Any]:
        return [command for plan in self.plans for command in plan.commands]


def comparing(files: list[Pending], choice: Choice) -> Comparing:
    """What importing the files would change, as far as it is known: ready, under way, stopped or failed."""
    revision = 0 if choice.target == NEW else workspace.store().revision(choice.target)
    start = (choice, revision, session.language() if choice.target == NEW else "")
    key = (start, tuple((tuple(file.wanted), tuple(map(id, file.tables))) for file in files))
    known: Comparing | None = st.session_state.get(_KEY)
    if known is None or known.key != key:
        if known is not None:
            known.cancel.set()
        base = _fresh() if choice.target == NEW else workspace.store().load(choice.target)
        known = st.session_state[_KEY] = Comparing(key, list(files), base, choice).start()
    if not known.done:
        with st.spinner(session.t()("Comparing…")):
            known.wait(PATIENCE)
    if known.error is not None and not known.cancel.is_set() and not isinstance(known.error, ParcoursError):
        raise known.error
    return known


def again(known: Comparing) -> Comparing | None:
    """What was shown, compared with the project as it is by now; None when that is another matter, which the page shows first."""
    fresh = comparing(known.files, known.choice)
    fresh.wait(_AGAIN)
    return fresh if fresh.ready and fresh.like(known) else None


def latest() -> Comparing | None:
    """What was shown last."""
    found: Comparing | None = st.session_state.get(_KEY)
    return found


def _former(target: str) -> Callable[[int], Project] | None:
    """The project as it was at a revision; nothing to look back on in a new one."""
    return None if target == NEW else lambda revision: workspace.store().load(target, revision)


def _fresh() -> Project:
    """The project that the import would make; the same at every rerun, since its ids and its key are in the plan."""
    language = session.language()
    known: Project | None = st.session_state.get(_FRESH)
    if known is None or known.language != language:
        known = st.session_state[_FRESH] = Project.new(session.t()("My customer journey"), language=language)
    return known


def under_way(known: Comparing) -> None:
    """How far the comparison is, and a way to stop it; stopped, a way to go on."""
    t = session.t()
    if known.done:
        said = known.error.message(t.language) if isinstance(known.error, ParcoursError) and not known.cancel.is_set() else ""
        st.warning(said or t("The comparison was stopped; nothing has been imported."), icon=":material/block:")
        st.button(t("Compare again"), key="compare_again", icon=":material/refresh:", on_click=_again)
    else:
        _bar(known)


@st.fragment(run_every=0.5)
def _bar(known: Comparing) -> None:
    t = session.t()
    if known.done:
        st.rerun()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        names = ", ".join(quoted(file.name) for file in known.files)
        st.progress(min(known.progress, 1.0), text=t("Comparing with the project: {files}", files=names))
        st.button(t("Stop"), key="stop_comparing", icon=":material/close:", on_click=_stop)


def _stop() -> None:
    known = latest()  # not an argument: the button would hold the contents of the files for as long as the visit lasts
    if known is not None:
        known.cancel.set()
        known.wait(5.0)


def _again() -> None:
    st.session_state.pop(_KEY, None)


def keep(name: str, under: str = "") -> None:
    """Keep what a widget says: while the page compares, the widget is not there and Streamlit forgets its value."""
    intake.waiting().choices[under or name] = st.session_state[name]


def kept(name: str) -> Any:
    """What was kept; None: nothing has been said."""
    return intake.waiting().choices.get(name)


def forget() -> None:
    """Let the plans go, with the contents that they hold."""
    known = st.session_state.pop(_KEY, None)
    st.session_state.pop(_FRESH, None)
    if known is not None:
        known.cancel.set()


