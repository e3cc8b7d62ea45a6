"""Journey grids: stages as columns, lanes as rows, the way most people draw a map in Excel."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.methods import word_emotion
from analysis.project.importing import words
from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.inventory import add_card, put_score
from analysis.project.importing.names import folded
from analysis.project.model import PREFIXES, new_id

_ARROWS = re.compile(r"^[\s→➔➜➡⇒>►▶\ufe0f]+|[\s→➔➜➡⇒>►▶\ufe0f]+$")
_NAME_WORDS = 4
#: kind of lane → what people write at its head
_LANES = {
    "touchpoints": "point de contact|touchpoint|touch point|contact|interaction",
    "goal": "objectif|objectif client|goal|customer goal|but|attente|besoin|need",
    "action": "action|action client|ce que fait le client|ce que je fait|what i do|ce que vit le client"
    "|doing|doe|customer action|activite|step|fait",
    "thought": "ce que je pense|what i think|pensee|ce que pense le client|thinking|thought|think|question|pense",
    "feeling": "ce que je ressen|what i feel|ressenti|ce que ressent le client|feeling|feel",
    "emotion": "emotion|courbe emotionnelle|humeur|mood|emotional curve|satisfaction|score emotionnel|note",
    "channel": "canal|canaux|channel|support|media",
    "motivation": "motivation",
    "frustration": "frustration",
    "pain_point": "irritant|point de douleur|pain point|pain|probleme|difficulte|frein|point de friction|problem|friction",
    "delight": "moment de plaisir|enchantement|delight|point fort|gain|positif",
    "opportunity": "opportunite|opportunity|idee|amelioration|piste d amelioration|solution|idea|recommandation|improvement",
    "quote": "verbatim|citation|quote",
    "backstage": "coulisse|backstage|responsable|equipe|owner|service|back office",
    "system": "outil|systeme|system|tool|si",
    "time": "temp|duree|time|duration|delai",
    "kpi": "kpi|indicateur|indicator|metric|mesure",
}


def lane_of(label: str) -> str | None:
    """The kind of lane that a row's head names, or None.

    >>> lane_of("Irritants"), lane_of("Pain points"), lane_of("Ce que fait le client")
    ('pain_point', 'pain_point', 'action')
    """
    wanted = folded(label)
    if not wanted:
        return None
    for kind, known in _LANES.items():
        if wanted in {folded(text) for text in known.split("|")}:
            return kind
    return None


def add_grid(builder: Builder, table: Any, record: str) -> int:
    """Gather every cell; returns how many it filled."""
    frame: pd.DataFrame = table.frame
    if frame.shape[1] < 2:
        return 0
    heads, stages = frame.columns[0], list(frame.columns[1:])
    ids = {column: builder.stage(_unadorned(column), sheet=table.sheet) for column in stages}
    count = 0
    kind = "action"
    for position, row in zip(frame.index, frame.to_dict("records"), strict=True):
        label = cleaned(row[heads])
        kind = _kind(builder, label, [row[column] for column in stages]) if label else kind
        for column in stages:
            count += _add_cell(builder, table, record, position, kind, column, ids[column], row[column])
    return count


def _unadorned(name: str) -> str:
    """The name of a stage without the arrows that lead from one to the next.

    >>> _unadorned("J'essaie →"), _unadorned("→")
    ("J'essaie", '→')
    """
    return _ARROWS.sub("", name) or name


def _kind(builder: Builder, label: str, cells: list[Any]) -> str:
    """The kind of lane: what its head says; where faces stand in all its cells, the emotion."""
    found = lane_of(label)
    told = [text for cell in cells if (text := cleaned(cell))]
    if found in (None, "feeling") and told and all(not any(map(str.isalnum, text)) and word_emotion(text) is not None for text in told):
        return "emotion"
    if found is not None and found != "emotion":
        show_lane(builder, found)
    return found or _own_lane(builder, label)


def show_lane(builder: Builder, kind: str) -> None:
    """The lane of this kind is on the map from now on."""
    lanes = {lane.type for lane in builder.project.table("lane").values() if lane.journey == builder.journey}
    made = {values["type"] for values in builder.state.get("lane", {}).values()}
    if kind not in lanes | made:
        values = {"journey": builder.journey, "type": kind, "order": float(len(lanes | made))}
        builder.put("lane", new_id(PREFIXES["lane"]), values, item=kind)


def _own_lane(builder: Builder, label: str) -> str:
    """A lane of the user's own, found again by its name."""
    known = {folded(lane.name): lane.type for lane in builder.project.table("lane").values() if lane.name}
    known |= {folded(values.get("name", "")): values["type"] for values in builder.state.get("lane", {}).values()}
    kind = known.get(folded(label))
    if kind is None:
        kind = f"custom-{new_id('x')[2:]}"
        order = float(len(builder.project.table("lane")) + len(builder.state.get("lane", {})))
        builder.put("lane", new_id(PREFIXES["lane"]), {"journey": builder.journey, "type": kind, "name": label, "order": order}, item=label)
    return kind


def _add_cell(builder: Builder, table: Any, record: str, position: Any, kind: str, column: str, stage: str | None, value: Any) -> int:
    if not cleaned(value):
        return 0
    if kind == "emotion":
        return _add_emotion(builder, table, position, column, stage, value)
    for text in words.texts_of(value):
        if kind == "touchpoints":
            for name in _names_in(text):
                _add_touchpoint(builder, table, name, stage)
        else:
            add_card(builder, table, record, kind, text, stage, None)
    return 1


def _names_in(text: str) -> list[str]:
    """“Instagram, site web” names two touchpoints; a comma within a longer phrase is none of theirs."""
    names = [name.strip() for name in re.split(r",\s|\s\+\s", text)]
    return names if all(name and len(name.split()) <= _NAME_WORDS for name in names) else [text]


def _add_touchpoint(builder: Builder, table: Any, name: str, stage: str | None) -> None:
    known = builder.touchpoint(name, stage)
    if known is not None:
        builder.brought.setdefault("touchpoint", set()).add(known)
        return
    id = new_id(PREFIXES["touchpoint"])
    builder.put("touchpoint", id, {"name": name}, item=name, sheet=table.sheet)
    builder.touchpoints.add(id, name)
    values = {"journey": builder.journey, "touchpoint": id, "stage": stage, "order": builder.order("placement", builder.journey, stage)}
    builder.put("placement", new_id(PREFIXES["placement"]), values, item=name, sheet=table.sheet)
    builder.homes[id] = stage


def _add_emotion(builder: Builder, table: Any, position: Any, column: str, stage: str | None, value: Any) -> int:
    text = cleaned(value)
    felt = word_emotion(text)
    if felt is None:
        felt = _number(text)
    if felt is None or not -2 <= felt <= 2 or stage is None:
        add_card(builder, table, "emotion", "feeling", text, stage, None)
        return 1
    values = {"value": float(felt), "low": -2.0, "high": 2.0, "text": text}
    put_score(builder, table, stage, "emotion", "words", values, _unadorned(column), table.cell(position, column))
    return 1


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
