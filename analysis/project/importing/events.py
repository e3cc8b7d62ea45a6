"""Event logs: who met which touchpoint, how often, and whether the goal was reached then or later.

Kept like answers, so that names without a place wait in the same tray.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.project.evidence import LOGGED, block
from analysis.project.importing.answers import keep_block
from analysis.project.importing.builder import Builder
from analysis.project.importing.columns import filled, pseudonyms, texts
from analysis.project.importing.long import LongForm
from analysis.project.importing.names import folded

#: the column that names what was met, the most telling first
_WHERE = ("touchpoint", "event", "url", "channel", "source", "campaign")
_WHO = ("customer_id", "email", "id", "person_name", "ip")
#: measures of their own
CONTACT, CONVERTED = LOGGED
#: names of events that are offered as the goal
_MOST_GOALS = 300
#: what an event is called that is the goal, the furthest first
_GOALS = (
    "achat|acheté|commande|commande validée|commande passée|commande confirmée|validation de commande|paiement|paiement validé|paiement"
    " accepté|vente|transaction|conversion|converti|signature|contrat signé|devis signé|devis accepté|réservation|réservation confirmée"
    "|purchase|purchased|buy|bought|order|ordered|order placed|order completed|place order|checkout completed|payment|sale|converted"
    "|subscribe|subscribed|abonnement|souscription|booking|booked|deal won|closed won|gagné|contract signed|donation|don",
    "inscription|inscrit|sign up|signup|sign_up|registration|registered|demande de devis|devis demandé|generate_lead|lead|prise de rendez"
    " vous|rendez vous pris|form_submit|formulaire envoyé|demo requested|contact form sent",
)


def add_events(builder: Builder, table: Any, record: str) -> int:
    """Gather a log, one line a person and touchpoint; returns how many events it counted."""
    frame: pd.DataFrame = table.frame
    where = next((name for name in _WHERE if name in frame), None)
    met = filled(frame[where]) if where is not None else pd.Series(pd.NA, index=frame.index, dtype="string")
    told = met.notna().to_numpy(dtype=bool)
    for position in frame.index[~told]:
        builder.leave(table, position, "no_name")
    if not told.any():
        return 0
    events = _events(builder, frame[told], met[told], np.flatnonzero(told) + 1)
    wanted = _wanted(builder, record)
    goals = reaches_goal(frame[told], events) if wanted is None else events["goal_label"].isin(wanted).to_numpy(dtype=bool)
    builder.goals += sorted({str(label) for label in events.loc[goals, "goal_label"]})
    builder.goal_choices += events["goal_label"].value_counts().index[:_MOST_GOALS].astype(str).tolist()
    builder.kept_goals = None if wanted is None else sorted(wanted)
    lines = pd.concat([_contacts(events), _conversions(events, goals)], ignore_index=True)
    form = LongForm(_under_pseudonyms(builder, lines, events.attrs["people"]), pd.Series(dtype="string"), False)
    builder.at(0.5)
    keep_block(builder, table, record, form)
    return int(told.sum())


def _wanted(builder: Builder, record: str) -> set[str] | None:
    """The events that somebody chose as the goal, now or at an earlier import of the log; None: nobody has."""
    known = builder.project.table("import").get(record)
    kept = known.detail.get("goals") if known is not None else None
    chosen = builder.wanted_goals if builder.wanted_goals is not None else kept
    return None if chosen is None else set(map(str, chosen))


def _events(builder: Builder, frame: pd.DataFrame, met: pd.Series, rows: Any) -> pd.DataFrame:
    """Who met what, when, in which row. Without a column that tells people apart, a row is a person."""
    who = next((name for name in _WHO if name in frame and frame[name].notna().mean() > 0.5), None)
    names = texts(frame[who]) if who is not None else pd.Series([f"\x1d{row}" for row in rows], dtype="string")
    codes, people = pd.factorize(names)
    events = pd.DataFrame({"person": codes, "touchpoint_label": met.to_numpy(), "row": rows})
    events["date"] = frame["date"].to_numpy() if "date" in frame else pd.NaT
    if "stage" in frame:
        events["stage_label"] = filled(frame["stage"]).to_numpy()
    events["goal_label"] = (filled(frame["event"]) if "event" in frame else met).fillna(met).to_numpy()
    events.attrs["people"] = [str(name) for name in people]
    return events


def reaches_goal(frame: pd.DataFrame, events: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows of a log are the goal: those with a conversion or a revenue; else those whose event is called a purchase or the like.

    Of several steps towards it (“add to basket”, “order”) only the furthest counts: what is called so in the order of ``_GOALS``.
    """
    for name in ("conversions", "revenue"):
        if name in frame and (figures := pd.to_numeric(frame[name], errors="coerce").fillna(0).to_numpy() > 0).any():
            return np.asarray(figures, dtype=bool)
    called = [events[name].map(lambda text: folded(str(text)), na_action="ignore") for name in ("goal_label", "touchpoint_label")]
    for names in _GOALS:
        known = {folded(name) for name in names.split("|")}
        found = called[0].isin(known) | called[1].isin(known)
        if found.any():
            return found.to_numpy(dtype=bool)
    return np.zeros(len(events), dtype=bool)


def _contacts(events: pd.DataFrame) -> pd.DataFrame:
    """One line a person and touchpoint: how often, and since when."""
    first = {name: (name, "first") for name in events.columns if name in ("row", "date", "stage_label")}
    counted = events.groupby(["person", "touchpoint_label"], sort=False, as_index=False).agg(value=("row", "size"), **first)
    return counted.assign(measure=CONTACT)


def _conversions(events: pd.DataFrame, goals: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """One line a person and touchpoint: whether (1 or 0) the person reached the goal when or after meeting it; the goal itself is none."""
    if not goals.any():
        return events.head(0)
    when = events["date"].rank(method="dense") if events["date"].notna().all() else pd.Series(1.0, index=events.index)
    order = np.lexsort((events["row"], when))
    places = np.empty(len(events))
    places[order] = np.arange(len(events))
    events = events.assign(place=places, goal=goals)
    last = events[goals].groupby("person")["place"].max()
    others = events[~events.groupby("touchpoint_label")["goal"].transform("all")]
    kept = {name: (name, "first") for name in events.columns if name in ("row", "date", "stage_label")}
    met = others.groupby(["person", "touchpoint_label"], sort=False, as_index=False).agg(first=("place", "min"), **kept)
    met["value"] = (met["person"].map(last) >= met["first"]).astype(float)
    return met.drop(columns="first").assign(measure=CONVERTED)


def _under_pseudonyms(builder: Builder, lines: pd.DataFrame, people: list[str]) -> pd.DataFrame:
    known = pseudonyms(people, bytes.fromhex(builder.project.settings.key))
    lines["respondent"] = known.take(lines["person"].to_numpy(dtype=int)).to_numpy()
    return block(lines.drop(columns="person"))
