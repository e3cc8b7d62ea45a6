"""Where the data is, and how a connection to it behaves."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

HEAD = "0002"
BACKUPS = 10
_MIGRATING = threading.Lock()


def home() -> Path:
    """The folder of the user's data: ``PARCOURS_HOME``, or what the system has for it."""
    return Path(os.environ.get("PARCOURS_HOME") or platformdirs.user_data_dir("Parcours", appauthor=False))


def default_url() -> str:
    """``PARCOURS_DATABASE_URL``, or SQLite in :func:`home`."""
    return os.environ.get("PARCOURS_DATABASE_URL") or f"sqlite:///{(home() / 'parcours.sqlite').as_posix()}"


def connect(url: str) -> sa.Engine:
    """An engine whose SQLite connections write ahead, wait for each other and survive a killed process."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True)
    database = sa.make_url(url).database or ""
    Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": 30}, pool_size=10, max_overflow=40)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are ours, see _begin
    cursor = connection.cursor()
    for pragma in ("journal_mode=wal", "synchronous=full", "busy_timeout=30000", "foreign_keys=on"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    """A writer takes its place at once: two that read first and write later would refuse each other."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate(engine: sa.Engine) -> None:
    """Bring the tables to this version of the product. Safe when several processes start at once."""
    with _MIGRATING:
        if _version(engine) == HEAD:
            return
        _keep_aside(engine)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _version(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.exec_driver_sql("select version_num from alembic_version").scalar()
        return str(found) if found else None


def _file(engine: sa.Engine) -> Path | None:
    database = engine.url.database
    return Path(database) if engine.dialect.name == "sqlite" and database and Path(database).exists() else None


def _keep_aside(engine: sa.Engine) -> None:
    """A copy before a migration touches what people made."""
    path = _file(engine)
    if path and _version(engine):
        shutil.copy2(path, path.with_name(f"{path.stem}-before-update{path.suffix}"))


def backup(engine: sa.Engine, now: datetime | None = None) -> Path | None:
    """A consistent copy of the SQLite file beside it, at most one a day; the last ten are kept. None: nothing to copy."""
    path = _file(engine)
    if not path:
        return None
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem}-{(now or datetime.now()):%Y-%m-%d}{path.suffix}"
    if not target.exists():
        temporary = target.with_suffix(".part")
        temporary.unlink(missing_ok=True)
        source, copy = sqlite3.connect(path), sqlite3.connect(temporary)
        source.backup(copy)
        source.close()
        copy.close()
        temporary.replace(target)
    for old in sorted(folder.glob(f"{path.stem}-*{path.suffix}"))[:-BACKUPS]:
        old.unlink()
    return target
