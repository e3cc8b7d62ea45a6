"""Contents too large for the log, by the hash of what they hold: evidence blocks, pictures, logos.

Files beside SQLite; rows of the database where several servers share it. A content is kept as long as a project of the
database refers to it in any of its revisions (table ``holding``), and goes with the last of them.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from analysis.errors import NotFound
from analysis.project import tables

#: bytes of a template of slides, as it is and unpacked
LARGEST_TEMPLATE, LARGEST_UNPACKED = 20_000_000, 200_000_000
#: first bytes of the pictures that pages and documents can show
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


def key_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_picture(data: bytes) -> bool:
    """Whether a content is a PNG, JPEG, GIF or WebP: never SVG, which can carry scripts."""
    return data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def is_template(data: bytes) -> bool:
    """Whether a content is a PowerPoint file of a size that can be worked with; it is opened only where slides are made."""
    if len(data) > LARGEST_TEMPLATE or not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError):
        return False
    return sum(part.file_size for part in parts) <= LARGEST_UNPACKED and "ppt/presentation.xml" in {part.filename for part in parts}


def is_content(what: str, data: bytes) -> bool:
    """Whether a content is what it is used as: a ``picture`` or a ``template``."""
    return is_picture(data) if what == "picture" else is_template(data)


class Blobs(Protocol):
    """Where contents are. What is put is safe when the transaction of ``connection`` is."""

    def put(self, connection: sa.Connection, key: str, data: bytes) -> None: ...
    def get(self, key: str) -> bytes: ...
    def has(self, connection: sa.Connection, key: str) -> bool: ...
    def drop(self, connection: sa.Connection, keys: Iterable[str]) -> None: ...


class FileBlobs:
    """One file a content, in folders of the first two characters of its key.

    Whoever puts or drops holds the write lock of the database, so that nothing is dropped that another just began to use.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        if not (key.isascii() and key.isalnum()):
            raise NotFound
        return self.folder / key[:2] / key

    def put(self, connection: sa.Connection, key: str, data: bytes) -> None:
        path = self._path(key)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)  # whole or not at all, also when the process is killed
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise NotFound from None

    def has(self, connection: sa.Connection, key: str) -> bool:
        return self._path(key).exists()

    def drop(self, connection: sa.Connection, keys: Iterable[str]) -> None:
        for key in keys:
            self._path(key).unlink(missing_ok=True)


class DatabaseBlobs:
    """Contents as rows."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def put(self, connection: sa.Connection, key: str, data: bytes) -> None:
        tables.upsert(connection, tables.blobs, {"key": key, "data": data}, update=False)

    def get(self, key: str) -> bytes:
        with self.engine.connect() as connection:
            data = connection.execute(sa.select(tables.blobs.c.data).where(tables.blobs.c.key == key)).scalar()
        if data is None:
            raise NotFound
        return bytes(data)

    def has(self, connection: sa.Connection, key: str) -> bool:
        return connection.execute(sa.select(tables.blobs.c.key).where(tables.blobs.c.key == key)).first() is not None

    def drop(self, connection: sa.Connection, keys: Iterable[str]) -> None:
        connection.execute(tables.blobs.delete().where(tables.blobs.c.key.in_(list(keys))))
