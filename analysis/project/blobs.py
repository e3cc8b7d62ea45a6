"""Contents too large for the log, by the hash of what they hold: evidence blocks, pictures, logos.

Files beside SQLite; rows of the database where several servers share it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from analysis.errors import NotFound
from analysis.project import tables


def key_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Blobs(Protocol):
    """Where contents are. ``put`` returns only when the content is safe on disk."""

    def put(self, key: str, data: bytes) -> None: ...
    def get(self, key: str) -> bytes: ...


class FileBlobs:
    """One file a content, in folders of the first two characters of its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise NotFound
        return self.folder / key[:2] / key

    def put(self, key: str, data: bytes) -> None:
        path = self._path(key)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # whole or not at all, also when the process is killed

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise NotFound from None


class DatabaseBlobs:
    """Contents as rows."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def put(self, key: str, data: bytes) -> None:
        with self.engine.begin() as connection:
            found = connection.execute(sa.select(tables.blobs.c.key).where(tables.blobs.c.key == key)).first()
            if not found:
                connection.execute(tables.blobs.insert().values(key=key, data=data))

    def get(self, key: str) -> bytes:
        with self.engine.connect() as connection:
            data = connection.execute(sa.select(tables.blobs.c.data).where(tables.blobs.c.key == key)).scalar()
        if data is None:
            raise NotFound
        return bytes(data)
