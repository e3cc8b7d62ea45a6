"""The names under the bars of a Pareto chart, and what it says of bars that are not drawn."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from analysis import charts, pareto


def table_of(count: int) -> pd.DataFrame:
    """So many touchpoints, each with a tenth less than the one before."""
    kinds = ("Formulaire de devis", "Courriel de confirmation de la commande", "Appel du service client")
    names = [f"{kinds[n % 3]} {n + 1}" for n in range(count)]
    return pareto(pd.DataFrame({"name": names, "n": [max(1, round(1000 * 0.95**n)) for n in range(count)]}), "name", "n")


@pytest.mark.parametrize(("count", "width"), [(12, 360), (40, 1100)])
def test_no_slanted_name_is_cut_at_the_edge_of_the_picture(count: int, width: int) -> None:
    drawn = charts.pareto(table_of(count), "fr", measure="complaints", width=width, height=300)
    picture = np.asarray(Image.open(io.BytesIO(charts.image(drawn, "png", "fr"))).convert("L"), dtype=int)
    edge = picture[:, :4]
    assert edge.max() - edge.min() == 0


def test_on_a_phone_long_names_stand_upright_and_leave_the_bars_their_room() -> None:
    def angle(count: int, width: float) -> int:
        spec = charts.pareto(table_of(count), "fr", measure="complaints", width=width).to_dict()
        return int(spec["layer"][0]["encoding"]["x"]["axis"]["labelAngle"])

    assert (angle(12, 360), angle(40, 1100)) == (-90, -42)


def test_vital_ones_without_a_bar_of_their_own_are_said() -> None:
    long, short = (charts.pareto(table_of(count), "en", measure="complaints", bars=20) for count in (60, 12))
    vital = table_of(60).attrs["vital_count"]
    assert vital > 20
    assert f"{vital - 20} of the vital few have no bar of their own: they are in the last." in " ".join(long.title.subtitle)
    assert "no bar of" not in " ".join(short.title.subtitle)


def test_the_share_at_the_very_end_of_the_line_stands_above_it_and_not_on_it() -> None:
    three = charts.pareto(table_of(3), "en", measure="complaints").to_dict()
    (mark,) = [layer["mark"] for layer in three["layer"] if layer["mark"].get("align") == "right"]
    assert mark["dy"] < 0
