"""Script time of a pointer move on a full map, in Chromium, in the real app: 15 stages × 20 lanes × 400 cards.

    python benchmarks/map.py

A card and then a point of the curve are dragged; prints milliseconds of script per pointer move beside the 10 ms it is held to, and
exits 1 when it is missed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from analysis import Project, Store  # noqa: E402
from analysis.project import edits  # noqa: E402
from analysis.project.model import LANE_TYPES  # noqa: E402
from launcher import chromium  # noqa: E402
from tests.conftest import FLAGS, serving  # noqa: E402

STAGES, LANES, CARDS, BUDGET, MOVES = 15, 20, 400, 10.0, 80


def full_map(stages: int = STAGES, lanes: int = LANES, cards: int = CARDS, touchpoints: int = 45) -> Project:
    """A project whose map has so many stages, lanes (the library's, then some of its own), cards and touchpoints."""
    project = Project.new("Full", language="en", stages=[f"Stage {n + 1}" for n in range(stages)])
    journey = project.first_journey
    for type in LANE_TYPES[:lanes]:
        project = project.apply(edits.add_lane(project, journey, type))
    for number in range(lanes - len(LANE_TYPES)):
        project = project.apply(edits.add_lane(project, journey, "", f"Own lane {number + 1}"))
    ids = list(project.stages["id"])
    kinds = sorted({lane.type for lane in project.table("lane").values()} - {"touchpoints"})
    for number in range(cards):
        text = f"Card {number + 1}: what somebody said, in a line or two of text"
        place = kinds[number % len(kinds)], ids[(number * 7) % stages]
        project = project.apply(edits.add_cards(project, journey, *place, [text]))
    for number in range(touchpoints):
        project = project.apply(edits.add_touchpoints(project, journey, ids[number % stages], [f"Touchpoint {number + 1}"]))
    for number, id in enumerate(ids):
        project = project.apply(edits.set_score(id, "emotion", number % 5 - 2, author="Anne"))
    return project


def script_ms(page: Any) -> float:
    """Milliseconds of script that the page has run so far."""
    metrics = page.cdp.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(metric["value"]) for metric in metrics if metric["name"] == "ScriptDuration")


def dragged(page: Any, selector: str, right: float, down: float) -> float:
    """Script per pointer move while an item is dragged."""
    box = page.locator(selector).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 12)
    page.wait_for_timeout(300)
    before = script_ms(page)
    for step in range(1, MOVES + 1):
        page.mouse.move(x + 12 + right * step / MOVES, y + 12 + down * step / MOVES)
    spent = (script_ms(page) - before) / MOVES
    page.mouse.up()
    return spent


def measure() -> dict[str, float]:
    """What is dragged → milliseconds of script per pointer move."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, sync_playwright() as playwright:
        home = Path(folder) / "home"
        home.mkdir(exist_ok=True)
        id = Store(f"sqlite:///{home / 'parcours.sqlite'}").create(full_map(), author="Anne")
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/journey?project={id}&lang=en")
        page.locator(".journey-map .item").nth(CARDS).wait_for(state="attached", timeout=60_000)
        page.wait_for_timeout(1500)
        page.cdp = page.context.new_cdp_session(page)
        page.cdp.send("Performance.enable")
        found = {
            "a card": dragged(page, ".journey-map .item.touchpoint, .journey-map .item", 420, 60),
            "an emotion": dragged(page, ".journey-map .point", 0, 90),
        }
        browser.close()
    return found


def main() -> int:
    found = measure()
    for what, spent in found.items():
        print(f"{what:12} {spent:6.2f} ms of script per pointer move   (at most {BUDGET:.0f})")
    return int(max(found.values()) > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
