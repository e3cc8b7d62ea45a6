"""The server: `python start.py`, or `streamlit run app.py`.

The screens hang on ``pages/_router.py`` and not on this file, because a folder ``pages`` beside the script that
Streamlit runs makes it open each page on its own, past the router, until somebody has visited the first page.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.live.addresses import routes
from pages.live.door import Door
from pages.shell import MIDDLEWARE, lifespan, on_script_error
from pages.shell.lost import Lost
from pages.shell.unbroken import keep_callbacks_whole

keep_callbacks_whole()
own = routes()
app = st.App(
    Path(__file__).parent / "pages" / "_router.py",
    routes=own,
    middleware=[*MIDDLEWARE, Middleware(Door), Middleware(Lost, routes=own)],
    lifespan=lifespan,
    on_script_error=on_script_error,
)

if get_script_run_ctx(suppress_warning=True) is not None:  # run as a script, as Streamlit's AppTest does
    from pages import _router

    _router.run()
