"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import analysis.methods

MODULES = sorted(module.name for module in pkgutil.iter_modules(analysis.methods.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    module = importlib.import_module(f"analysis.methods.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", analysis.methods.__all__)
def test_every_public_name_is_reached_from_the_package_and_documented(name: str) -> None:
    found = getattr(analysis.methods, name)
    if callable(found):
        assert len(found.__doc__ or "") > 80
