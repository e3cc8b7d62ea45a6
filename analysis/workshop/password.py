"""The facilitator's password: kept as an argon2 hash; whoever gives it gets a session that is signed, not stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from analysis.workshop import tables
from analysis.workshop.refusals import Refused

SHORTEST = 8
LONGEST = 200
#: seconds that a session lasts
SESSION = 14 * 3600
_HASH, _SECRET = "password", "session"


class Password:
    """One password a server. Another password ends every session."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], float] = time.time) -> None:
        self.engine = engine
        self.clock = clock
        self._hasher = PasswordHasher()

    def exists(self) -> bool:
        return bool(self._get(_HASH))

    def choose(self, password: str) -> None:
        """Set the password.

        Raises
        ------
        Refused : shorter than eight characters (code ``password_short``).
        """
        if not SHORTEST <= len(password) <= LONGEST:
            raise Refused("password_short")
        self._put(_HASH, self._hasher.hash(password))
        self._put(_SECRET, secrets.token_hex(32))

    def check(self, password: str) -> bool:
        kept = self._get(_HASH)
        if not kept or len(password) > LONGEST:
            return False
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def session(self) -> str:
        """A session for a browser that gave the password."""
        until = str(int(self.clock()) + SESSION)
        return f"{until}.{self._signed(until)}"

    def valid(self, session: str) -> bool:
        """Whether this is a session of ours that still lasts."""
        until, _, signature = session.partition(".")
        secret = self._get(_SECRET)
        if not secret or not until.isdigit() or len(until) > 12 or int(until) < self.clock():
            return False
        return hmac.compare_digest(signature, self._signed(until))

    def _signed(self, until: str) -> str:
        secret = self._get(_SECRET) or ""
        return hmac.new(secret.encode(), b"facilitator " + until.encode(), hashlib.sha256).hexdigest()

    def _get(self, name: str) -> str | None:
        query = sa.select(tables.secrets.c.value).where(tables.secrets.c.name == name)
        with self.engine.connect() as connection:
            return connection.execute(query).scalar()

    def _put(self, name: str, value: str) -> None:
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(tables.secrets.delete().where(tables.secrets.c.name == name))
            connection.execute(tables.secrets.insert().values(name=name, value=value))
