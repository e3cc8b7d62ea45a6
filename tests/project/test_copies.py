"""A project as one file, opened on another machine; and files that strangers made."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from analysis.errors import CannotOpenCopy, InvalidCommand
from analysis.project import Change, Put, Remove, Store, edits
from analysis.project.blobs import key_of
from analysis.project.model import SETTINGS
from analysis.project.pictures import logo
from tests.project.examples import BUY, FIND, SITE, J, shop

Parts = dict[str, bytes]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Store:
    """The store of another machine."""
    return Store(f"sqlite:///{tmp_path / 'elsewhere' / 'parcours.sqlite'}")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with a history: edits of two people, an undo, a redo, a named version."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('here') / 'parcours.sqlite'}")
    id = store.create(shop(), author="anne")
    store.name_person("anne", "Anne")
    store.apply(id, Change("stage", FIND, {"name": "Search"}), author="anne", label=("Rename “{name}”", {"name": "Find"}))
    store.apply(id, [*edits.set_score(SITE, "impact", 8, author="ben"), *edits.set_weights({"cost": 2})], author="ben")
    store.apply(id, Remove("stage", BUY), author="anne")
    store.undo(id, author="anne")
    store.redo(id, author="anne")
    store.undo(id, author="anne")
    store.name_version(id, "First", author="anne", revision=2)
    return store.save_copy(id)


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_copy_opens_on_another_machine_with_its_history(copy: bytes, elsewhere: Store, tmp_path: Path) -> None:
    id = elsewhere.open_copy(copy)
    project = elsewhere.load(id)
    assert (project.revision, project.table("stage")[FIND].name) == (7, "Search")
    assert project.evidence["value"].tolist() == [1, 2, 5, 4, 5, 3, 5]
    history = elsewhere.history(id)
    assert history["name"].tolist() == ["Anne", "Anne", "Anne", "Anne", "ben", "Anne", "Anne"]
    assert history.set_index("revision").loc[2, ["label", "version"]].tolist() == [["Rename “{name}”", {"name": "Find"}], "First"]
    assert BUY in elsewhere.load(id, 3).table("stage")
    assert BUY not in elsewhere.load(id, 4).table("stage")
    assert elsewhere.can(id, author="anne") == (True, True)
    assert BUY not in elsewhere.redo(id, author="anne").table("stage")
    assert Store(elsewhere.url).load(id).revision == 8


def test_a_copy_of_a_copy_says_the_same(copy: bytes, elsewhere: Store) -> None:
    first, second = parts_of(copy), parts_of(elsewhere.save_copy(elsewhere.open_copy(copy)))
    assert first.keys() == second.keys()
    assert all(json_of(first, name) == json_of(second, name) for name in first if name.endswith(".json"))
    assert first["history.jsonl"] == second["history.jsonl"]


def json_of(parts: Parts, name: str) -> Any:
    return json.loads(parts[name])


def test_a_copy_opened_twice_gives_two_projects(copy: bytes, elsewhere: Store) -> None:
    first, second = elsewhere.open_copy(copy), elsewhere.open_copy(copy)
    elsewhere.apply(first, Change("stage", FIND, {"name": "Look"}), author="anne")
    elsewhere.delete(first)
    assert elsewhere.load(second).table("stage")[FIND].name == "Search"
    assert len(elsewhere.load(second).evidence) == 7


def test_a_copy_does_not_rename_people_who_are_known_here(copy: bytes, elsewhere: Store) -> None:
    elsewhere.name_person("anne", "Anne-Marie")
    elsewhere.open_copy(copy)
    assert elsewhere.person("anne") == "Anne-Marie"


# --- files that are not what they should be ---------------------------------------------------------------------


def history(parts: Parts, line: int, change: Callable[[dict[str, Any]], None]) -> None:
    lines = [json.loads(text) for text in parts["history.jsonl"].splitlines()]
    change(lines[line])
    parts["history.jsonl"] = b"\n".join(json.dumps(text).encode() for text in lines)


def state(parts: Parts, change: Callable[[dict[str, Any]], None]) -> None:
    found = json_of(parts, "project.json")
    change(found)
    parts["project.json"] = json.dumps(found).encode()


def both(kind: str, id: str, name: str, value: Any) -> Callable[[Parts], None]:
    """The same wrong value in the first edit and in the state, so that they agree."""

    def change(parts: Parts) -> None:
        def first(line: dict[str, Any]) -> None:
            next(delta for delta in line["deltas"] if delta[:2] == [kind, id])[3][name] = value

        history(parts, 0, first)
        state(parts, lambda found: found[kind][id].__setitem__(name, value))

    return change


def with_block(data: bytes) -> Callable[[Parts], None]:
    """Another content in the place of the survey."""

    def change(parts: Parts) -> None:
        old = next(name for name in parts if name.startswith("blobs/"))
        del parts[old]
        parts[f"blobs/{key_of(data)}"] = data
        both("evidence", "e_survey", "blob", key_of(data))(parts)

    return change


def parquet(**columns: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd")
    return out.getvalue()


HOSTILE: dict[str, Callable[[Parts], Any]] = {
    "no history": lambda parts: parts.update({"history.jsonl": b""}),
    "no manifest": lambda parts: parts.pop("manifest.json"),
    "state of another project": lambda parts: state(parts, lambda found: found["stage"][FIND].update(name="Other")),
    "history with a gap": lambda parts: history(parts, 2, lambda line: line.update(revision=9)),
    "an edit that does not start from what there was": lambda parts: history(
        parts, 1, lambda line: line["deltas"][0][2].update(name={"evil": 1})
    ),
    "an edit of a thing that is not there": lambda parts: history(parts, 1, lambda line: line["deltas"][0].__setitem__(1, "s_x")),
    "an unknown kind": lambda parts: history(parts, 1, lambda line: line["deltas"][0].__setitem__(0, "unicorn")),
    "an undo of the future": lambda parts: history(parts, 4, lambda line: line.update(undoes=99)),
    "a redo of an edit": lambda parts: history(parts, 5, lambda line: line.update(redoes=2)),
    "a time that is none": lambda parts: history(parts, 1, lambda line: line.update(at="<script>")),
    "not a number": lambda parts: parts.update({"project.json": parts["project.json"].replace(b'"order": 0.0', b'"order": NaN', 1)}),
    "deeply nested": lambda parts: parts.update({"versions.json": b"[" * 100_000}),
    "a number where a name belongs": both("touchpoint", SITE, "name", 5),
    "markup where a colour belongs": both("card", "c_slow", "colour", '"><img src=x>'),
    "a text where a number belongs": both("placement", "p_site", "order", "first"),
    "a card in a stage that is not there": both("card", "c_slow", "stage", "s_gone"),
    "an answer block that is not there": both("evidence", "e_survey", "blob", key_of(b"nowhere")),
    "a path for a content": both("project", "settings", "logo", "../../secret"),
    "answers that are no table": with_block(b"PAR1 nonsense PAR1"),
    "answers with a table inside": with_block(parquet(value=[[1, 2], [3]])),
    "answers of another type": with_block(parquet(value=["high", "low"])),
    "a few bytes that unpack to a hundred million rows": with_block(parquet(value=pa.nulls(3_000_000, pa.float64()))),
    "a few bytes that unpack to gigabytes of text": with_block(
        parquet(text=pa.DictionaryArray.from_arrays(pa.array([0] * 1_000, pa.int32()), ["x" * 500_000]))
    ),
    "a content under another name": lambda parts: parts.update({f"blobs/{'0' * 64}": b"x"}),
    "a version of the future": lambda parts: parts.update({"versions.json": b'[{"revision": 99, "name": "x", "author": "a", "at": "x"}]'}),
    "people that are no names": lambda parts: parts.update({"people.json": b'{"anne": ["x"]}'}),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_file_that_is_not_what_it_says_is_refused_and_leaves_nothing(name: str, copy: bytes, elsewhere: Store) -> None:
    parts = parts_of(copy)
    HOSTILE[name](parts)
    with pytest.raises(CannotOpenCopy) as caught:
        elsewhere.open_copy(zipped(parts))
    assert caught.value.code == "damaged"
    assert elsewhere.projects().empty
    assert not (Path(elsewhere.engine.url.database or "").parent / "blobs").exists()


def test_the_parts_are_put_together_again_as_they_were(copy: bytes, elsewhere: Store) -> None:
    """The files above are refused for what was changed in them, not for being put together anew."""
    assert elsewhere.open_copy(zipped(parts_of(copy)))


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"\x00" * 1000])
def test_a_file_that_is_no_copy_is_refused(data: bytes, elsewhere: Store) -> None:
    with pytest.raises(CannotOpenCopy):
        elsewhere.open_copy(data)


def test_a_half_downloaded_copy_is_refused(copy: bytes, elsewhere: Store) -> None:
    with pytest.raises(CannotOpenCopy):
        elsewhere.open_copy(copy[: len(copy) // 2])


def test_a_copy_of_a_later_version_is_said_to_be_one(copy: bytes, elsewhere: Store) -> None:
    parts = parts_of(copy) | {"manifest.json": b'{"format": 2, "name": "x", "revision": 1}'}
    with pytest.raises(CannotOpenCopy) as caught:
        elsewhere.open_copy(zipped(parts))
    assert caught.value.code == "newer"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(elsewhere: Store) -> None:
    with pytest.raises(CannotOpenCopy):
        elsewhere.open_copy(zipped({"manifest.json": b'{"format": 1}', "history.jsonl": b" " * 200_000_000}))


def test_a_path_that_leads_elsewhere_writes_nothing_there(copy: bytes, elsewhere: Store, tmp_path: Path) -> None:
    elsewhere.open_copy(zipped(parts_of(copy) | {"../../escaped.txt": b"x", "blobs/../../escaped.txt": b"x", "/escaped.txt": b"x"}))
    assert not list(tmp_path.rglob("escaped.txt"))


@pytest.mark.parametrize(
    "label",
    [
        ["{x.__class__}", {"x": 1}],
        ["{0}", {}],
        ["{missing}", {}],
        ["{x!r:>99999999}", {"x": 1}],
        {"a": 1},
        5,
        ["x"],
        ["{x}", {"x": [1]}],
        "{",
    ],
)
def test_a_label_that_could_do_harm_when_it_is_filled_is_dropped(label: Any, copy: bytes, elsewhere: Store) -> None:
    parts = parts_of(copy)
    history(parts, 1, lambda line: line.update(label=label))
    id = elsewhere.open_copy(zipped(parts))
    assert elsewhere.history(id).set_index("revision").loc[2, "label"] == ""


def test_a_field_of_a_later_version_is_passed_over(copy: bytes, elsewhere: Store) -> None:
    parts = parts_of(copy)
    both("touchpoint", SITE, "smell", "of roses")(parts)
    id = elsewhere.open_copy(zipped(parts))
    assert elsewhere.load(id).table("touchpoint")[SITE].name == "Web site"


def test_a_picture_that_is_a_script_is_refused(store: Store, elsewhere: Store) -> None:
    png = b"\x89PNG\r\n\x1a\n"
    id = store.create(shop(), author="anne")
    store.apply(id, Put("persona", "pe1", {"name": "Zoé", "picture": key_of(png)}, payloads={key_of(png): png}), author="anne")
    data = store.save_copy(id)
    assert elsewhere.load(elsewhere.open_copy(data)).blob(key_of(png)) == png
    script = b"<svg onload='alert(1)'/>"
    parts = {name: content.replace(key_of(png).encode(), key_of(script).encode()) for name, content in parts_of(data).items()}
    del parts[f"blobs/{key_of(png)}"]
    with pytest.raises(CannotOpenCopy):
        elsewhere.open_copy(zipped(parts | {f"blobs/{key_of(script)}": script}))


def test_the_clients_logo_font_and_template_travel_with_the_copy(store: Store, elsewhere: Store) -> None:
    from pptx import Presentation

    from analysis.reports.slides.template import kept

    drawn, made = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (40, 20), (170, 51, 0)).save(drawn, "PNG")
    Presentation().save(made)
    (logo_key, picture), (template_key, template) = logo(drawn.getvalue()), kept(made.getvalue())
    id = store.create(shop(), author="anne")
    look = {"logo": logo_key, "template": template_key, "font": "Georgia", "client": "Lambert"}
    store.apply(id, Change("project", SETTINGS, look, {logo_key: picture, template_key: template}), author="anne")
    there = elsewhere.open_copy(store.save_copy(id))
    opened = elsewhere.load(there)
    assert {name: getattr(opened.settings, name) for name in look} == look
    assert opened.blob(logo_key) == picture
    assert opened.blob(template_key) == template
    assert len(elsewhere.history(there)) == len(store.history(id))


def test_a_template_that_is_none_is_refused_in_a_copy_and_in_an_edit(store: Store, elsewhere: Store) -> None:
    id = store.create(shop(), author="anne")
    bad = b"PK\x03\x04 not a presentation"
    with pytest.raises(InvalidCommand):
        store.apply(id, Change("project", SETTINGS, {"template": key_of(bad)}, {key_of(bad): bad}), author="anne")
    assert store.load(id).settings.template == ""


def test_a_project_without_any_journey_is_refused(copy: bytes, elsewhere: Store) -> None:
    parts = parts_of(copy)
    history(parts, 6, lambda line: line["deltas"].append(["journey", J, json_of(parts, "project.json")["journey"][J], None]))
    state(parts, lambda found: found["journey"].clear())
    with pytest.raises(CannotOpenCopy):
        elsewhere.open_copy(zipped(parts))


def test_the_cause_of_an_incident_travels_with_the_copy(store: Store, elsewhere: Store) -> None:
    project = shop()
    added = edits.add_cards(project, project.first_journey, "critical_incident", BUY, ["Paid twice"], touchpoint=SITE, cause="The page froze")
    id = store.create(project.apply(added), author="anne")
    (card,) = [c for c in elsewhere.load(elsewhere.open_copy(store.save_copy(id))).table("card").values() if c.text == "Paid twice"]
    assert (card.cause, card.touchpoint, card.kind) == ("The page froze", SITE, "critical_incident")
