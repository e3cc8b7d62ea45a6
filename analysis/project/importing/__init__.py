"""From tables to commands: what an import would change, shown before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.project.importing.plan import ImportPlan, plan_import

__all__ = ["ImportPlan", "plan_import"]


def __getattr__(name: str) -> Any:
    """Loaded when first asked for: the first page of the app waits for what it imports."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis.project.importing import plan

    return getattr(plan, name)
