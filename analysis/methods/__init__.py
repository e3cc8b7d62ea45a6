"""The methods: one a file, frames in, frames out, no I/O. Rules and sources stand in each docstring."""

from analysis.methods.actions import proposals, propose_actions
from analysis.methods.budget import DECISIONS, best_under_budget
from analysis.methods.emotion_curve import emotion_curve
from analysis.methods.emotion_words import emotion_words, word_emotion, words_to_emotion
from analysis.methods.impact_effort import QUADRANTS, impact_effort
from analysis.methods.importance_heatmap import importance_heatmap
from analysis.methods.moment_of_truth import moment_of_truth
from analysis.methods.pareto import pareto
from analysis.methods.pareto_stability import pareto_stability
from analysis.methods.perception_gap import perception_gap
from analysis.methods.plan_dates import CLASHES, plan_dates
from analysis.methods.plan_order import plan_order
from analysis.methods.rank_stability import FIRMNESS, rank_stability
from analysis.methods.relevance import DEFAULT_WEIGHTS, relevance, relevance_details
from analysis.methods.remedies import remedies
from analysis.methods.remedy_words import THEMES, theme_of
from analysis.methods.returns import action_return
from analysis.methods.satisfaction import ces, csat, nps, wilson
from analysis.methods.scales import FIBONACCI, TSHIRT, ranks_on, to_emotion
from analysis.methods.score_stability import score_stability
from analysis.methods.scores import ice, opportunity, rice
from analysis.methods.touchpoint_matrix import ROLES, touchpoint_matrix, touchpoint_value

__all__ = [
    "CLASHES",
    "DECISIONS",
    "DEFAULT_WEIGHTS",
    "FIBONACCI",
    "FIRMNESS",
    "QUADRANTS",
    "ROLES",
    "THEMES",
    "TSHIRT",
    "action_return",
    "best_under_budget",
    "ces",
    "csat",
    "emotion_curve",
    "emotion_words",
    "ice",
    "impact_effort",
    "importance_heatmap",
    "moment_of_truth",
    "nps",
    "opportunity",
    "pareto",
    "pareto_stability",
    "perception_gap",
    "plan_dates",
    "plan_order",
    "proposals",
    "propose_actions",
    "rank_stability",
    "ranks_on",
    "relevance",
    "relevance_details",
    "remedies",
    "rice",
    "score_stability",
    "theme_of",
    "to_emotion",
    "touchpoint_matrix",
    "touchpoint_value",
    "wilson",
    "word_emotion",
    "words_to_emotion",
]
