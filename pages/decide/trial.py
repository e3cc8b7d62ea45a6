"""What is tried out on the priorities: other weights, another ranking, other scores, a budget. Every view shows it, the project keeps none.

The trial belongs to the visit, not to the project: nobody else sees it, and leaving it leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_, Translator, money, number
from analysis.project import edits
from analysis.project.commands import Command, Put
from analysis.project.criteria import criterion_name
from analysis.project.entry import typed_scores
from analysis.project.forecast import budget_of, typed_budget
from analysis.project.measures import unique_names
from analysis.project.priorities import priorities, quadrant_names, weights_of, what_if
from analysis.project.rankings import RANKINGS, ranking_of
from pages.decide import weights
from pages.shell import session, workspace
from pages.shell.echoes import aside
from pages.shell.markdown import quoted
from pages.shell.synced import synced

_SCORES, _BUDGETS, _MADE, _TRYING = "_tried_scores", "_tried_budgets", "_tried_project", "_trying"
#: changes that are said one by one; more are only counted
MOST = 6

#: (touchpoint, criterion) → the edit that would set the figure that is tried
Scores = dict[tuple[str, str], Put]


def of(project: Project) -> Project:
    """The project as it would be with what is tried; the same one when nothing is."""
    commands = _commands(project)
    if not commands:
        return project
    tried_scores = {at: value_of(edit) for at, edit in scores(project).items()}
    key = repr((project.revision, weights.standing(project), tried_scores, _budget(project)))
    made: tuple[str, Project, Project] | None = st.session_state.get(_MADE)
    if made is None or made[0] != key or made[1] is not project:
        tried = project.apply(commands)
        tried.revision = -abs(hash(key))  # what is drawn of it is never taken for what is kept
        made = st.session_state[_MADE] = (key, project, tried)
    return made[2]


def line(project: Project) -> str:
    """What is tried, for a picture that leaves the app; empty where nothing is."""
    if not _commands(project):
        return ""
    t = session.t()
    return t("What if (not kept): {changes}", changes=" · ".join(_said(project, of(project), t)))


def scores(project: Project) -> Scores:
    """The scores that are tried and differ from those that hold."""
    kept: dict[str, Scores] = st.session_state.setdefault(_SCORES, {})
    mine = kept.setdefault(workspace.project_id(), {})
    there = project.table("touchpoint")
    return {at: edit for at, edit in mine.items() if at[0] in there and not _holds(project, at, value_of(edit))}


def value_of(edit: Put) -> float:
    """The figure that is tried."""
    return float(edit.values["value"])


def _holds(project: Project, at: tuple[str, str], value: float) -> bool:
    figure = project.figures.get(at)
    return figure is not None and abs(figure.value - value) < 1e-9


def try_score(touchpoint: str, criterion: str, text: str) -> None:
    """Try a figure as it was typed; an empty text, or the figure that holds, is no trial."""
    head = workspace.store().load(workspace.project_id())
    try:
        edit = typed_scores([(touchpoint, criterion, text)], session.language(), author=session.author(), project=head)[0]
    except ParcoursError as error:
        workspace.tell(error)
        return
    given = isinstance(edit, Put) and edit.values["value"] is not None
    take([edit] if given else [], instead_of=[(touchpoint, criterion)])


def trying(project: Project) -> bool:
    """Whether what a hand does now belongs to the trial: somebody said so, or something is tried already."""
    return bool(st.session_state.get(_TRYING)) or bool(_commands(project))


def switch(project: Project) -> None:
    """The switch that makes what a hand moves part of the trial; on by itself while something is tried."""
    t, tried = session.t(), bool(_commands(project))
    st.toggle(
        t("Only try out"), key=synced("trying", trying(project)), disabled=tried, on_change=_switched,
        help=t("While this is on, what you move is tried in every view and kept only when you say so."),
    )  # fmt: skip


def _switched() -> None:
    st.session_state[_TRYING] = bool(st.session_state["trying"])


def take(commands: list[Command], instead_of: Iterable[tuple[str, str]] = ()) -> None:
    """These scores are tried, and those of ``instead_of`` (touchpoint, criterion) no more."""
    mine = st.session_state.setdefault(_SCORES, {}).setdefault(workspace.project_id(), {})
    for at in instead_of:
        mine.pop(at, None)
    for edit in commands:
        if isinstance(edit, Put) and edit.kind == "score":
            at = str(edit.values["target"]), str(edit.values["criterion"])
            mine.pop(at, None)
            mine[at] = edit


def take_back() -> bool:
    """The touchpoint that was moved last is tried no more; False: none was."""
    mine = st.session_state.get(_SCORES, {}).get(workspace.project_id(), {})
    if not mine:
        return bool(st.session_state.get(_TRYING))
    forget(next(reversed(mine))[0])
    return True


def forget(touchpoint: str) -> None:
    """A score that is set for good is tried no more."""
    mine = st.session_state.get(_SCORES, {}).get(workspace.project_id(), {})
    for at in [at for at in mine if at[0] == touchpoint]:
        del mine[at]


def _commands(project: Project) -> list[Command]:
    """What is tried, as edits."""
    tried, method = weights.standing(project)
    kept = {name: weight for name, weight in weights_of(project).items() if weight}
    commands: list[Command] = []
    if tried != kept:
        commands += edits.set_weights(dict.fromkeys(kept, 0.0) | tried)
    if method != ranking_of(project):
        commands += edits.set_view(project, ranking=method)
    if (budget := _budget(project)) != budget_of(project):
        commands += edits.set_view(project, budget=budget)
    return [*commands, *scores(project).values()]


def _budget(project: Project) -> float | None:
    """The budget that is tried, else the one that is kept."""
    tried: dict[str, float | None] = st.session_state.get(_BUDGETS, {})
    return tried.get(workspace.project_id(), budget_of(project))


def try_budget(text: str) -> None:
    """Try a budget as it was typed; an empty text goes back to the one that is kept."""
    try:
        amount = typed_budget(text, session.language())
    except ParcoursError as error:
        workspace.tell(error)
        return
    tried = st.session_state.setdefault(_BUDGETS, {})
    tried.pop(workspace.project_id(), None)
    if amount is not None:
        tried[workspace.project_id()] = amount


# --- what is drawn ----------------------------------------------------------------------------------------------


def banner(project: Project) -> None:
    """What is tried and what it changes, and keeping it or going back; nothing where nothing is tried."""
    if not _commands(project):
        return
    t, tried = session.t(), of(project)
    (chosen, method), changed = weights.standing(project), scores(project)
    ranked = what_if(tried, chosen, method, kept=project)
    with st.container(border=True, key="what_if"):
        st.markdown(f":material/science: **{t('What if')}** — {moves(ranked)}")
        st.caption(quoted(" · ".join(_said(project, tried, t))))
        with st.container(horizontal=True):
            keep = t("Keep these scores") if changed else t("Keep these weights") if method == "relevance" else t("Keep this ranking")
            keep = t("Keep it") if _budget(project) != budget_of(project) else keep
            st.button(keep, key="weights_keep", type="primary", icon=":material/check:", disabled=not chosen, on_click=_keep)
            st.button(t("Back to the kept ones"), key="weights_back", icon=":material/undo:", on_click=leave)


def _said(project: Project, tried: Project, t: Translator) -> list[str]:
    """What differs from what is kept, one change a text."""
    kept, (chosen, method) = weights_of(project), weights.standing(project)
    said = [] if method == ranking_of(project) else [t("ranked by {name}", name=t(RANKINGS[method].name))]
    for name in dict.fromkeys([*chosen, *kept]):
        before, after = kept.get(name, 0.0), chosen.get(name, 0.0)
        if before != after:
            said.append(
                t("{criterion}: weight {before} → {after}", criterion=criterion_name(project, name, t), before=number(before, t.language),
                  after=number(after, t.language))
            )  # fmt: skip
    for (touchpoint, criterion), edit in scores(project).items():
        said.append(_score_said(project, touchpoint, criterion, value_of(edit), t))
    if (budget := _budget(project)) is not None and budget != budget_of(project):
        said.append(t("budget {amount}", amount=money(budget, t.language, project.settings.currency)))
    more = [t("and {n} more", n=len(said) - MOST)] if len(said) > MOST else []
    return [*said[:MOST], *more, *_quadrants(project, tried, t)]


def _score_said(project: Project, touchpoint: str, criterion: str, value: float, t: Translator) -> str:
    figure = project.figures.get((touchpoint, criterion))
    label = t("Impact") if criterion == "impact" else criterion_name(project, criterion, t)
    before = "–" if figure is None else number(figure.value, t.language)
    return t(
        "{name}, {criterion} {before} → {after}", name=project.table("touchpoint")[touchpoint].name, criterion=label, before=before,
        after=number(value, t.language),
    )  # fmt: skip


def _quadrants(project: Project, tried: Project, t: Translator) -> list[str]:
    """Which touchpoints change their quadrant, by name."""
    if not scores(project):
        return []
    before = priorities(project).set_index("id")["quadrant"]
    frame, names = priorities(tried)[["id", "touchpoint", "stage", "quadrant"]], quadrant_names(project, t.language)
    frame = frame.assign(touchpoint=unique_names(frame))
    moved = frame[frame["quadrant"].notna() & (frame["quadrant"].fillna("") != frame["id"].map(before).fillna(""))]
    return [
        t("{name} becomes “{quadrant}”", name=str(row["touchpoint"]), quadrant=names[row["quadrant"]])
        for row in moved.head(MOST).to_dict("records")
    ]


def moves(frame: pd.DataFrame) -> str:
    """What is tried changes in the ranking, in a sentence. ``frame`` is that of `analysis.project.priorities.what_if`."""
    t = session.t()
    moved = frame["moved"].fillna(0) != 0
    if not moved.any():
        return t("nobody moves.")
    n, first = int(moved.sum()), quoted(str(frame["touchpoint"].iloc[0]))
    if frame["before"].iloc[0] == 1:
        return t.n("{n} touchpoint moves, {name} stays first.", "{n} touchpoints move, {name} stays first.", n, name=first)
    return t.n("{n} touchpoint moves, {name} becomes first.", "{n} touchpoints move, {name} becomes first.", n, name=first)


def panel(project: Project, touchpoint: str, criteria: list[str]) -> None:
    """Fields in which other scores of a touchpoint are tried."""
    t = session.t()
    tried = scores(project)
    label = t("What if…") + (f" ({n})" if (n := sum(at[0] == touchpoint for at in tried)) else "")
    with aside(label, icon=":material/science:", key=f"try_{touchpoint}"):
        st.caption(t("Try other scores: every view follows, and nothing is kept until you say so."))
        for criterion in criteria:
            figure = project.figures.get((touchpoint, criterion))
            edit = tried.get((touchpoint, criterion))
            value = value_of(edit) if edit else None if figure is None else figure.value
            key = f"try_{touchpoint}_{criterion}"
            shown = "" if value is None else number(value, t.language)
            name = t("Impact") if criterion == "impact" else criterion_name(project, criterion, t)
            st.text_input(quoted(name), key=synced(key, shown), on_change=_typed, args=(touchpoint, criterion, key))


def _typed(touchpoint: str, criterion: str, key: str) -> None:
    try_score(touchpoint, criterion, st.session_state[key])


# --- acts -------------------------------------------------------------------------------------------------------


def leave() -> None:
    """Back to what the project keeps."""
    head = workspace.store().load(workspace.project_id())
    _drop()
    weights.back(head)


def _drop() -> None:
    for name in (_SCORES, _BUDGETS):
        st.session_state.setdefault(name, {}).pop(workspace.project_id(), None)


def _keep() -> None:
    """Everything that is tried becomes one edit of the project."""
    head = workspace.store().load(workspace.project_id())
    several = scores(head) or _budget(head) != budget_of(head)
    if workspace.edit(_commands(head), N_("Accept what was tried") if several else N_("Change the weights")):
        _drop()

