"""Every error of the library.

    ParcoursError
    ├── ReadError          a file that cannot be read
    ├── MissingColumns     a method was given a frame without the columns it needs
    ├── NegativeValues     a Pareto chart of negative values
    ├── BadScale           a value or a scale that makes no sense
    ├── NotFound           no such project, entity, revision
    ├── InvalidCommand     an edit that the project refuses
    ├── Outdated           the project has changed since a plan for it was made
    ├── UndoConflict       somebody has changed the same thing since
    ├── NothingToUndo      nothing of one's own is left to take back (or to redo)
    ├── CannotOpenCopy     a .parcours file that is damaged or too new
    ├── CannotOpenStore    the data were made by a later version, are damaged or out of reach
    └── CannotExport       a kind of export that does not exist, or that this project cannot fill

Each has a stable ``code`` for programs and a ``message(language)`` for the person in front of the screen.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from analysis.language import N_, translator

#: an author who has given no name
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


class ParcoursError(Exception):
    """Base of every error of the library.

    ``text`` is an English template (a message id of the catalogues), ``values`` fill it.

    >>> NotFound("project", id="p1").code
    'project'
    """

    code: str = "error"
    #: code → English sentence with ``{placeholders}``; subclasses list theirs.
    sentences: ClassVar[dict[str, str]] = {}

    def __init__(self, code: str | None = None, /, text: str | None = None, **values: Any) -> None:
        self.code = code or type(self).code
        self.text = text or self.sentences.get(self.code, self.code)
        self.values = values
        super().__init__(self.message("en"))

    def message(self, language: str = "en") -> str:
        """The sentence for a person, in ``"en"`` or ``"fr"``."""
        return translator(language)(self.text, **self.values)


class ReadError(ParcoursError):
    """A file that cannot be read. ``code``: empty encrypted corrupt unsupported too_large not_a_table."""

    code = "corrupt"
    sentences: ClassVar[dict[str, str]] = {
        "empty": N_("This file is empty: there is nothing to read in it. Check that it is the right one, and that it was saved."),
        "encrypted": N_("This file is protected by a password. Open it in Excel, remove the password, save it and try again."),
        "corrupt": N_("This file is damaged and cannot be read. Open it in Excel, save it again as .xlsx and try again."),
        "unsupported": N_("This kind of file cannot be read. Save it as .xlsx or .csv and try again."),
        "too_large": N_("This file is too large to be read here. Split it, or keep only the useful sheets."),
        "not_a_table": N_("No table was found in this file: a table has a header row and, below it, at least one row of data."),
    }


class MissingColumns(ParcoursError):
    """A method needs columns that the frame does not have (``values["columns"]`` names them)."""

    code = "missing_columns"
    sentences: ClassVar[dict[str, str]] = {"missing_columns": N_("These columns are missing: {columns}.")}


class NegativeValues(ParcoursError):
    """A Pareto chart of negative values means nothing (``values["labels"]`` names the items)."""

    code = "negative_values"
    sentences: ClassVar[dict[str, str]] = {
        "negative_values": N_("A Pareto chart needs values of zero or more; these are negative: {labels}.")
    }


class BadScale(ParcoursError):
    """A value outside its scale, or a scale without width."""

    code = "bad_scale"
    sentences: ClassVar[dict[str, str]] = {
        "bad_scale": N_("A scale goes from a low to a higher value; {low} to {high} does not."),
        "outside": N_("{value} is outside the scale {low} to {high}."),
    }


class NotFound(ParcoursError):
    """No such project, entity or revision."""

    code = "not_found"
    sentences: ClassVar[dict[str, str]] = {
        "not_found": N_("This no longer exists: somebody may have deleted it."),
        "project": N_("This project no longer exists: it may have been deleted."),
        "revision": N_("This version of the project does not exist."),
    }


class InvalidCommand(ParcoursError):
    """An edit that the project refuses; the code says why."""

    code = "invalid"
    sentences: ClassVar[dict[str, str]] = {
        "invalid": N_("This change is not possible."),
        "unknown_kind": N_("This change is not possible: “{kind}” is not something a project contains."),
        "unknown_field": N_("This change is not possible: “{field}” is not a field of “{kind}”."),
        "exists": N_("This change is not possible: it exists already."),
        "gone": N_("This no longer exists: somebody may have deleted it."),
        "empty_name": N_("A name is needed."),
        "outside": N_("{value} is outside the scale {low} to {high}."),
        "bad_value": N_("“{value}” cannot be kept in “{field}”."),
        "year": N_("Nothing is planned for the year {year}: type one from {first} to {last}."),
        "picture": N_("This is not a picture that can be shown: choose a PNG, JPEG or WebP file."),
        "picture_size": N_("This picture is too large: choose one of less than 5 MB."),
        "no_stage": N_("What stands in no stage has no step: choose its stage first."),
        "circle": N_("An action cannot wait for itself: {path}."),
        "last_stage": N_("A journey keeps at least one stage."),
        "last_journey": N_("A project keeps at least one journey."),
    }


class Outdated(ParcoursError):
    """The project is no longer at the revision that an edit was made for (``values``: ``expected`` and ``revision``)."""

    code = "outdated"
    sentences: ClassVar[dict[str, str]] = {
        "outdated": N_("The project has changed meanwhile: nothing of this was kept. Look at it as it is now, then try again.")
    }


class UndoConflict(ParcoursError):
    """Somebody has changed the same thing since."""

    code = "undo_conflict"
    sentences: ClassVar[dict[str, str]] = {
        "undo_conflict": N_("This cannot be undone: {author} has changed the same thing since."),
        "undo_conflict_nameless": N_("This cannot be undone: somebody else has changed the same thing since."),
    }

    def message(self, language: str = "en") -> str:
        """The sentence, with the author's name where they have given one (an id says nothing to a person)."""
        author = str(self.values.get("author", ""))
        nameless = author in ("", "?") or _FINGERPRINT.fullmatch(author) is not None
        return translator(language)(self.sentences["undo_conflict_nameless"]) if nameless else super().message(language)


class NothingToUndo(ParcoursError):
    """Nothing of one's own is left to take back, or to redo."""

    code = "nothing_to_undo"
    sentences: ClassVar[dict[str, str]] = {
        "nothing_to_undo": N_("There is nothing of yours left to undo."),
        "nothing_to_redo": N_("There is nothing to redo."),
    }


class CannotOpenCopy(ParcoursError):
    """A .parcours file that is damaged, or made by a later version."""

    code = "damaged"
    sentences: ClassVar[dict[str, str]] = {
        "damaged": N_("This is not a project file of Parcours, or it is damaged."),
        "newer": N_("This project file was made by a later version of Parcours: update Parcours, then open it."),
    }


class CannotOpenStore(ParcoursError):
    """The database was made by a later version, is damaged, or cannot be reached (``values["file"]`` names it)."""

    code = "newer_store"
    sentences: ClassVar[dict[str, str]] = {
        "newer_store": N_("These projects were made by a later version of Parcours: update Parcours, then start it again."),
        "damaged_store": N_(
            "The file that keeps the projects is damaged: {file}. Put the latest copy of the folder “backups” beside it in its "
            "place, then start Parcours again."
        ),
        "shut_store": N_(
            "The file that keeps the projects cannot be written: {file}. Check that the disk is not full and that you may write in "
            "this folder, then start Parcours again."
        ),
        "far_store": N_("The database that keeps the projects does not answer: {file}. Check that it runs, then try again."),
    }


class CannotExport(ParcoursError):
    """An export that does not exist, or that this project cannot fill."""

    code = "unknown_export"
    sentences: ClassVar[dict[str, str]] = {
        "unknown_export": N_("“{kind}” is not a kind of export. The kinds are: {kinds}."),
        "nothing_to_export": N_("There is nothing to export yet."),
        "cancelled": N_("The export was stopped."),
        "not_set": N_(
            "The PDF could not be made: the typesetting program failed. The project is unharmed; the other files can still be made."
        ),
        "bad_template": N_("This template cannot be used: it must be a PowerPoint file (.pptx)."),
        "small_template": N_("This template cannot be used: its slides are too small or too large."),
    }
