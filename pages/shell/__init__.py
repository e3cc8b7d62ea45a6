"""What stands around every page: who is there, in which language, and what the server lets through."""

from __future__ import annotations

from starlette.middleware import Middleware

from pages.shell.identity import Identity
from pages.shell.language import LanguageCookie
from pages.shell.lifespan import Patient
from pages.shell.lifespan import lifespan as lifespan
from pages.shell.security import LocalOnly, SecurityHeaders
from pages.shell.sorry import on_script_error as on_script_error
from pages.shell.uploads import UploadAllowance

#: outermost first
MIDDLEWARE = [
    Middleware(SecurityHeaders),
    Middleware(LocalOnly),
    Middleware(Identity),
    Middleware(LanguageCookie),
    Middleware(UploadAllowance),
    Middleware(Patient),
]
