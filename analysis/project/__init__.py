"""What a project is and how it is kept."""

from analysis.project.commands import Change, Command, Put, Remove
from analysis.project.project import Project
from analysis.project.store import Store

__all__ = ["Change", "Command", "Project", "Put", "Remove", "Store"]
