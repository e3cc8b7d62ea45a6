"""Databases of earlier versions open in this one, and keep what was in them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from analysis.errors import CannotOpenStore, NotFound
from analysis.project import Change, Store, database, tables
from analysis.project.evidence import pack
from tests.project.examples import ANSWERS, FIND, shop


def columns_of(inspector: sa.Inspector) -> dict[str, dict[str, bool]]:
    """table → column → whether it may be empty."""
    return {
        table: {column["name"]: bool(column["nullable"]) for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def old_database(url: str, version: str) -> sa.Engine:
    engine = database.connect(url)
    database.migrate(engine, to=version)
    return engine


def fill_0001(engine: sa.Engine) -> str:
    """A project as version 0001 kept it: written row by row, as its code did."""
    from analysis.project import log
    from analysis.project.draft import Delta
    from analysis.project.model import KINDS, to_json

    project = shop()
    key, data = pack(ANSWERS)
    deltas = [[kind, id, None, to_json(kind, entity)] for kind in KINDS for id, entity in project.table(kind).items()]
    rename = [Delta("stage", FIND, {"name": "Find"}, {"name": "Search"})]
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        facts = {"archived": False, "created": "2026-01-01T00:00:00", "updated": "2026-01-02T00:00:00", "revision": 2}
        connection.execute(tables.projects.insert().values(id="pr_old", **facts, **log.facts(project)))
        first = {"project": "pr_old", "revision": 1, "author": "anne", "at": "2026-01-01T00:00:00", "label": '""'}
        connection.execute(tables.entries.insert().values(deltas=zlib.compress(json.dumps(deltas).encode()), **first))
        connection.execute(log.entry("pr_old", 2, "anne", "2026-01-02T00:00:00", "Rename", rename))
        connection.execute(tables.snapshots.insert().values(project="pr_old", revision=1, state=log.frozen(project)))
        if engine.dialect.name == "postgresql":
            connection.execute(tables.blobs.insert().values(key=key, data=data))
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database or "").parent / "blobs" / key[:2] / key
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    engine.dispose()
    return key


def test_an_empty_database_gets_the_tables_that_the_code_speaks_of(store: Store) -> None:
    found = columns_of(sa.inspect(store.engine))
    expected = {t.name: {c.name: bool(c.nullable) for c in t.columns} for t in tables.metadata.sorted_tables}
    assert {name: found.get(name) for name in expected} == expected


def test_a_project_kept_by_version_0001_opens_with_its_history_and_answers(url: str) -> None:
    key = fill_0001(old_database(url, "0001"))
    store = Store(url)
    project = store.load("pr_old")
    assert (project.revision, project.table("stage")[FIND].name) == (2, "Search")
    assert project.evidence["value"].tolist() == [1, 2, 5, 4, 5, 3, 5]
    assert store.undo("pr_old", author="anne").table("stage")[FIND].name == "Find"
    store.delete("pr_old")  # its answers go with it: the migration found out whose they were
    with pytest.raises(NotFound):
        store.blobs.get(key)
    store.engine.dispose()


def test_a_copy_is_put_aside_before_a_migration_with_what_stood_in_the_log_of_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "parcours.sqlite"
    engine = old_database(f"sqlite:///{path}", "0001")
    with closing(sqlite3.connect(path)) as holding:  # keeps the write-ahead log from being written back
        holding.execute("begin")
        holding.execute("select * from project").fetchall()
        fill_0001(engine)
        store = Store(f"sqlite:///{path}")
    store.engine.dispose()
    (aside,) = tmp_path.glob("*-before-update-0001.sqlite")
    with closing(sqlite3.connect(aside)) as copy:
        assert copy.execute("select id, revision from project").fetchall() == [("pr_old", 2)]


def test_the_migrations_form_one_line() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [database.LATEST], "a database that has LATEST is taken for whole"
    assert len(list(scripts.walk_revisions())) == len(list((Path(scripts.dir) / "versions").glob("*.py")))


def test_a_database_of_a_later_version_is_left_alone_with_a_sentence(url: str) -> None:
    store = Store(url)
    with store.writing() as connection, connection.begin():
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    store.engine.dispose()
    with pytest.raises(CannotOpenStore) as caught:
        Store(url)
    assert "update Parcours" in str(caught.value)


def test_a_damaged_database_is_left_alone_with_a_sentence_that_names_it(tmp_path: Path) -> None:
    file = tmp_path / "parcours.sqlite"
    file.write_bytes(b"no database " * 500)
    with pytest.raises(CannotOpenStore) as caught:
        Store(f"sqlite:///{file}")
    assert caught.value.code == "damaged_store"
    assert str(file) in caught.value.message("fr")
    assert file.read_bytes() == b"no database " * 500


def test_a_place_where_nothing_can_be_kept_is_named(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(CannotOpenStore) as caught:
        Store(f"sqlite:///{tmp_path / 'a file' / 'parcours.sqlite'}")
    assert caught.value.code == "shut_store"


def test_a_database_elsewhere_that_does_not_answer_is_named_without_its_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(CannotOpenStore) as caught:
        Store("postgresql://anne:secret@127.0.0.1:1/parcours")
    assert caught.value.code == "far_store"
    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'parcours.sqlite'}"
    fill_0001(old_database(url, "0001"))
    monkeypatch.setattr("alembic.operations.Operations.create_index", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Store(url)
    monkeypatch.undo()
    store = Store(url)
    assert store.apply("pr_old", Change("stage", FIND, {"name": "Look"}), author="anne").revision == 3
    store.engine.dispose()


# --- backups ----------------------------------------------------------------------------------------------------


def test_the_backups_of_the_last_ten_days_are_kept(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'parcours.sqlite'}")
    id = store.create(shop(), author="anne")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "parcours-mine.sqlite").write_text("a file of the user")
    for day in range(14):
        database.backup(store.engine, now=datetime(2026, 2, 25) + timedelta(days=day))
        database.backup(store.engine, now=datetime(2026, 2, 25, 18) + timedelta(days=day))
    names = sorted(file.name for file in (tmp_path / "backups").iterdir())
    assert names == [f"parcours-2026-03-{day:02}.sqlite" for day in range(1, 11)] + ["parcours-mine.sqlite"]
    backup = tmp_path / "backups" / "parcours-2026-03-10.sqlite"
    backup.rename(tmp_path / "restored.sqlite")
    restored = Store(f"sqlite:///{tmp_path / 'restored.sqlite'}")
    assert len(restored.load(id).evidence) == 7
    restored.engine.dispose()
    store.engine.dispose()


def test_there_is_nothing_to_copy_where_the_database_is_a_server(store: Store) -> None:
    backup = store.backup()
    assert (backup is None) == (store.engine.dialect.name == "postgresql")


def test_the_data_may_lie_in_a_folder_with_spaces_accents_and_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARCOURS_HOME", str(tmp_path / "Données d’été #1 100%20?"))
    monkeypatch.delenv("PARCOURS_DATABASE_URL", raising=False)
    store = Store()
    id = store.create(shop(), author="anne")
    assert store.backup().parent.parent == tmp_path / "Données d’été #1 100%20?"
    assert len(Store().load(id).evidence) == 7
    store.engine.dispose()


def test_a_store_in_memory_is_refused_since_nothing_would_be_kept() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        Store("sqlite://")
