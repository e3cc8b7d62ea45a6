"""Stores to test on: SQLite always, PostgreSQL when PARCOURS_TEST_POSTGRES_URL names a database that may be written to."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from analysis.project import Project, Store
from tests.project.examples import shop

POSTGRES = os.environ.get("PARCOURS_TEST_POSTGRES_URL", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'parcours.sqlite'}"
        return
    if not POSTGRES:
        pytest.skip("NOT TESTED ON POSTGRESQL: set PARCOURS_TEST_POSTGRES_URL=postgresql://user:password@host/database")
    schema = f"test_{secrets.token_hex(6)}"
    admin = sa.create_engine(sa.make_url(POSTGRES).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"create schema {schema}")
    yield f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{schema}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f"drop schema {schema} cascade")
    admin.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    found = Store(url)
    yield found
    found.engine.dispose()


@pytest.fixture
def other_store(url: str, store: Store) -> Iterator[Store]:
    """A second server on the same database."""
    found = Store(url)
    yield found
    found.engine.dispose()


@pytest.fixture
def project() -> Project:
    return shop()


@pytest.fixture
def id(store: Store, project: Project) -> str:
    return store.create(project, author="anne")
