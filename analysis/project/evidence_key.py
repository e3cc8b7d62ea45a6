"""What the answers of a project depend on, as a key: as long as it is the same, nothing worked out from them has changed."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.project.project import Project


_KINDS = ("evidence", "touchpoint", "placement", "stage", "step", "journey")


def evidence_key(project: Project) -> tuple[Hashable, ...]:
    """Blocks with their links, and the names and places of touchpoints and stages.

    >>> from analysis import Project
    >>> shop = Project.new("Shop")
    >>> evidence_key(shop) == evidence_key(shop.apply([]))
    True
    """
    tables = tuple(project.table(kind) for kind in _KINDS)
    return project.remembered("evidence key", tables, lambda: _key(project))


def _key(project: Project) -> tuple[Hashable, ...]:
    blocks = tuple(
        (id, meta.blob, meta.source, meta.title, tuple(meta.touchpoints.items()), tuple(meta.stages.items()))
        for id, meta in project.evidence_in_order()
    )
    if not blocks:
        return ()
    names = tuple((id, touchpoint.name) for id, touchpoint in project.table("touchpoint").items())
    stages = tuple((id, stage.name, stage.order) for id, stage in project.table("stage").items())
    return blocks, names, stages, tuple(project.stage_of_touchpoint.items())
