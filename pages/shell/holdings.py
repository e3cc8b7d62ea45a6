"""What a project has received: imports, answers, and names that still lack a place."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project, language
from analysis.language import Translator
from analysis.project import edits
from analysis.project.importing.names import Names
from analysis.project.indices import customers_indices, groups_line, index_line
from analysis.project.merging import assign_labels, create_from_labels, look_alikes, merge_touchpoints, open_labels
from analysis.project.views import who_answered
from pages.review import places
from pages.review.words import KINDS
from pages.shell import series, session, workspace
from pages.shell.markdown import quoted

#: names that are offered at once; the most used come first
MOST = 60
_CREATE = "+"


def holdings(project: Project) -> None:
    """Imports, evidence and the tray of the unassigned; an empty state that says what to do."""
    t = session.t()
    if not project.table("import") and not project.table("evidence"):
        st.info(t("No file has been imported into this project yet."), icon=":material/table_view:")
        _unassigned(project, t)
        _duplicates(project, t)
        return
    _unassigned(project, t)
    _imports(project, t)
    _indicators(project, t)
    _evidence(project, t)
    _duplicates(project, t)


def _imports(project: Project, t: Translator) -> None:
    st.subheader(t("Imported"), anchor=False)
    rows = [
        {t("File"): record.file, t("Sheet"): record.sheet, t("Kind"): t(KINDS.get(record.kind, record.kind)), t("Rows"): record.rows,
         t("When"): language.moment(pd.Timestamp(record.at).tz_convert(st.context.timezone or "UTC").to_pydatetime(), t.language)}
        for record in project.table("import").values()
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def _indicators(project: Project, t: Translator) -> None:
    """Indicators that the imported tables follow over time."""
    found = series.indicators(project, t)
    if len(found):
        st.subheader(t("Indicators over time"), anchor=False)
        series.show(found, project, t)


def _evidence(project: Project, t: Translator) -> None:
    if not project.table("evidence"):
        return
    st.subheader(t("Answers of people"), anchor=False)
    evidence, indices = project.evidence, customers_indices(project)
    for id, block in project.evidence_in_order():
        own = evidence[evidence["evidence_id"] == id]
        words = _counted(own, block.kind, t)
        dates = own["date"].dropna()
        if len(dates):
            first, last = language.date(dates.min().date(), t.language), language.date(dates.max().date(), t.language)
            words.append(t("from {first} to {last}", first=first, last=last))
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{quoted(block.title or block.source)}**")
                st.caption(" · ".join(words))
                if id in indices:
                    _indices(indices[id], t)
            st.button(t("Remove"), key=f"drop_{id}", icon=":material/delete:", on_click=_remove, args=(id, block.title))


def _indices(found: pd.DataFrame, t: Translator) -> None:
    """NPS, CSAT and CES of a source, each with its n and its interval."""
    for row in found.to_dict("records"):
        st.markdown(f"**{index_line(row, t)}**")
        if said := groups_line(row, t):
            st.caption(said)


def _counted(own: pd.DataFrame, kind: str, t: Translator) -> list[str]:
    """How many people answered and commented, or how many a log met and how often."""
    people = int(own["respondent"].nunique())
    if kind == "events":
        times = int(own.loc[own["measure"] == "contact", "value"].sum())
        return [t.n("{n} person in a log", "{n} people in a log", people), t.n("{n} contact", "{n} contacts", times)]
    comments = int((own["measure"] == "comment").sum())
    facts = {"respondents": people, "counted": int(own["respondent"].isna().sum())}
    return [who_answered(facts, t), t.n("{n} comment", "{n} comments", comments)]


def _remove(id: str, title: str) -> None:
    workspace.edit(edits.remove("evidence", id), "Remove the answers “{title}”", title=title)


def _unassigned(project: Project, t: Translator) -> None:
    """Names of touchpoints and stages in the answers that are nobody's: several at once can be given their place."""
    found, bare = open_labels(project), any(place.stage is None for _, place in project.placements_of(project.first_journey))
    if not found and not bare:
        return
    st.subheader(t("Unassigned"), anchor=False)
    places.tray(project, t)
    if found:
        st.caption(t("Answers are kept under these names, which the map does not know. Say what they mean."))
    for kind in ("touchpoint", "stage"):
        labels = {one.label: one.answers for one in found if one.kind == kind}
        if labels:
            with st.container(border=True):
                _tray(project, kind, labels, t)


def _tray(project: Project, kind: str, labels: dict[str, int], t: Translator) -> None:
    chosen = st.pills(
        t("Names of touchpoints") if kind == "touchpoint" else t("Names of stages"), list(labels)[:MOST], selection_mode="multi",
        key=f"labels_{kind}",
        format_func=lambda label: t.n("{label} ({n} answer)", "{label} ({n} answers)", labels[label], label=quoted(label)),
    )  # fmt: skip
    names = {i: entity.name for i, entity in project.table(kind).items()}
    near = Names(names).suggestions(chosen[0]) if chosen else []
    options = [_CREATE, *near, *sorted((i for i in names if i not in near), key=lambda i: names[i].casefold())]
    make = t("Create a touchpoint") if kind == "touchpoint" else t("Create a stage")
    left, middle, right = st.columns([3, 3, 1.4], vertical_alignment="bottom")
    target = left.selectbox(
        t("They mean"), options, index=None, key=f"means_{kind}", placeholder=t("Choose…"),
        format_func=lambda i: f"＋ {make}" if i == _CREATE else names[i],
    )  # fmt: skip
    stage = None
    if target == _CREATE and kind == "touchpoint":
        stages = {i: stage.name for i, stage in project.stages_of(project.first_journey)}
        stage = middle.selectbox(
            t("In the stage"), [None, *stages], key="label_stage", format_func=lambda i: stages[i] if i else t("without a stage")
        )
    if right.button(t("Assign"), key=f"assign_{kind}", disabled=not chosen or target is None, width="stretch"):
        _assign(kind, list(chosen), str(target), stage)


def _assign(kind: str, labels: list[str], target: str, stage: str | None) -> None:
    head = workspace.store().load(workspace.project_id())
    shown = ", ".join(labels)[:200]
    try:
        if target == _CREATE:
            workspace.edit(create_from_labels(head, kind, labels, stage=stage), "Create “{label}”", label=labels[0])
        else:
            workspace.edit(assign_labels(head, kind, labels, target), "Assign “{label}”", label=shown)
    except ParcoursError as error:
        workspace.tell(error)
    st.rerun()


def _duplicates(project: Project, t: Translator) -> None:
    """Touchpoints that are one: merged with their answers, cards and figures."""
    touchpoints = project.table("touchpoint")
    if len(touchpoints) < 2:
        return
    pairs = look_alikes(project)
    title = t("Merge duplicate touchpoints") + (f" ({len(pairs)})" if pairs else "")
    with st.expander(title, icon=":material/merge:", expanded=bool(pairs)):
        st.caption(t("Answers, cards, actions and figures of the others become those of the one that is kept. Where both have a figure, "
                     "that of the kept one stands."))  # fmt: skip
        names = _places(project)
        suggested = pairs[0] if pairs else ()
        left, middle, right = st.columns([3, 3, 1.4], vertical_alignment="bottom")
        keep = left.selectbox(
            t("Keep"), list(names), index=list(names).index(suggested[0]) if suggested else None, key=f"keep_{len(names)}",
            format_func=lambda i: names[i], placeholder=t("Choose…"),
        )  # fmt: skip
        others = middle.multiselect(
            t("Merge into it"), [i for i in names if i != keep], select_all=False,
            default=[suggested[1]] if suggested and keep == suggested[0] else [],
            key=f"others_{len(names)}_{keep}", format_func=lambda i: names[i], placeholder=t("Choose…"),
        )  # fmt: skip
        if right.button(t("Merge"), key="merge", disabled=not (keep and others), width="stretch"):
            _merge(str(keep), others, names)


def _places(project: Project) -> dict[str, str]:
    """Touchpoint → its name, with its stage, since duplicates have the same name."""
    stages = {i: stage.name for i, stage in project.table("stage").items()}
    home = project.stage_of_touchpoint
    named = {i: " · ".join(filter(None, (one.name, stages.get(home.get(i, ""), "")))) for i, one in project.table("touchpoint").items()}
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def _merge(keep: str, others: list[str], names: dict[str, str]) -> None:
    head = workspace.store().load(workspace.project_id())
    try:
        workspace.edit(merge_touchpoints(head, keep, others), "Merge duplicates of “{name}”", name=names[keep])
    except ParcoursError as error:
        workspace.tell(error)
    st.rerun()
