"""`start.py test`: what contributors and CI run."""

from __future__ import annotations

import os
import subprocess

from launcher import chromium
from launcher.environment import Environment
from launcher.words import Refused, say


def run_tests(environment: Environment, arguments: list[str]) -> int:
    """Run the quick tests, or with ``--all`` every test; other arguments go to pytest. The answer is its exit code."""
    environment.ensure(tests=True)
    browser = chromium.find() or (chromium.install() if chromium.in_ci() else None)
    if browser is None and chromium.in_ci():
        raise Refused("no_chromium_ci")
    variables = environment.variables() | ({"CHROMIUM": browser} if browser else {})
    done = subprocess.run(command(environment, arguments), cwd=environment.root, env=variables, check=False)
    if browser is None:
        say("no_chromium")
    return done.returncode


def command(environment: Environment, arguments: list[str]) -> list[str]:
    """pytest's command line. Files stay whole on a worker, so that a server is started once for its tests."""
    chosen = [] if "--all" in arguments else ["-m", "not slow"]
    workers = min(4, max(2, os.cpu_count() or 2))
    rest = [argument for argument in arguments if argument != "--all"]
    return [str(environment.python), "-m", "pytest", "-n", str(workers), "--dist", "loadfile", *chosen, *rest]
