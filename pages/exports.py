"""Deliverables: what the project becomes outside Parcours. Nothing is built before it is asked for."""

from __future__ import annotations

from pages.decide.deliverables import deliverables
from pages.shell import session, workspace

t = session.t()
project = workspace.header(t("Deliverables"), filtered=True)
deliverables(project)
