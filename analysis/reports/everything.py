"""Everything at once: one zip of the deliverables, with progress, and a way to stop."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from analysis.errors import CannotExport
from analysis.project.project import Project
from analysis.reports.privacy import Privacy, discreet

#: file in the zip → kind and options; a file that this project cannot fill is left out
FILES: dict[str, tuple[str, dict[str, Any]]] = {
    "{name}.xlsx": ("xlsx", {}),
    "{name}.pptx": ("pptx", {}),
    "{name}.pdf": ("pdf", {}),
    "{name}.ipynb": ("ipynb", {}),
    "{name}.ics": ("ics", {}),
    "csv/plan.csv": ("csv", {"table": "plan"}),
    "csv/touchpoints.csv": ("csv", {"table": "touchpoints"}),
    "csv/scores.csv": ("csv", {"table": "scores"}),
    "csv/emotion.csv": ("csv", {"table": "emotion"}),
    "csv/pareto.csv": ("csv", {"table": "pareto"}),
    "csv/evidence.csv": ("csv", {"table": "evidence"}),
    "csv/satisfaction.csv": ("csv", {"table": "satisfaction", "optional": True}),
    "csv/verbatims.csv": ("csv", {"table": "verbatims", "optional": True}),
    "charts/journey.svg": ("svg", {"chart": "journey"}),
    "charts/journey.png": ("png", {"chart": "journey"}),
    "charts/emotion.svg": ("svg", {"chart": "emotion"}),
    "charts/emotion.png": ("png", {"chart": "emotion"}),
    "charts/matrix.svg": ("svg", {"chart": "matrix"}),
    "charts/matrix.png": ("png", {"chart": "matrix"}),
    "charts/pareto.svg": ("svg", {"chart": "pareto"}),
    "charts/pareto.png": ("png", {"chart": "pareto"}),
}

#: kinds that tell of workshops
TOLD = ("pdf", "pptx")


class Cancelled(CannotExport):
    """The user asked to stop while the zip was being made."""


def bundle(
    project: Project,
    language: str = "fr",
    *,
    kinds: Iterable[str] | None = None,
    privacy: Privacy | None = None,
    progress: Callable[[float, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    template: bytes | None = None,
    extra: Mapping[str, Callable[[], bytes]] | None = None,
    **options: Any,
) -> bytes:
    """The deliverables of a project in one zip.

    Parameters
    ----------
    language : of all of them, ``"fr"`` or ``"en"``, whatever the project's own.
    kinds : only these kinds; all by default.
    privacy : what may be shown; everything by default.
    progress : called with the share that is done (0 to 1) and the name of the file to come.
    cancelled : asked before each file; True stops.
    template : for the slides.
    extra : path in the zip → what makes that file: what only a store knows, such as minutes of workshops and the project file.
    options : for every deliverable (``today``, ``people``, ``meetings``).

    Raises
    ------
    Cancelled : stopped (code ``cancelled``). CannotExport : an unknown kind, a bad template.

    Examples
    --------
    >>> data = bundle(Project.new("Shop", language="en"), "en", kinds=["csv"])
    >>> zipfile.ZipFile(io.BytesIO(data)).namelist()[0]
    'csv/plan.csv'
    """
    from analysis.reports import KINDS, export

    chosen = _chosen(None if kinds is None else list(kinds), tuple(KINDS))
    shown = privacy or Privacy()
    told = discreet(project, shown, language)
    known = options | ({} if shown.staff else {"people": {}})

    def made(kind: str, own: dict[str, Any]) -> bytes | None:
        """The file; None where this project has nothing to fill it with."""
        taken = {name: value for name, value in known.items() if name != "meetings" or kind in TOLD}
        try:
            return export(told, kind, language, **taken, **own, **({"template": template} if kind == "pptx" and template else {}))
        except CannotExport as refusal:
            if refusal.code != "nothing_to_export":
                raise
            return None

    name = file_name(told.name)
    makers: dict[str, Callable[[], bytes | None]] = {path.format(name=name): partial(made, *how) for path, how in chosen.items()}
    makers |= dict(extra or {})
    return _zipped(makers, progress, cancelled, language)


def _zipped(
    makers: dict[str, Callable[[], bytes | None]], progress: Callable[[float, str], None] | None, cancelled: Callable[[], bool] | None,
    language: str,
) -> bytes:  # fmt: skip
    """One file after the other; the report, whose charts another process draws, is made beside the others."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, ThreadPoolExecutor(1, "report") as aside:
        early = {path: aside.submit(make) for path, make in makers.items() if path.endswith(".pdf")}
        for position, (path, make) in enumerate(makers.items()):
            if cancelled and cancelled():
                aside.shutdown(cancel_futures=True)
                raise Cancelled("cancelled")
            if progress:
                progress(position / len(makers), path)
            try:
                data = early[path].result() if path in early else make()
            except CannotExport as refusal:
                if refusal.code != "not_set":
                    raise
                path, data = f"{path}.txt", refusal.message(language).encode()  # the others are not lost for it
            if data is not None:
                archive.writestr(path, data)
    if progress:
        progress(1.0, "")
    return out.getvalue()


def _chosen(kinds: list[str] | None, known: tuple[str, ...]) -> dict[str, tuple[str, dict[str, Any]]]:
    for kind in kinds or []:
        if kind not in known:
            raise CannotExport(kind=kind, kinds=", ".join(known))
    return {path: made for path, made in FILES.items() if made[0] in (known if kinds is None else kinds)}


def file_name(name: str) -> str:
    """A file name that every system takes.

    >>> file_name("Parcours client : été / 2026")
    'Parcours-client-ete-2026'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60] or "parcours"
