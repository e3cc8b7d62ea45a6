"""What files call the things of a project: found again by it after they were renamed or moved in the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.project.importing.names import folded

if TYPE_CHECKING:
    from analysis.project.project import Project


def key_of(stage: str | None, name: str) -> str:
    """The key of a name within a stage."""
    return f"{stage or ''}|{folded(name)}"


@dataclass
class Labels:
    """Names as sheets write them → ids; kept in the record of an import."""

    stages: dict[str, str] = field(default_factory=dict)
    #: stage and name → id
    steps: dict[str, str] = field(default_factory=dict)
    touchpoints: dict[str, str] = field(default_factory=dict)
    #: touchpoint → the stage and step in which its sheet puts it
    homes: dict[str, list[str | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project) -> Labels:
        """What all imports of a project have kept; the last one holds."""
        found = cls()
        for record in sorted(project.table("import").values(), key=lambda record: record.at):
            kept = record.detail.get("labels")
            if isinstance(kept, Mapping):
                for name, known in vars(found).items():
                    known |= {label: id for label, id in kept.get(name, {}).items() if isinstance(label, str)}
        return found

    def kept(self) -> dict[str, dict[str, Any]]:
        """For the record of an import, without what is empty."""
        return {name: known for name, known in asdict(self).items() if known}

    def step(self, project: Project, stage: str, name: str) -> str | None:
        """The step of a stage that a file called so."""
        found = project.table("step").get(self.steps.get(key_of(stage, name), ""))
        return self.steps[key_of(stage, name)] if found is not None and found.stage == stage else None

    def touchpoint(self, project: Project, stage: str | None, name: str) -> str | None:
        """The touchpoint that a file called so within a stage; without a stage, the only one that any called so."""
        if stage is not None:
            found: set[str | None] = {self.touchpoints.get(key_of(stage, name))}
        else:
            found = self._anywhere.get(folded(name), set())
        still = [id for id in found if id in project.table("touchpoint")]
        return still[0] if len(still) == 1 else None

    @cached_property
    def _anywhere(self) -> dict[str, set[str | None]]:
        """Name of a touchpoint → ids, in whatever stage."""
        found: dict[str, set[str | None]] = {}
        for label, id in self.touchpoints.items():
            found.setdefault(label.partition("|")[2], set()).add(id)
        return found

    def same_place(self, touchpoint: str, stage: str | None, step: str | None) -> bool:
        """Whether a sheet puts a touchpoint where it put it before: if it stands elsewhere by now, somebody wants it there."""
        return self.homes.get(touchpoint) == [stage, step]
