"""Makes the README's pictures from the sample project: `.venv/bin/python docs/pictures.py` (needs Chromium)."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from launcher import chromium  # noqa: E402
from tests.conftest import FLAGS, serving  # noqa: E402

HERE = Path(__file__).parent
SIZE = {"width": 1440, "height": 900}


def main() -> None:
    """One picture of the journey map, one of the matrix, in English."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        page = browser.new_page(base_url=address, locale="en-GB", viewport=SIZE)
        page.goto("/?lang=en")
        page.get_by_role("button", name="Try the example").click()
        page.locator(".journey-map .point").first.wait_for(timeout=60_000)
        shoot(page, "journey.png")
        page.get_by_role("link", name="Priorities").click()
        page.get_by_text(re.compile("quick win")).first.wait_for(timeout=60_000)
        shoot(page, "priorities.png")
        browser.close()


def shoot(page: Any, name: str) -> None:
    page.wait_for_timeout(2500)  # transitions end, the chart settles
    page.screenshot(path=HERE / name)
    print(os.path.relpath(HERE / name, ROOT))


if __name__ == "__main__":
    main()
