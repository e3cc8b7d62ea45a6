"""NPS, CSAT and CES of answers, each with its n and its interval: the same for a page, a report and a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_, Translator, interval, number, percent, signed
from analysis.project.before_after import CSAT_SCALES, FEW
from analysis.project.evidence_key import evidence_key
from analysis.project.figures import VOTES

if TYPE_CHECKING:
    from analysis.project.project import Project

#: measure → what the index is called
NAMES = {"nps": N_("NPS"), "satisfaction": N_("CSAT: share of satisfied"), "ces": N_("CES: customer effort")}
#: measure → its name in a line
SHORT = {"nps": N_("NPS"), "satisfaction": N_("CSAT"), "ces": N_("CES")}
_ONE = ["measure", "source", "side", "low", "high"]
COLUMNS = [
    "measure", "source", "side", "stage", "scale_low", "scale_high", "score", "n", "people", "low", "high", "promoters", "passives",
    "detractors",
]  # fmt: skip


def satisfaction_indices(answers: pd.DataFrame) -> pd.DataFrame:
    """One row an index, source, side and scale, then one for each stage that was asked about.

    Parameters
    ----------
    answers : rows of a project's ``evidence``, all or some of them; votes of a workshop are passed over.

    Returns
    -------
    measure (a key of `NAMES`), source, side, stage (NA: all of them), scale_low, scale_high, score (NPS −100…100, CSAT in percent, CES on
    its scale), n (answers), people (who gave them), low, high (95 % interval), promoters, passives, detractors (counts, of NPS alone).

    Notes
    -----
    NPS is made of answers on 0–10, CSAT of those on 1–5 and 1–7, as METHODS has it; an answer on another scale makes no index.

    Examples
    --------
    >>> from analysis import Project
    >>> satisfaction_indices(Project.new("Shop").evidence).empty
    True
    """
    voted = (answers["source"] == VOTES).fillna(False)
    asked = answers[(answers["measure"].isin(list(NAMES)) & answers["value"].notna() & ~voted).to_numpy(dtype=bool)]
    rows: list[dict[str, Any]] = []
    key: Any
    for key, own in asked.groupby(_ONE, dropna=False, sort=False):
        measure, source, side, low, high = key
        about = {"measure": measure, "source": source, "side": side, "scale_low": low, "scale_high": high}
        for stage in (None, *own["stage"].dropna().unique()):
            found = _index(measure, own if stage is None else own[own["stage"] == stage], low, high)
            if found is not None and found["n"]:
                rows.append(about | {"stage": stage} | found)
    places = list(NAMES)
    rows.sort(key=lambda row: places.index(row["measure"]))
    return pd.DataFrame(rows, columns=COLUMNS)


def _index(measure: str, answers: pd.DataFrame, low: Any, high: Any) -> dict[str, Any] | None:
    """Score, n and interval, and the three groups of NPS; None where the index is not made for such a scale."""
    from analysis.methods import ces, csat, nps

    about = answers[["measure", "value", "respondent"]]
    if measure == "nps":
        found = nps(about) if (low, high) == (0, 10) else None
    elif measure == "satisfaction":
        found = csat(about, low, high) if (low, high) in CSAT_SCALES else None
    else:
        found = None if pd.isna(low) or pd.isna(high) else ces(about, low, high)
    wanted = ("score", "n", "low", "high", "promoters", "passives", "detractors")
    if found is None:
        return None
    named = answers["respondent"].dropna()
    people = int(named.nunique()) + len(answers) - len(named)
    return {name: found.loc[0, name] for name in wanted if name in found} | {"people": people}


def customers_indices(project: Project) -> dict[str, pd.DataFrame]:
    """What customers answered over all stages: id of an evidence → its rows of `satisfaction_indices`; only those that have any."""

    def make() -> dict[str, pd.DataFrame]:
        rows = project.evidence
        rows = rows[((rows["side"] != "staff").fillna(True) & rows["measure"].isin(list(NAMES))).astype(bool)]
        found = {str(id): satisfaction_indices(own.assign(stage=None)) for id, own in rows.groupby("evidence_id", sort=False)}
        return {id: table for id, table in found.items() if len(table)}

    return project.remembered("indices", evidence_key(project), make)


# --- in words ---------------------------------------------------------------------------------------------------


def told(row: dict[Any, Any], t: Translator) -> str:
    """An index in words: “+23 (+18 … +28)”."""
    ends = "" if pd.isna(row["low"]) else f" ({figure(row, 'low', t)} … {figure(row, 'high', t)})"
    return figure(row, "score", t) + ends


def index_line(row: dict[Any, Any], t: Translator) -> str:
    """An index with all that it takes to read it: “NPS −25 · n = 2,353 · 95% interval [−28, −21]”; below five answers it says so."""
    name, language = t(SHORT[row["measure"]]), t.language
    if row["measure"] != "nps":
        name += f" ({number(row['scale_low'], language)}–{number(row['scale_high'], language)})"
    parts = [f"{name}\u00a0{figure(row, 'score', t)}", f"n\u00a0=\u00a0{number(int(row['n']), language)}"]
    if row["people"] < row["n"]:
        parts.append(t.n("from {n} person", "from {n} people", int(row["people"])))
    if pd.notna(row["low"]):
        parts.append(t("95% interval {ends}", ends=interval(figure(row, "low", t), figure(row, "high", t), language)))
    if row["people"] < FEW:
        parts.append(t("few answers: read with care"))
    return " · ".join(parts)


def groups_line(row: dict[Any, Any], t: Translator) -> str:
    """Shares of promoters, passives and detractors; empty for what is no NPS."""
    if row["measure"] != "nps":
        return ""
    shares = {name: percent(100 * row[name] / row["n"], t.language, 0) for name in ("promoters", "passives", "detractors")}
    return t("Promoters {promoters} · passives {passives} · detractors {detractors}", **shares)


def figure(row: dict[Any, Any], name: str, t: Translator) -> str:
    """The score or an end of its interval, as its index is written."""
    value = float(row[name])
    if row["measure"] == "nps":
        return signed(value, t.language, 0)
    return percent(value, t.language, 0) if row["measure"] == "satisfaction" else number(value, t.language, 2)
