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

#: colours of the lanes of a journey map
LANES = {
    "touchpoint": "#17857B",
    "action": "#4F6FC4",
    "thought": "#7A6BC9",
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


def face(step: int) -> str:
    """A face as an SVG path, to be stroked: drawn, since emoji look different on every machine."""
    return _CIRCLE + _EYES + _MOUTHS[step]
