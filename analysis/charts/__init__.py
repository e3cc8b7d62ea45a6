"""Charts: frames in, an Altair chart out, in French or English, the finding as its title. Nothing is drawn until it is shown."""

from analysis.charts.emotion import emotion
from analysis.charts.finish import finish
from analysis.charts.gap import gap
from analysis.charts.heatmap import heatmap
from analysis.charts.image import image, image_later
from analysis.charts.journey import journey
from analysis.charts.matrix import matrix
from analysis.charts.pareto import pareto
from analysis.charts.ranks import ranks
from analysis.charts.spending import spending
from analysis.charts.timeline import timeline
from analysis.charts.touchpoints import touchpoints

__all__ = [
    "emotion", "finish", "gap", "heatmap", "image", "image_later", "journey", "matrix", "pareto", "ranks", "spending", "timeline",
    "touchpoints",
]  # fmt: skip
