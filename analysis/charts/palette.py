"""Colours, faces and names. Colour is never the only carrier of meaning: a face, a sign or a name stands beside it.

The emotion colours keep a distance of at least 31 (ΔE) from each other for every kind of colour blindness.
"""

from __future__ import annotations

import math

from analysis.language import N_

#: the text's own colour: light on dark pages, dark on light ones; pictures replace it
INK = "currentColor"
PICTURE_INK = "#1C2B33"
PAPER = "#FFFFFF"
#: a light rim around dark colours: unseen on light pages, needed on dark ones
HALO = "#FFFFFF"

ACCENT = "#17857B"
MUTED = "#98A2A8"
WARNING = "#C2570C"

#: −2, −1, 0, +1, +2
EMOTION = ("#8C2D04", "#E6842A", "#8A8A8A", "#4FA3D9", "#08519C")
EMOTION_NAMES = (N_("Frustrated"), N_("Uneasy"), N_("Indifferent"), N_("Pleased"), N_("Delighted"))

QUADRANT = {
    "quick_win": "#17857B",
    "big_bet": "#4F6FC4",
    "fill_in": "#A8862A",
    "money_pit": "#98717F",
    "pillar": "#17857B",
    "hidden_gem": "#4F6FC4",
    "fix": "#C2570C",
    "question": "#8A8A8A",
}

#: colours of the lanes of a journey map; pages/components/journey_map.css has the same
LANES = {
    "touchpoint": "#17857B",
    "action": "#4F6FC4",
    "thought": "#7A6BC9",
    "feeling": "#7A6BC9",
    "quote": "#7A6BC9",
    "channel": "#17857B",
    "motivation": "#2B8CA8",
    "frustration": "#C2570C",
    "pain_point": "#B5432E",
    "delight": "#2B7CB8",
    "opportunity": "#A8862A",
    "positive_incident": "#2B7CB8",
    "critical_incident": "#B5432E",
}


def emotion_step(value: float) -> int:
    """The nearest of the five steps, 0 (−2) … 4 (+2); halves go outwards."""
    away = math.floor(abs(value) + 0.5)
    return max(-2, min(2, away if value > 0 else -away)) + 2


def emotion_colour(value: float) -> str:
    """The colour of the nearest step."""
    return EMOTION[emotion_step(value)]


#: mouths as SVG paths in the square −1 … 1 (Vega's custom shapes), from −2 to +2
_MOUTHS = (
    "M-.46 .56Q0 .02 .46 .56",
    "M-.44 .48Q0 .22 .44 .48",
    "M-.44 .38L.44 .38",
    "M-.46 .26Q0 .62 .46 .26",
    "M-.52 .18Q0 .94 .52 .18Z",
)
_EYES = "M-.4 -.28A.09 .09 0 1 1 -.4 -.27ZM.4 -.28A.09 .09 0 1 1 .4 -.27Z"
_CIRCLE = "M-.94 0A.94 .94 0 1 1 .94 0A.94 .94 0 1 1 -.94 0Z"


_BROWS = "M-.6 -.54L-.24 -.4M.6 -.54L.24 -.4"
_CLOUD = "M-.52 .22A.26 .26 0 0 1 -.5 -.3A.4 .4 0 0 1 .24 -.42A.32 .32 0 0 1 .5 .22Z"
_SUN = "M-.34 0A.34 .34 0 1 1 .34 0A.34 .34 0 1 1 -.34 0Z" + "".join(
    f"M{0.5 * x:.2f} {0.5 * y:.2f}L{0.7 * x:.2f} {0.7 * y:.2f}"
    for x, y in ((math.cos(k * math.pi / 4), math.sin(k * math.pi / 4)) for k in range(8))
)
_THUMB = ((-0.6, -0.05), (-0.6, 0.6), (-0.32, 0.6), (-0.32, -0.05), (-0.6, -0.05)), (
    (-0.32, 0.02), (0.0, -0.62), (0.2, -0.52), (0.12, -0.1), (0.58, -0.1), (0.44, 0.6), (-0.32, 0.6),
)  # fmt: skip


def _thumb(up: int) -> str:
    return "".join("M" + "L".join(f"{x} {up * y}" for x, y in line) for line in _THUMB)


#: faces and signs that a level of emotion can be given instead of its own: code → (name, path inside the circle)
FACES: dict[str, tuple[str, str]] = {
    "furious": (N_("Furious"), _EYES + _BROWS + _MOUTHS[0]),
    "sad": (N_("Sad"), _EYES + _MOUTHS[0]),
    "crying": (N_("In tears"), _EYES + "M.5 -.06Q.68 .22 .5 .26Q.32 .22 .5 -.06Z" + _MOUTHS[1]),
    "worried": (N_("Worried"), _EYES + "M-.46 .42Q-.3 .22 -.15 .42Q0 .62 .15 .42Q.3 .22 .46 .42"),
    "doubtful": (N_("Doubtful"), _EYES + "M-.4 .5L.44 .26"),
    "calm": (N_("Calm"), _EYES + _MOUTHS[2]),
    "surprised": (N_("Surprised"), _EYES + "M-.18 .42A.18 .2 0 1 1 .18 .42A.18 .2 0 1 1 -.18 .42Z"),
    "smiling": (N_("Smiling"), _EYES + _MOUTHS[3]),
    "winking": (N_("Winking"), "M-.4 -.28A.09 .09 0 1 1 -.4 -.27ZM.24 -.28L.54 -.28" + _MOUTHS[3]),
    "laughing": (N_("Laughing"), "M-.54 -.2Q-.4 -.44 -.26 -.2M.26 -.2Q.4 -.44 .54 -.2" + _MOUTHS[4]),
    "storm": (N_("Storm"), _CLOUD + "M.08 .3L-.12 .52L.1 .52L-.08 .74"),
    "rain": (N_("Rain"), _CLOUD + "M-.28 .38L-.38 .64M0 .38L-.1 .64M.28 .38L.18 .64"),
    "cloud": (N_("Cloud"), _CLOUD),
    "clearing": (N_("Bright spells"), _CLOUD + "M.2 -.62A.24 .24 0 0 1 .6 -.26"),
    "sun": (N_("Sun"), _SUN),
    "thumb_down": (N_("Thumb down"), _thumb(-1)),
    "thumb_up": (N_("Thumb up"), _thumb(1)),
    "heart": (N_("Heart"), "M0 .62C-1 -.06 -.56 -.72 0 -.26C.56 -.72 1 -.06 0 .62Z"),
    "star": (N_("Star"), "M" + "L".join(
        f"{(0.66, 0.28)[k % 2] * math.sin(k * math.pi / 5):.2f} {-(0.66, 0.28)[k % 2] * math.cos(k * math.pi / 5):.2f}" for k in range(10)
    ) + "Z"),
}  # fmt: skip


def look(step: int, chosen: str = "") -> str:
    """What is drawn inside the circle of a level: its own face, or the chosen one of `FACES`."""
    return FACES[chosen][1] if chosen in FACES else _EYES + _MOUTHS[step]


def face(step: int, chosen: str = "") -> str:
    """A face as an SVG path, to be stroked: drawn, since emoji look different on every machine.

    Parameters
    ----------
    step : level, 0 (−2) … 4 (+2). chosen : a code of `FACES` that stands for it; empty, or unknown: the level's own.
    """
    return _CIRCLE + look(step, chosen)
