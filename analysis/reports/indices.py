"""NPS, CSAT and CES as every deliverable tells them: each with its n and its interval, a source and a scale at a time."""

from __future__ import annotations

import pandas as pd

from analysis.project.indices import NAMES, satisfaction_indices, told
from analysis.reports.content import Content

__all__ = ["NAMES", "indices_of", "told"]


def indices_of(content: Content) -> pd.DataFrame:
    """The rows of `satisfaction_indices`."""
    return satisfaction_indices(content.answers)
