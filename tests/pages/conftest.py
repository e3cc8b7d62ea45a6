"""The app with a project opened: ``visit("priorities")``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit as st

from analysis import Project, Store
from pages.shell.unbroken import keep_callbacks_whole
from tests.conftest import ROOT
from tests.pages.boutique import boutique

Visit = Callable[..., Any]

keep_callbacks_whole()  # as app.py does


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine too, a page of the tests waits for what it compares."""
    from pages.shell import comparing

    monkeypatch.setattr(comparing, "PATIENCE", 60.0)


@pytest.fixture
def store(home: Any) -> Iterator[Store]:
    """The store of this test's app."""
    st.cache_resource.clear()
    st.cache_data.clear()
    found = Store()
    yield found
    found.engine.dispose()
    st.cache_resource.clear()


@pytest.fixture
def visit(store: Store) -> Visit:
    """``visit("plan", project)``: the app on that page with the project opened, and its id as ``app.project_id``."""
    from streamlit.testing.v1 import AppTest

    def visiting(page: str, project: Project | None = None, language: str = "fr", **state: Any) -> Any:
        app = AppTest.from_file(str(ROOT / "pages" / "_router.py"), default_timeout=90)
        app.project_id = store.create(project or boutique(), author="anne")
        app.query_params["project"] = app.project_id
        app.query_params["lang"] = language
        for key, value in state.items():
            app.session_state[key] = value
        app.run()
        app.switch_page(f"{page}.py")
        return again(app)

    return visiting


def again(app: Any) -> Any:
    """Run once more on the same project; nothing may fail."""
    app.query_params["project"] = app.project_id
    app.run()
    assert not app.exception, [error.message for error in app.exception]
    return app


def texts(app: Any) -> str:
    """Everything that the page says in words, without the backslashes that keep Markdown away."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "toast")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind)).replace("\\", "")
