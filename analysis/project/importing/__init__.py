"""From tables to commands: what an import would change, shown before anything is written."""

from analysis.project.importing.plan import ImportPlan, plan_import

__all__ = ["ImportPlan", "plan_import"]
