"""Where the data is, and how a connection to it behaves."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import threading
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs
import sqlalchemy as sa

from analysis.errors import CannotOpenStore

BACKUPS = 10
#: seconds to wait for another writer
WAIT = 30
#: the last of ``migrations/versions``: a database that has it needs nothing of alembic, whose loading takes a quarter of a second
LATEST = "0003"
_MIGRATING = threading.Lock()


def home() -> Path:
    """The folder of the user's data: ``PARCOURS_HOME``, or what the system has for it."""
    return Path(os.environ.get("PARCOURS_HOME") or platformdirs.user_data_dir("Parcours", appauthor=False))


def default_url() -> str:
    """``PARCOURS_DATABASE_URL``, or SQLite in :func:`home`."""
    named = os.environ.get("PARCOURS_DATABASE_URL")
    return named or sa.URL.create("sqlite", database=(home() / "parcours.sqlite").as_posix()).render_as_string(hide_password=False)


def opened(url: str) -> sa.Engine:
    """An engine on a database that is there and has the tables of this version.

    Raises
    ------
    CannotOpenStore : the database was made by a later version, is damaged, or cannot be reached.
    """
    try:
        engine = connect(url)
        migrate(engine)
    except (OSError, sa.exc.DatabaseError) as error:
        raise CannotOpenStore(_why_not(error), file=_shown(url)) from error
    return engine


def _why_not(error: Exception) -> str:
    met = error.orig if isinstance(error, sa.exc.DatabaseError) else error
    if isinstance(met, sqlite3.DatabaseError) and not isinstance(met, sqlite3.OperationalError):
        return "damaged_store"
    return "shut_store" if isinstance(met, (OSError, sqlite3.Error)) else "far_store"


def _shown(url: str) -> str:
    """The file of a SQLite database, the address of another one without its password."""
    found = sa.make_url(url)
    return str(found.database) if found.get_backend_name() == "sqlite" else found.render_as_string()


def connect(url: str) -> sa.Engine:
    """An engine whose SQLite connections write ahead, wait for each other and survive a killed process."""
    found = sa.make_url(url)
    if found.get_backend_name() != "sqlite":
        if found.drivername in ("postgresql", "postgres"):
            found = found.set(drivername="postgresql+psycopg")
        return sa.create_engine(found, pool_pre_ping=True, pool_size=10, max_overflow=40)
    if not found.database or found.database == ":memory:":
        raise ValueError("a store needs a file: sqlite:////path/to/parcours.sqlite")
    Path(found.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(found, connect_args={"timeout": WAIT}, pool_size=10, max_overflow=40)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are ours, see _begin
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={WAIT * 1000}", "synchronous=full", "foreign_keys=on", "secure_delete=on"):
        cursor.execute(f"pragma {pragma}")
    _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Turn on WAL: SQLite does not wait for others here, so that two first starts at once must take turns themselves."""
    for _ in range(WAIT * 20):
        try:
            cursor.execute("pragma journal_mode=wal")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.05)
    cursor.execute("pragma journal_mode=wal")


def _begin(connection: sa.Connection) -> None:
    """A writer takes its place at once: two that read first and write later would refuse each other."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# --- versions of the tables -------------------------------------------------------------------------------------


def migrate(engine: sa.Engine, to: str = "head") -> None:
    """Bring the tables to this version of the product. Safe when several processes start at once.

    Raises
    ------
    CannotOpenStore : the tables are of a later version.
    """
    with _MIGRATING:
        found = _version(engine)
        if found == LATEST and to == "head":
            return
        _upgrade(engine, found, to)


def _upgrade(engine: sa.Engine, found: str | None, to: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    if found and found not in {script.revision for script in scripts.walk_revisions()}:
        raise CannotOpenStore
    if found == scripts.get_current_head():
        return
    _keep_aside(engine, found)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("select pg_advisory_xact_lock(726163)")
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def _version(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.exec_driver_sql("select version_num from alembic_version").scalar()
        return str(found) if found else None


def _file(engine: sa.Engine) -> Path | None:
    database = engine.url.database
    return Path(database) if engine.dialect.name == "sqlite" and database and Path(database).exists() else None


def _keep_aside(engine: sa.Engine, version: str | None) -> None:
    """A copy before a migration touches what people made."""
    path = _file(engine)
    if path and version:
        _copy(path, path.with_name(f"{path.stem}-before-update-{version}{path.suffix}"))


# --- backups ----------------------------------------------------------------------------------------------------


def _copy(path: Path, target: Path) -> None:
    """A consistent copy of a SQLite file in use: what stands in its write-ahead log included, whole or not at all."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(temporary)) as copy:
            source.backup(copy)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def backup(engine: sa.Engine, now: datetime | None = None) -> Path | None:
    """A consistent copy of the SQLite file in the folder ``backups`` beside it, at most one a day; the last ten are kept.

    Contents (evidence blocks, pictures) are not copied: they never change, and stay as long as a project uses them. None:
    nothing to copy.
    """
    path = _file(engine)
    if not path:
        return None
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem}-{(now or datetime.now()):%Y-%m-%d}{path.suffix}"
    if not target.exists():
        _copy(path, target)
    mine = re.compile(re.escape(path.stem) + r"-\d{4}-\d\d-\d\d" + re.escape(path.suffix))
    for old in sorted(file for file in folder.iterdir() if mine.fullmatch(file.name))[:-BACKUPS]:
        old.unlink(missing_ok=True)
    return target
