"""What is left out of a deliverable: verbatims, names of staff, the client's name. A project in, a project out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from analysis.language import N_, translator
from analysis.project.commands import Change, Command
from analysis.project.evidence import pack, unpack
from analysis.project.model import FIELDS, KINDS, SETTINGS
from analysis.project.project import Project

#: fields that name somebody of the staff
_STAFF = {
    "touchpoint": ("owner", "staff"),
    "action": ("owner", "accountable", "consulted", "informed"),
    "score": ("author",),
    "import": ("author",),
}
#: fields that are addresses, not texts
_KEPT = frozenset(
    {
        "language",
        "currency",
        "colour",
        "created",
        "key",
        "status",
        "kind",
        "type",
        "state",
        "layer",
        "criterion",
        "blob",
        "hash",
        "journey",
        "stage",
        "touchpoint",
        "persona",
        "target",
        "record",
        "family",
        "phase",
        "picture",
        "logo",
        "font",
        "template",
        "fingerprint",
        "at",
    }
)
_SPLIT = re.compile(r"\s*[,;/&\n]\s*")


@dataclass(frozen=True)
class Privacy:
    """What a deliverable may show."""

    verbatims: bool = True
    staff: bool = True
    client: bool = True


def discreet(project: Project, privacy: Privacy, language: str) -> Project:
    """The project without what must not be shown; the same one when everything may be.

    Verbatims: the texts of answers and the cards of quotes are taken out. Staff: each person becomes “Person 1”, “Person 2”…, everywhere.
    Client: the name becomes “the client” wherever it stands, the logo and the template of slides go. Columns of the user's own file that
    have no field here go with any of them: nobody knows whom they name.
    """
    if privacy != Privacy():
        project = project.apply([Change("touchpoint", id, {"extra": {}}) for id, one in project.table("touchpoint").items() if one.extra])
    if not privacy.verbatims:
        project = project.apply(_without_verbatims(project))
    swaps = _swaps(project, privacy, language)
    if not privacy.client:
        project = project.apply(Change("project", SETTINGS, {"client": "", "logo": "", "template": ""}))
    return project.apply(_swapped(project, swaps)) if swaps else project


def _swaps(project: Project, privacy: Privacy, language: str) -> dict[str, str]:
    """Name → what stands for it."""
    swaps = {} if privacy.staff else _people(project, language)
    if not privacy.client and project.settings.client.strip():
        swaps[project.settings.client.strip()] = translator(language)(N_("the client"))
    return swaps


def swapping(project: Project, privacy: Privacy, language: str) -> Callable[[Any], Any]:
    """What tells a text that stands outside the project without the names that must not be shown."""
    swaps = _swaps(project, privacy, language)
    return _teller(swaps) if swaps else lambda text: text


def _without_verbatims(project: Project) -> list[Command]:
    commands: list[Command] = []
    for id, meta in project.table("evidence").items():
        frame = unpack(project.blob(meta.blob))
        key, data = pack(frame.assign(text=pd.Series(pd.NA, index=frame.index, dtype="string")))
        commands.append(Change("evidence", id, {"blob": key}, payloads={key: data}))
    hidden = {"text": "…"}
    commands += [Change("card", id, hidden) for id, card in project.table("card").items() if card.kind == "quote"]
    return commands


def _people(project: Project, language: str) -> dict[str, str]:
    """Name → “Person 1”; several names in one field are several people."""
    t = translator(language)
    names: dict[str, str] = {}
    for kind, columns in _STAFF.items():
        for entity in project.table(kind).values():
            for column in columns:
                for name in _SPLIT.split(getattr(entity, column)):
                    if name.strip() and name.strip() not in names:
                        names[name.strip()] = t(N_("Person {n}"), n=len(names) + 1)
    return names


def _teller(swaps: dict[str, str]) -> Callable[[Any], Any]:
    """Puts what stands for a name in its place; names are found as whole words, whatever their case."""
    longest_first = sorted(swaps, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first), re.IGNORECASE)
    known = {name.casefold(): swap for name, swap in swaps.items()}

    def told(value: Any) -> Any:
        return pattern.sub(lambda found: known[found[0].casefold()], value) if isinstance(value, str) else value

    return told


def _swapped(project: Project, swaps: dict[str, str]) -> list[Command]:
    """Every text in which a name stands, with what stands for it."""
    told = _teller(swaps)
    commands: list[Command] = []
    for kind in KINDS:
        for id, entity in project.table(kind).items():
            fresh = {name: told(value) for name, value in _texts(kind, entity)}
            changed = {name: value for name, value in fresh.items() if value != getattr(entity, name)}
            if changed:
                commands.append(Change(kind, id, changed))
    return [*commands, *_answers(project, told)]


def _texts(kind: str, entity: Any) -> Iterable[tuple[str, str]]:
    for one in fields(entity):
        value = getattr(entity, one.name)
        if one.name in FIELDS[kind] and one.name not in _KEPT and isinstance(value, str) and value:
            yield one.name, value


def _answers(project: Project, told: Any) -> list[Command]:
    """The same in the texts of the answers."""
    commands: list[Command] = []
    for id, meta in project.table("evidence").items():
        frame = unpack(project.blob(meta.blob))
        texts = frame["text"].map(told, na_action="ignore").astype("string")
        if not texts.equals(frame["text"]):
            key, data = pack(frame.assign(text=texts))
            commands.append(Change("evidence", id, {"blob": key}, payloads={key: data}))
    return commands
