"""Codes of rooms, and secrets of phones."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

#: no 0 O Q D, 1 I L, 2 Z, 5 S, 8 B, U: what looks alike on a screen at the back of a room; no vowels, so that no word comes out
ALPHABET = "34679CFGHJKMNPRTVWX"
LENGTH = 6
#: what people type for a letter that is not in the alphabet
_ALIKE = str.maketrans({"U": "V"})
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def new_code() -> str:
    """A code that nobody can guess: 19⁶ are 47 million, and attempts are limited (:mod:`attempts`)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalised(typed: str) -> str:
    """A code as people type it, as it is kept; ``""`` when it cannot be one.

    >>> normalised(" hc3-f4k ")
    'HC3F4K'
    >>> normalised("hello")
    ''
    """
    code = re.sub(r"[\s\-·.]", "", typed[:20]).upper().translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """A code as it is read aloud: two groups of three."""
    return f"{code[:3]} {code[3:]}" if code else ""


def new_token() -> str:
    """The secret of a phone."""
    return secrets.token_urlsafe(24)


def is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None


def hashed(token: str) -> str:
    """What the server keeps of a phone's secret."""
    return hashlib.sha256(b"parcours phone " + token.encode()).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(16)


def voter_key(salt: str, token_hash: str) -> str:
    """Under which key an anonymous vote is kept while its round is open; without the salt, nobody can make it again."""
    return hmac.new(salt.encode(), token_hash.encode(), hashlib.sha256).hexdigest()
