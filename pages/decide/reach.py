"""The 360° matrix: how many customers meet a touchpoint, and what it gives them."""

from __future__ import annotations

from analysis import Project, touchpoint_matrix
from analysis import charts as drawn
from analysis.language import N_
from analysis.project.measures import unique_names
from pages.decide import charts, filters, tables, trial
from pages.decide.empty import empty
from pages.shell import session, workspace

_HOW = N_(
    "To the right, what many customers meet; at the top, what gives them much: useful, pleasant, leading to the next step. **Pillars** are "
    "to be kept, **hidden gems** deserve more customers, what reaches many and gives little is **to lighten or fix**, the rest is **to "
    "question**. The larger the bubble, the more the touchpoint costs."
)


def draw(project: Project) -> None:
    t = session.t()
    choice = filters.chosen(project)
    frame = filters.apply(project.touchpoints, choice)
    placed = touchpoint_matrix(frame.assign(touchpoint=unique_names(frame)))
    if placed["quadrant"].isna().all():
        empty(
            t("No touchpoint has both a reach and a value yet"),
            t("The 360° matrix needs, for each touchpoint, the share of customers who meet it and its Touchpoint Value (or its rational, "
              "emotional and behavioural scores). Bring a file that holds them."),
            {"data": (t("Bring a file"), "upload_file")},
        )  # fmt: skip
        return
    charts.show(
        lambda width: drawn.touchpoints(placed, t.language, width=width),
        (charts.seen(placed, "touchpoint", "reach", "touchpoint_value", "cost", "quadrant"),),
        how=t(_HOW),
        table=lambda: tables.reach(placed),
        name=t("360° matrix"),
        note=trial.line(workspace.shown()),
    )
